"""Who votes in a cell: its observations in, each with the part it plays and the reason out.

Each publisher has one vote, its newest. Official figures and those for a neighbouring occupation are a
check on the result; one employer's posting is only shown; other kinds, currencies and units stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rolematcher.engine.money.dated import is_older
from rolematcher.engine.money.observation import Observation
from rolematcher.engine.money.triple import Triple, triple_of
from rolematcher.engine.money.weights import Weight, Weights, weight_of

VOTES, BESIDE, BOUNDS, POSTING, SUPERSEDED = "votes", "beside", "bounds", "posting", "superseded"

_PAY = ("base_pay", "pay_unstated", "total_pay")
KIND_ORDER = {
    "permanent": (*_PAY, "pay_rate", "bill_rate", "retainer", "posted_budget"),
}
_OTHER_KINDS = ("bill_rate", "pay_rate", "retainer", "posted_budget", *_PAY)
"""Everywhere else the client's full price comes first, a wish of clients late, a salary last."""
UNIT_ORDER = {"permanent": ("year", "month", "day", "hour")}
_OTHER_UNITS = ("hour", "day", "month", "year")


@dataclass(frozen=True, slots=True)
class Source:
    """One observation and the part it plays in an estimate.

    `counted` sources make the spread and are compared with a budget: the votes, and pay of unstated kind
    that stands beside base pay.
    """

    observation: Observation
    part: str
    why: str
    figures: Triple
    weight: Weight | None
    stale: bool
    counted: bool


def can_speak(rows: Iterable[Observation], *, on: date) -> bool:
    """Whether any of the rows could make a figure on that day, whatever its level."""
    return any(row.interest != "employer_posting" and row.day <= on for row in rows)


def speakers_of(known: list[Observation]) -> tuple[list[Observation], bool]:
    """The rows that can make the figure, and whether they only stand in for the occupation itself."""
    heard = [row for row in known if row.interest != "employer_posting"]
    own = [row for row in heard if not row.proxy]
    market = [row for row in own if row.interest != "official"]
    if market or own:
        return market or own, False
    return heard, True


def headline(speakers: list[Observation], engagement: str) -> tuple[str, str, str]:
    """The measure the figure is given in: the first kind in order that has a voice, then most publishers."""
    kinds = KIND_ORDER.get(engagement, _OTHER_KINDS)
    units = UNIT_ORDER.get(engagement, _OTHER_UNITS)
    houses: dict[tuple[str, str, str], set[str]] = {}
    for row in speakers:
        houses.setdefault(row.measure, set()).add(row.house)
    return min(
        houses,
        key=lambda measure: (
            kinds.index(measure[0]),
            -len(houses[measure]),
            units.index(measure[2]),
            measure[1],
        ),
    )


def parts_of(
    known: list[Observation],
    speakers: list[Observation],
    measure: tuple[str, str, str],
    stands_in: bool,
    *,
    on: date,
    weights: Weights,
) -> list[Source]:
    """Each known row of the cell with its part in the figure of this measure, and why."""
    votes = _newest_by_house(row for row in speakers if row.measure == measure)
    beside: dict[str, Observation] = {}
    if measure[0] == "base_pay" and not stands_in:
        unstated = ("pay_unstated", *measure[1:])
        beside = _newest_by_house(
            row for row in speakers if row.measure == unstated and row.house not in votes
        )
    chosen = {id(row) for row in votes.values()}, {id(row) for row in beside.values()}
    can_speak = {id(row) for row in speakers}
    sources = []
    for row in known:
        if id(row) in chosen[0]:
            part, why = VOTES, _why_vote(row, stands_in)
        elif id(row) in chosen[1]:
            part, why = BESIDE, "Base or total pay not said: shown and counted beside base pay, no vote."
        elif id(row) not in can_speak:
            part, why = quiet_part(row)
        else:
            part, why = _why_not(row, measure, votes, beside)
        sources.append(
            source_of(row, part, why, on=on, weights=weights, counted=id(row) in chosen[0] | chosen[1])
        )
    return sources


def _why_vote(row: Observation, stands_in: bool) -> str:
    if stands_in:
        return "For a neighbouring occupation; stands in because nothing closer is on file."
    return "The figure is made from this." if row.interest != "house" else "Our own agreed rates."


def quiet_part(row: Observation) -> tuple[str, str]:
    """The part and the reason of a row that may never vote where others can."""
    if row.interest == "employer_posting":
        return POSTING, "One employer's posting: shown, no vote."
    if row.proxy:
        return BOUNDS, "For a neighbouring occupation: a check on the figure, no vote."
    return BOUNDS, "Official statistics: a check on the figure, no vote."


def _why_not(
    row: Observation,
    measure: tuple[str, str, str],
    votes: dict[str, Observation],
    beside: dict[str, Observation],
) -> tuple[str, str]:
    if row.measure == measure or (row.house in beside and row.measure == beside[row.house].measure):
        return SUPERSEDED, "The same publisher has its one vote with another figure."
    if row.kind != measure[0]:
        if row.kind == "pay_unstated" and row.house in votes:
            return SUPERSEDED, "The same publisher already votes with its base pay."
        return BESIDE, "Another kind of pay: shown beside, never mixed in."
    return BESIDE, "Another unit or currency: shown beside, never mixed in."


def source_of(
    row: Observation, part: str, why: str, *, on: date, weights: Weights, counted: bool = False
) -> Source:
    """A row with its part; only votes carry a weight."""
    weight = weight_of(row, on=on, weights=weights) if part == VOTES else None
    stale = is_older(row.as_of, weights.stale_months, on)
    return Source(row, part, why, triple_of(row), weight, stale, counted)


def _newest_by_house(rows: Iterable[Observation]) -> dict[str, Observation]:
    newest: dict[str, Observation] = {}
    for row in rows:
        held = newest.get(row.house)
        if held is None or _recency(row) > _recency(held):
            newest[row.house] = row
    return newest


def _recency(row: Observation) -> tuple[object, ...]:
    """Newest first, then the larger sample, then any fixed order, so that file order never matters."""
    texts = row.title, row.url, row.publisher, row.note, row.interest, row.statistic, row.sample, row.as_of
    given = row.low is None, row.typical is None, row.high is None, row.proxy
    return row.day, row.sample_size or 0, triple_of(row), texts, row.measure, given


def in_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources by part, then by publisher: the same order whatever order they came in."""
    parts = (VOTES, BESIDE, BOUNDS, POSTING, SUPERSEDED)
    return tuple(
        sorted(
            sources,
            key=lambda source: (
                parts.index(source.part),
                not source.counted,
                source.observation.publisher.casefold(),
                _recency(source.observation),
            ),
        )
    )
