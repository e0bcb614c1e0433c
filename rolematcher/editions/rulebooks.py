"""A stored edition in, its rulebook out: each text is read once a process, however often it decides."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from django.utils.translation import gettext as _

from rolematcher.rules import Rulebook, rulebook_read

from .models import Edition

MOST_KEPT = 8
"""Rulebooks kept in memory: the deciding one, a few that past decisions are pinned to, a draft or two."""

_kept: OrderedDict[str, Rulebook] = OrderedDict()
_lock = Lock()


def text_hash(text: str) -> str:
    """The checksum an edition's text is known by, the same as its `Rulebook.sha256`."""
    return hashlib.sha256(text.encode()).hexdigest()


def rulebook_of(edition: Edition) -> Rulebook:
    """The rulebook of an edition, the same object for the same text. The text column is read only when new.

    Raises RulebookError where a draft's text is wrong, ValueError where a text is not the one that was saved.
    """
    with _lock:
        found = _kept.get(edition.sha256)
        if found is not None:
            _kept.move_to_end(edition.sha256)
            return found
    rulebook = rulebook_read(edition.text)
    if rulebook.sha256 != edition.sha256:
        raise ValueError(
            _("The text of %(edition)s is not the one that was saved; restore it from a backup.")
            % {"edition": edition}
        )
    with _lock:
        rulebook = _kept.setdefault(edition.sha256, rulebook)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return rulebook
