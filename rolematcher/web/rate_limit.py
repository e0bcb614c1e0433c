"""What is done very often is slowed down, for all web processes together.

In: who. Out: how many tries are left, or TooMany.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from .models import Tries


class TooMany(Exception):
    """Too many tries in a short time. The text says when to try again, and so does `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        again = ngettext(
            "Too many attempts; try again in a minute.",
            "Too many attempts; try again in %(minutes)s minutes.",
            minutes,
        )
        super().__init__(again % {"minutes": minutes})


def slow_down(name: str, who: str, *, most: int, seconds: int, tries: int = 1) -> int:
    """Count a try of `who` (or several); how many are left. Raises TooMany beyond `most` in `seconds`.

    Counted in the database, so for all web processes together; `who` is kept as a keyed hash alone.
    """
    key = _key(name, who)
    count = _counted(key, tries)
    if not count:
        try:
            with transaction.atomic():
                Tries.objects.filter(key=key, until__lte=Now()).delete()
                Tries.objects.create(key=key, count=tries, until=Now() + timedelta(seconds=seconds))
            count = tries
        except IntegrityError:  # another process began the window at the same moment
            count = _counted(key, tries)
    if count > most:
        raise TooMany(seconds)
    return most - count


def is_slowed(name: str, who: str, *, most: int) -> bool:
    """Has `who` used up the tries of this window? Counts nothing."""
    running = Tries.objects.filter(key=_key(name, who), until__gt=Now(), count__gte=most)
    return running.exists()


def _key(name: str, who: str) -> str:
    return salted_hmac(f"slow:{name}", who, algorithm="sha256").hexdigest()


def _counted(key: str, tries: int) -> int:
    """So many tries more; how many they are in this window. 0 where none is running."""
    running = Tries.objects.filter(key=key, until__gt=Now())
    with transaction.atomic():
        if not running.update(count=F("count") + tries):
            return 0
        return Tries.objects.filter(key=key).values_list("count", flat=True).get()
