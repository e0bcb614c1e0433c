"""What other figures would change in past decisions. In: figures, before and after. Out: decisions by number.

The room of decisions says which there are and which cell each asks for; no text of theirs comes here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from pydantic import BaseModel

from rolematcher.pay.figures import Figures
from rolematcher.pay.market import Market
from rolematcher.pay.observation import Observation
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Money
from rolematcher.web.speech import money_words

from .models import KEY

LISTED = 200
_identity = attrgetter(*KEY)


@dataclass(frozen=True, slots=True)
class Priced:
    """A kept decision by number, and the cell whose figure leads it."""

    number: str
    role: str
    place: str
    engagement_type: str
    seniority: str


class Repriced(Frozen):
    """A decision whose figure would be another: in words, "" where there is none."""

    number: str
    before: str
    after: str


class Consequences(BaseModel):
    """How many decisions there are, how many would get another figure, and the newest of these."""

    total: int = 0
    changed: int = 0
    listed: list[Repriced] = []


_sources: list[Callable[[], Iterable[Priced]]] = []


def decisions_also(priced: Callable[[], Iterable[Priced]]) -> None:
    """Let a room above say which decisions there are, the newest first."""
    _sources.append(priced)


def consequences_of(before: Figures, after: Figures, *, on: date) -> Consequences:
    """The decisions whose figure would be another today."""
    found, old, new = Consequences(), Market(before, on), Market(after, on)
    for decision in (one for source in _sources for one in source()):
        found.total += 1
        was, now = _figure(old, decision), _figure(new, decision)
        if was != now:
            found.changed += 1
            if len(found.listed) < LISTED:
                first, then = (money_words(figure) if figure else "" for figure in (was, now))
                found.listed.append(Repriced(number=decision.number, before=first, after=then))
    return found


def _figure(market: Market, one: Priced) -> Money | None:
    found = market.estimate(one.role, one.place, one.engagement_type, one.seniority)
    if found.low is None or found.high is None:
        return None
    return Money(amount=found.low, high=found.high, currency=found.currency, unit=found.unit)


def figures_with(figures: Figures, rows: Iterable[Observation]) -> Figures:
    """The figures with these rows over those that are the same observation."""
    said = {_identity(row): row for row in rows}
    kept = (row for row in figures.all if _identity(row) not in said)
    return replace(figures, all=[*kept, *said.values()])
