"""The sourced figure of one cell: its observations in, low, typical and high with every source's part out.

One vote a publisher, its newest; copies are one voice; official figures and those for a neighbouring
occupation are a check; a posting is only shown; an example is no statistic. Kinds are never mixed, but a
salary of which the source leaves open whether it is base or total votes with base pay at 0.7 of its weight.
Low, typical and high are weighted medians; how votes weigh stands in `weights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import get_args

from rolematcher.pay.exchange import ExchangeTable
from rolematcher.pay.figures import Figures
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, rounded
from rolematcher.pay.observation import PAY_KINDS, Observation, date_earliest, months_between
from rolematcher.pay.places import currency_of, unit_of
from rolematcher.pay.report import Estimate, Grade, Part, PaySource
from rolematcher.pay.weights import weight_of
from rolematcher.values.message import Message, Number, Value

_SALARY_FIRST = ("base_pay", "total_pay", "pay_rate", "bill_rate", "retainer", "posted_budget")
_PRICE_FIRST = ("bill_rate", "pay_rate", "retainer", "posted_budget", "base_pay", "total_pay")
_COPY = Decimal("1.03")
_MANY = 3
_COPIED = (
    *("publisher", "title", "url", "as_of", "place", "seniority", "kind", "currency", "unit"),
    *("statistic", "sample", "note"),
)
"""What is shown of an observation as it is."""
_PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True, eq=False)
class Quote:
    """An observation in the cell's currency and unit; `moved` says how it got there."""

    row: Observation
    low: Decimal
    typical: Decimal
    high: Decimal
    moved: tuple[Message, ...] = ()
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class _Vote:
    """How the quotes of a cell speak: those heard, of them who votes, who copies whom, each one's weight."""

    heard: list[Quote]
    votes: list[Quote]
    copies: dict[Quote, Quote]
    stands_in: bool
    weight: dict[Quote, Decimal]

    @property
    def spread(self) -> Decimal:
        """The highest typical figure over the lowest."""
        typical = [quote.typical for quote in self.votes]
        return max(typical) / min(typical)


def sourced_estimate(empty: Estimate, rows: Iterable[Observation], figures: Figures, *, on: date) -> Estimate:
    """`empty` with the figure its observations give on a day; status none where none of them can speak."""
    cell = (empty.place, empty.engagement_type)
    currency, unit = currency_of(*cell), unit_of(*cell)
    known = [_quote(row, currency, unit, figures.exchange) for row in rows]
    weights = figures.weights
    old = {quote for quote in known if months_between(quote.row.as_of, on) > weights.stale_months}
    speakers, stands_in = _speakers(known)
    weight = {quote: weight_of(quote.row, on=on, weights=weights) for quote in known}
    kind = _kind_first(speakers, empty.engagement_type)
    heard = [quote for quote in speakers if _family(quote.row.kind) == kind]
    vote = _Vote(heard, *_voices(heard, weight), stands_in, weight)
    shown = tuple(sorted((_source(quote, vote, stale=quote in old) for quote in known), key=_order))
    if not vote.votes:
        return empty.replaced(sources=shown)
    low, typical, high = _middle(vote)
    dates = sorted((quote.row.as_of for quote in vote.votes), key=lambda text: (date_earliest(text), text))
    return empty.replaced(
        status="sourced",
        kind="pay_unstated" if {quote.row.kind for quote in vote.votes} == {"pay_unstated"} else kind,
        low=low,
        typical=typical,
        high=high,
        currency=currency,
        unit="month" if kind == "retainer" else unit,
        grade="D" if stands_in else _grade(len(vote.votes), vote.spread),
        sources=shown,
        publishers=len(vote.votes),
        spread=vote.spread.quantize(Decimal("0.01")),
        oldest=dates[0],
        newest=dates[-1],
        stale=old.issuperset(vote.votes),
        stands_in=stands_in,
        notes=(*_notes(vote), *_notes_official(vote, known, typical)),
    )


def _quote(row: Observation, currency: str, unit: str, table: ExchangeTable) -> Quote:
    """The observation per `unit` in `currency`, at the rate of its own day; not comparable without a rate."""
    low, typical, high = row.given[0], row.middle, row.given[-1]
    exchange = table.rate(row.currency, currency, row.day)
    if exchange is None or row.kind == "retainer":
        return Quote(row, low, typical, high, comparable=row.kind == "retainer" and row.currency == currency)
    moved, factor = [], exchange.rate
    if row.currency != currency:
        said: dict[str, Value] = {"base": row.currency, "quote": currency, "rate": Number(number=factor)}
        day, publisher = exchange.on.isoformat(), exchange.publisher
        moved.append(say("remark.converted", **said, day=day, publisher=publisher))
    if row.unit != unit:
        factor = factor * HOURS[unit] / HOURS[row.unit]
        moved.append(say("remark.unit", printed=row.unit, unit=unit))
    if factor == 1:
        return Quote(row, low, typical, high)
    return Quote(row, low * factor, typical * factor, high * factor, tuple(moved))


def _speakers(known: Sequence[Quote]) -> tuple[list[Quote], bool]:
    """Who can make the figure, and whether they only stand in for the occupation itself."""
    heard = [quote for quote in known if _may_speak(quote)]
    own = [quote for quote in heard if not quote.row.proxy]
    market = [quote for quote in own if quote.row.interest != "official"]
    return (market or own or heard), bool(heard) and not own


def _may_speak(quote: Quote) -> bool:
    row = quote.row
    if row.interest == "employer_posting" or row.is_example or not quote.comparable:
        return False
    return row.typical is not None or (row.low is not None and row.high is not None)


def _family(kind: str) -> str:
    return "base_pay" if kind == "pay_unstated" else kind


def _kind_first(speakers: Sequence[Quote], engagement_type: str) -> str:
    order = _SALARY_FIRST if engagement_type == "permanent" else _PRICE_FIRST
    return min((_family(quote.row.kind) for quote in speakers), key=order.index, default="")


def _voices(heard: Sequence[Quote], weight: dict[Quote, Decimal]) -> tuple[list[Quote], dict[Quote, Quote]]:
    """The newest figure of each publisher, without copies; and which quote copies which."""
    newest: dict[str, Quote] = {}
    for quote in heard:
        held = newest.get(quote.row.publisher_key)
        if held is None or _recency(quote) > _recency(held):
            newest[quote.row.publisher_key] = quote
    kept: list[Quote] = []
    copies: dict[Quote, Quote] = {}
    for quote in sorted(newest.values(), key=lambda quote: (-weight[quote], _recency(quote))):
        if like := next((other for other in kept if _is_copy(quote, other)), None):
            copies[quote] = like
        else:
            kept.append(quote)
    return kept, copies


def _is_copy(quote: Quote, other: Quote) -> bool:
    """The same odd number; or within 3 % by a source that names no data of its own."""
    one, two = quote.row.middle, other.row.middle
    if one == two and quote.row.unit == other.row.unit and one % 500 and one > 100:
        return True
    alike = (quote.row.currency, quote.row.unit) == (other.row.currency, other.row.unit)
    if quote.row.sample_size is not None or not alike:
        return False
    return max(quote.typical, other.typical) <= _COPY * min(quote.typical, other.typical)


def _recency(quote: Quote) -> tuple[object, ...]:
    """Base pay before unstated, newest, larger sample, then any fixed order: file order never matters."""
    row = quote.row
    texts = (row.title, row.url, row.publisher, row.note, row.sample, row.as_of, row.interest)
    figures = (quote.typical, quote.low, quote.high)
    return (row.kind != "pay_unstated", row.day, row.sample_size or 0, *figures, texts)


def _middle(vote: _Vote) -> list[Decimal]:
    """Weighted medians of lows, of typicals and of highs, in order; one publisher's figures as printed."""
    figures = zip(*((quote.low, quote.typical, quote.high) for quote in vote.votes), strict=True)
    weights = [vote.weight[quote] for quote in vote.votes]
    found = [weighted_median(zip(part, weights, strict=True)) for part in figures]
    return [rounded(one) for one in found] if len(vote.votes) > 1 or vote.votes[0].moved else found


def weighted_median(values: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The smallest value that at least half of the weight does not exceed."""
    ordered = sorted(values)
    reached = list(accumulate(weight for _, weight in ordered))
    half = reached[-1] / 2
    return next(value for (value, _), below in zip(ordered, reached, strict=True) if below >= half)


def _grade(publishers: int, spread: Decimal) -> Grade:
    if publishers < 2 or spread > 2:
        return "C"
    return "A" if publishers >= _MANY and spread < Decimal("1.5") else "B"


def _part(quote: Quote, vote: _Vote) -> tuple[Part, Message | None]:
    """The part a known quote plays and why."""
    if quote in vote.votes:
        unstated = quote.row.kind == "pay_unstated"
        if unstated and any(other.row.kind == "base_pay" for other in vote.votes):
            return "votes", say("why.unstated")
        return "votes", say("why.stands_in") if vote.stands_in else None
    if quote in vote.copies:
        return "superseded", say("why.copy", of=vote.copies[quote].row.publisher)
    return ("superseded", say("why.same_publisher")) if quote in vote.heard else _quiet(quote)


def _quiet(quote: Quote) -> tuple[Part, Message]:
    """Why a quote is not heard."""
    row = quote.row
    if row.interest == "employer_posting":
        return "posting", say("why.posting")
    if row.is_example:
        return "beside", say("why.example")
    if not quote.comparable:
        return "beside", say("why.currency", currency=row.currency)
    if not _may_speak(quote):
        return "beside", say("why.one_end")
    if row.proxy or row.interest == "official":
        return "bounds", say("why.neighbour" if row.proxy else "why.official")
    return "beside", say("why.other_kind")


def _source(quote: Quote, vote: _Vote, *, stale: bool) -> PaySource:
    row, (part, why) = quote.row, _part(quote, vote)
    remarks = [say(f"remark.{caution}") for caution in row.cautions]
    if row.kind != "retainer" and row.low is not None and row.high is not None and row.typical is None:
        remarks.append(say("remark.middle"))
    return PaySource(
        **{name: getattr(row, name) for name in _COPIED},
        low=row.given[0],
        typical=row.middle,
        high=row.given[-1],
        part=part,
        why=why,
        weight=vote.weight[quote].quantize(Decimal("0.001")) if part == "votes" else None,
        remarks=(*remarks, *quote.moved),
        stale=stale,
    )


def _order(source: PaySource) -> tuple[object, ...]:
    """By part, then publisher: the same order whatever order they came in."""
    publisher = source.publisher.casefold()
    return _PARTS.index(source.part), publisher, source.as_of, source.typical, source.title


def _notes(vote: _Vote) -> Iterator[Message]:
    """What to keep in mind about those who made the figure."""
    votes = vote.votes
    if len(votes) == 1:
        yield say("note.one_source", publisher=votes[0].row.publisher)
    if vote.stands_in:
        yield say("note.stands_in")
    unstated = sum(quote.row.kind == "pay_unstated" for quote in votes)
    if unstated and votes[0].row.kind in PAY_KINDS:
        yield say("note.unstated", count=unstated, of=len(votes))
    if vote.spread > Decimal("1.5"):
        yield say("note.spread", factor=Number(number=vote.spread.quantize(Decimal("0.1"))))
    if vote.copies:
        yield say("note.copies", count=len(vote.copies))
    for caution in ("after_tax", "one_city"):
        if all(caution in quote.row.cautions for quote in votes):
            yield say(f"note.{caution}")


def _notes_official(vote: _Vote, known: Sequence[Quote], typical: Decimal) -> Iterator[Message]:
    """The official figures that the typical one lies outside of; none where it only stands in."""
    for quote in () if vote.stands_in else known:
        official = _may_speak(quote) and quote.row.interest == "official"
        if official and not quote.low <= typical <= quote.high:
            side = "above" if typical > quote.high else "below"
            yield say(f"note.{side}_official", publisher=quote.row.publisher)
