"""What a decision rested on, kept small: verdict, money and role profiles in, one short value out; and back.

What is the same in many decisions (the rulebook's side of the trace, the role profiles) is kept once, by its
checksum; the rest is squeezed. Some 130 KB of JSON become about 9. Reading gives the JSON that was put in.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .record_trace import trace_join, trace_split

MONEY_ASKED = ("region", "engagement")
ESTIMATE_ASKED = ("currency", "unit", "low", "typical", "high", "span_low", "span_high")
"""What of the money, and of its estimate per role, reports ask for: it stays JSON beside the record."""

FORM = b"\x01"
"""Stands before the squeezed bytes, so that a later form can be told from this one."""

LEVEL = 4
"""Half the time of zlib's usual 6 for 6 % more bytes; somebody waits while a decision is saved."""

MOST_KEPT = 32
"""Shared parts held in memory: two an edition and version of the role profiles."""

_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


class RecordPart(models.Model):
    """A piece of JSON that many records share, kept once and never changed. The key is its SHA-256."""

    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("shared part of records")
        verbose_name_plural = _("shared parts of records")

    def __str__(self) -> str:
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a decision rested on; shapes in `docs/shapes.md`."""

    verdict: dict[str, Any]
    money: dict[str, Any]
    profiles: dict[str, Any]


def record_columns(
    verdict: dict[str, Any], money: dict[str, Any], profiles: dict[str, Any]
) -> dict[str, Any]:
    """The columns of a decision that hold these. Saves new shared parts: call it in the transaction."""
    asked = {key: money[key] for key in MONEY_ASKED if key in money}
    asked["roles"] = {
        role: {key: estimate[key] for key in ESTIMATE_ASKED if key in estimate}
        for role, estimate in money.get("roles", {}).items()
    }
    record = record_pack(verdict, money, profiles)
    return {"record": record, "money_asked": asked}


def record_pack(verdict: dict[str, Any], money: dict[str, Any], profiles: dict[str, Any]) -> bytes:
    """The value of `Decision.record` alone."""
    own: dict[str, Any] = {"verdict": verdict, "money": money}
    parts = [_dumped(profiles)]
    split = trace_split(verdict["trace"]) if "trace" in verdict else None
    if split:
        parts.append(_dumped(split[0]))
        # Where the key stood in the verdict is kept by its place holder.
        own |= {"verdict": {**verdict, "trace": None}, "trace": split[1]}
    own["parts"] = [hashlib.sha256(part).hexdigest() for part in parts]
    missing = dict(zip(own["parts"], parts, strict=True))
    for known in RecordPart.objects.filter(pk__in=missing).values_list("pk", flat=True):
        del missing[known]
    if missing:
        new = [RecordPart(sha256=key, body=zlib.compress(part)) for key, part in missing.items()]
        RecordPart.objects.bulk_create(new, ignore_conflicts=True)
    return FORM + zlib.compress(_dumped(own), LEVEL)


def record_read(record: bytes) -> Recorded:
    """What `record_columns` was given. Raises ValueError where the bytes are of no known form."""
    if record[:1] != FORM:
        raise ValueError(f"A record of unknown form {record[:1]!r}: it was written by a later version.")
    own = json.loads(zlib.decompress(record[1:]))
    parts = [json.loads(_part(key)) for key in own["parts"]]
    verdict = own["verdict"]
    if "trace" in own:
        verdict["trace"] = trace_join(parts[1], own["trace"])
    return Recorded(verdict=verdict, money=own["money"], profiles=parts[0])


def _part(key: str) -> bytes:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    body = zlib.decompress(RecordPart.objects.values_list("body", flat=True).get(pk=key))
    with _lock:
        _kept[key] = body
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return body


def _dumped(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
