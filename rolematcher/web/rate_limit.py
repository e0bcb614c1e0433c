"""What is done very often is slowed down, for all web processes together.

In: who. Out: how many tries are left, or TooMany.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
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
    mine = Tries.objects.filter(key=_key(name, who))
    with transaction.atomic():
        mine.filter(until__lte=Now()).delete()
        window = Tries(key=_key(name, who), count=0, until=Now() + timedelta(seconds=seconds))
        Tries.objects.bulk_create([window], ignore_conflicts=True)  # none where one is running
        mine.update(count=F("count") + tries)
        count = mine.values_list("count", flat=True).get()
    if count > most:
        raise TooMany(seconds)
    return most - count


def is_slowed(name: str, who: str, *, most: int) -> bool:
    """Has `who` used up the tries of this window? Counts nothing."""
    running = Tries.objects.filter(key=_key(name, who), until__gt=Now(), count__gte=most)
    return running.exists()


def _key(name: str, who: str) -> str:
    return salted_hmac(f"slow:{name}", who, algorithm="sha256").hexdigest()
