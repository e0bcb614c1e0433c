"""A form sent twice is done once. In: who sent which form. Out: leave to do it, or where it led before.

The key a form carries is taken before anything is done, by a unique column, and given back only where nothing
was done. So two clicks at once, on however many web processes, cannot both have it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .models import SentForm

PATIENCE = 15.0
"""Seconds the second of two clicks waits for the first."""


class FormConflict(Exception):
    """The key was used for something else, or nobody knows how far that came. The text says what to do."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Leave to do what one form asks for; or, where `led_to` is not empty, what it came to before."""

    key: str
    led_to: str = ""


def sending_begin(who: str, key: str, fields: Iterable[object], *, patience: float = PATIENCE) -> Sending:
    """Take the key; where somebody has it, wait for what comes of that. Raises FormConflict."""
    key, body = _hash([who, key]), _hash(fields)
    until = time.monotonic() + patience
    while True:
        if _taken(key, body):
            return Sending(key)
        before = SentForm.objects.filter(key=key).first()
        if before is not None and before.body_hash != body:
            raise FormConflict(_("Already sent. Reload the page to change it."))
        if before is not None and before.leads_to:
            return Sending(key, before.leads_to)
        if time.monotonic() > until:
            raise FormConflict(
                _("Already sent, and how far it came is not known. Look at the list before sending it again.")
            )
        time.sleep(0.05)


def sending_done(sending: Sending, leads_to: str) -> None:
    """It is done; whoever sends it again is led there."""
    SentForm.objects.filter(key=sending.key).update(leads_to=leads_to[:500])


def sending_undone(sending: Sending) -> None:
    """Nothing was done: the same form, put right, may be sent again."""
    SentForm.objects.filter(key=sending.key).delete()


def _taken(key: str, body: str) -> bool:
    try:
        with transaction.atomic():
            SentForm.objects.create(key=key, body_hash=body)
    except IntegrityError:
        return False
    return True


def _hash(parts: Iterable[object]) -> str:
    return hashlib.sha256(repr(list(parts)).encode()).hexdigest()
