"""A received quote or an agreed offer beside the estimate: the report of a decision in, line by line out.

Each line says what is usual, and by how much money the offer lies above or below it. What is missing is
asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from rolematcher.pay.dues import dues_owed
from rolematcher.pay.figures import Figures
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, HUNDRED, money, rounded
from rolematcher.pay.places import country_of
from rolematcher.pay.report import Estimate, PayReport
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Message, Money, Number

Side = Literal["usual", "above", "below", "unknown"]
_FEES = ("recruiter_fee", "marketplace_fee")


class Offer(Frozen):
    """What is asked or agreed: an amount per unit, and what comes on top in per cent where it was said.

    `currency` and `unit` are "" where not written; `high` equals `low` for one figure.
    """

    low: Decimal
    high: Decimal
    currency: str = ""
    unit: str = ""
    fee: Decimal | None = None
    dues: Decimal | None = None


class OfferLine(Frozen):
    """One line of an offer (rate, currency, fee, dues), how it lies to what is usual, and the sentence."""

    id: str
    side: Side
    message: Message


class OfferCheck(Frozen):
    """All lines; `asks` ("currency", "unit") is the one thing without which the rate cannot be compared."""

    lines: tuple[OfferLine, ...]
    asks: str = ""


def offer_check(report: PayReport, offer: Offer, figures: Figures, *, on: date) -> OfferCheck:
    """The offer beside the report's main figure, the fees that its cost lists and the dues on this offer.

    Converted by the exchange rate of the day and full-time hours. Never raises for what an offer holds.
    """
    main = report.main
    if not offer.currency or figures.exchange.rate(offer.currency, "USD", on) is None:
        return OfferCheck(lines=(), asks="currency")
    if offer.unit not in HOURS:
        return OfferCheck(lines=(), asks="unit")
    dues = _dues(report, offer, figures, on) or _listed(report, ("dues",))
    permanent = main.engagement_type == "permanent"
    shares = (
        *_share_lines("fee", _listed(report, _FEES), offer.fee, _pay(offer, "" if permanent else offer.unit)),
        *_share_lines("dues", dues, offer.dues, _pay(offer, "year" if permanent else offer.unit)),
    )
    if main.low is None or main.high is None:
        nothing = OfferLine(id="rate", side="unknown", message=say("offer.no_figure", place=report.place))
        return OfferCheck(lines=(nothing, *shares))
    return OfferCheck(lines=(*_rate_lines(main, offer, figures, on), *shares))


def _rate_lines(main: Estimate, offer: Offer, figures: Figures, on: date) -> Iterator[OfferLine]:
    found = figures.exchange.rate(offer.currency, main.currency, on)
    if found is None or main.low is None or main.high is None:
        return
    times = found.rate * HOURS[main.unit] / HOURS[offer.unit]
    low, high = offer.low * times, offer.high * times
    side = _side(low, high, main.low, main.high)
    over, under = (high / main.high - 1) * HUNDRED, (1 - low / main.low) * HUNDRED
    by = high - main.high if side == "above" else main.low - low
    apart: dict[str, Money | Number] = {
        "share": Number(number=rounded(over if side == "above" else under, 2)),
        "by": money(by, main.currency, main.unit),
    }
    message = say(
        f"offer.rate_{side}",
        figure=money(low, main.currency, main.unit, high),
        known=money(main.low, main.currency, main.unit, main.high),
        status=main.status,
        **(apart if side != "usual" else {}),
    )
    yield OfferLine(id="rate", side=side, message=message)
    if offer.currency != main.currency:
        rate = Number(number=rounded(found.rate, 5))
        words = {"base": found.base, "quote": found.quote, "publisher": found.publisher}
        unusual = say("offer.currency", rate=rate, day=found.on.isoformat(), **words)
        yield OfferLine(id="currency", side="unknown", message=unusual)
    if offer.unit != main.unit:
        hours = Number(number=HOURS[max(offer.unit, main.unit, key=HOURS.__getitem__)].quantize(Decimal(1)))
        step = say("offer.unit", printed=offer.unit, unit=main.unit, hours=hours)
        yield OfferLine(id="unit", side="unknown", message=step)


def _listed(report: PayReport, names: tuple[str, ...]) -> list[Number]:
    """The share that the cost of the report lists, from and to; empty where it lists none."""
    values = next((one.about.values for one in report.cost.lines if one.id in names), {})
    return [end for end in (values.get("low"), values.get("high")) if isinstance(end, Number)]


def _dues(report: PayReport, offer: Offer, figures: Figures, on: date) -> list[Number]:
    """The share that dues are of what is offered (above a ceiling it falls); empty where none is known."""
    own = figures.dues.get(country_of(report.place), ())
    found = figures.exchange.rate(offer.currency, own[0].currency, on) if own else None
    if found is None or not offer.low or offer.dues is None or report.main.engagement_type != "permanent":
        return []
    years = [pay * HOURS["year"] / HOURS[offer.unit] for pay in (offer.low, offer.high)]
    owed = [(year, dues_owed(own, year, year, found.rate)) for year in years]
    ends = [end / year * HUNDRED for year, due in owed if due for end in (due.low, due.high)]
    return [Number(number=rounded(end)) for end in (min(ends), max(ends))] if all(ends) else []


def _pay(offer: Offer, unit: str) -> Money:
    """The middle of what is offered in a unit; without one a year's, for what is paid once."""
    hours = HOURS[unit or "year"] / HOURS[offer.unit]
    return Money(amount=(offer.low + offer.high) / 2 * hours, currency=offer.currency, unit=unit)


def _share_lines(id: str, usual: list[Number], given: Decimal | None, pay: Money) -> Iterator[OfferLine]:
    """What comes on top, in per cent and in money, beside the usual share."""
    if given is None:
        return

    def part(share: Decimal) -> Money:
        return money(share / HUNDRED * pay.amount, pay.currency, pay.unit)

    words: dict[str, Money | Number] = {"given": Number(number=given), "sum": part(given)}
    if len(usual) != 2:
        yield OfferLine(id=id, side="unknown", message=say(f"offer.{id}_unknown", **words))
        return
    low, high = usual
    side = _side(given, given, low.number, high.number)
    if side != "usual":
        words["by"] = part(abs(given - (high if side == "above" else low).number))
    yield OfferLine(id=id, side=side, message=say(f"offer.{id}_{side}", low=low, high=high, **words))


def _side(low: Decimal, high: Decimal, least: Decimal, most: Decimal) -> Side:
    """On which side of a range an offer lies."""
    return "above" if high > most else "below" if low < least else "usual"
