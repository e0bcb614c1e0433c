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

from rolematcher.pay.messages import say
from rolematcher.pay.money import rounded
from rolematcher.pay.observation import PAY_KINDS, date_earliest, months_between
from rolematcher.pay.quote import Quote
from rolematcher.pay.report import Estimate, Grade, Part, PaySource
from rolematcher.pay.weights import Weights, weight_of
from rolematcher.values.message import Message, Number

_SALARY_FIRST = ("base_pay", "total_pay", "pay_rate", "bill_rate", "retainer", "posted_budget")
_PRICE_FIRST = ("bill_rate", "pay_rate", "retainer", "posted_budget", "base_pay", "total_pay")
_COPY = Decimal("1.03")
_MANY = 3
_COPIED = (
    *("publisher", "title", "url", "as_of", "place", "seniority", "kind", "currency", "unit"),
    *("statistic", "sample", "note"),
)
"""What is shown of an observation as it is."""
_PARTS: tuple[Part, ...] = ("votes", "beside", "bounds", "posting", "superseded", "basis")


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


def sourced_estimate(
    empty: Estimate, known: Sequence[Quote], *, on: date, weights: Weights, currency: str, unit: str
) -> Estimate:
    """`empty` with the figure its quotes give on a day; status none where none of them can speak."""
    old = {quote for quote in known if months_between(quote.row.as_of, on) > weights.stale_months}
    speakers, stands_in = _speakers(known)
    if not speakers:
        shown = (_source(quote, *_quiet(quote), None, quote in old) for quote in known)
        return empty.model_copy(update={"sources": in_order(shown)})
    weight = {quote: weight_of(quote.row, on=on, weights=weights) for quote in known}
    kind = _kind_first(speakers, empty.engagement_type)
    heard = [quote for quote in speakers if _family(quote.row.kind) == kind]
    votes, copies = _voices(heard, weight)
    vote = _Vote(heard, votes, copies, stands_in, weight)
    low, typical, high = _middle(vote)
    dates = sorted((quote.row.as_of for quote in votes), key=lambda text: (date_earliest(text), text))
    return empty.model_copy(
        update={
            "status": "sourced",
            "kind": "pay_unstated" if {quote.row.kind for quote in votes} == {"pay_unstated"} else kind,
            "low": low,
            "typical": typical,
            "high": high,
            "currency": currency,
            "unit": "month" if kind == "retainer" else unit,
            "grade": "D" if stands_in else _grade(len(votes), vote.spread),
            "sources": in_order(_placed(quote, vote, quote in old) for quote in known),
            "publishers": len(votes),
            "spread": vote.spread.quantize(Decimal("0.01")),
            "oldest": dates[0],
            "newest": dates[-1],
            "stale": old.issuperset(votes),
            "stands_in": stands_in,
            "notes": (*_notes(vote), *_notes_official(vote, known, typical)),
        }
    )


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
    return min((_family(quote.row.kind) for quote in speakers), key=order.index)


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
        like = next((other for other in kept if _is_copy(quote, other)), None)
        if like is None:
            kept.append(quote)
        else:
            copies[quote] = like
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
    return (
        row.kind != "pay_unstated",
        row.day,
        row.sample_size or 0,
        quote.typical,
        quote.low,
        quote.high,
        texts,
    )


def _middle(vote: _Vote) -> tuple[Decimal, Decimal, Decimal]:
    """Weighted medians of lows, of typicals and of highs, in order; one publisher's figures as printed."""
    votes = [(quote, vote.weight[quote]) for quote in vote.votes]
    low = weighted_median((quote.low, weight) for quote, weight in votes)
    typical = weighted_median((quote.typical, weight) for quote, weight in votes)
    high = weighted_median((quote.high, weight) for quote, weight in votes)
    if len(votes) > 1 or vote.votes[0].moved:
        return rounded(low), rounded(typical), rounded(high)
    return low, typical, high


def weighted_median(values: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The smallest value that at least half of the weight does not exceed."""
    ordered = sorted(values)
    half = sum((weight for _, weight in ordered), Decimal(0)) / 2
    reached = Decimal(0)
    for value, weight in ordered:
        reached += weight
        if reached >= half:
            return value
    raise ValueError("no values")


def _grade(publishers: int, spread: Decimal) -> Grade:
    if publishers < 2 or spread > 2:
        return "C"
    return "A" if publishers >= _MANY and spread < Decimal("1.5") else "B"


def _quiet(quote: Quote) -> tuple[Part, Message | None]:
    row = quote.row
    if row.interest == "employer_posting":
        return "posting", say("why.posting")
    if row.is_example:
        return "beside", say("why.example")
    if not quote.comparable:
        return "beside", say("why.currency", currency=row.currency)
    if not _may_speak(quote):
        return "beside", say("why.one_end")
    return "bounds", say("why.neighbour" if row.proxy else "why.official")


def _placed(quote: Quote, vote: _Vote, stale: bool) -> PaySource:
    """One known quote with the part it plays and why."""
    row = quote.row
    if quote in vote.votes:
        why = say("why.stands_in") if vote.stands_in else None
        if row.kind == "pay_unstated" and any(other.row.kind == "base_pay" for other in vote.votes):
            why = say("why.unstated")
        return _source(quote, "votes", why, vote.weight[quote], stale)
    if quote in vote.copies:
        copied = say("why.copy", of=vote.copies[quote].row.publisher)
        return _source(quote, "superseded", copied, None, stale)
    if quote in vote.heard:
        return _source(quote, "superseded", say("why.same_publisher"), None, stale)
    part, why = _quiet(quote)
    if _may_speak(quote) and not row.proxy and row.interest != "official":
        part, why = "beside", say("why.other_kind")
    return _source(quote, part, why, None, stale)


def _source(quote: Quote, part: Part, why: Message | None, weight: Decimal | None, stale: bool) -> PaySource:
    row = quote.row
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
        weight=weight.quantize(Decimal("0.001")) if weight is not None else None,
        remarks=(*remarks, *quote.moved),
        stale=stale,
    )


def in_order(sources: Iterable[PaySource]) -> tuple[PaySource, ...]:
    """By part, then publisher: the same order whatever order they came in."""
    return tuple(
        sorted(
            sources,
            key=lambda source: (
                _PARTS.index(source.part),
                source.publisher.casefold(),
                source.as_of,
                source.typical,
                source.title,
            ),
        )
    )


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
        bound = _quiet(quote)[0] == "bounds" and quote.row.interest == "official"
        if bound and not quote.low <= typical <= quote.high:
            side = "above" if typical > quote.high else "below"
            yield say(f"note.{side}_official", publisher=quote.row.publisher)
