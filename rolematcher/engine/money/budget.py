"""The budget beside the sources: a budget and the estimates in, per role what it covers and why out.

The budget is turned into the sources' currency, unit and kind of pay, or the verdict says what is missing.
It never changes which role is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.conversion import exchange_for
from rolematcher.engine.money.estimate import DERIVED, NONE, Estimate
from rolematcher.engine.money.estimate_words import ROLE_WORDS
from rolematcher.engine.money.market import Market
from rolematcher.engine.money.money import PER, amount_words, number_words, rate_words, whole
from rolematcher.engine.money.observation import PAY_KINDS
from rolematcher.engine.money.on_cost import on_cost_of
from rolematcher.engine.money.pace import Pace, turned
from rolematcher.engine.money.votes import BESIDE

ALL, SOME, BELOW = "covers_all", "covers_some", "below_all"
NO_RATE, CANNOT, NOT_SET = "no_rate", "cannot_compare", "not_set"
NO_PLACE = "Say where the person will work from; rates are filed by country."
KIND_OF_BUDGET = {"pay": "pay only", "total": "everything included"}


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent: `amount` in `currency` per hour, day, month, year or project; pay only or total."""

    amount: Decimal
    currency: str
    per: str
    kind: str

    @property
    def words(self) -> str:
        """The budget as a sentence part: "USD 120,000 a year, pay only"."""
        return f"{amount_words(self.amount, self.currency)} {PER[self.per]}, {KIND_OF_BUDGET[self.kind]}"


@dataclass(frozen=True, slots=True)
class Compared:
    """The budget in an estimate's currency, unit and kind; `cure` says why it cannot be where it cannot."""

    figure: Decimal | None
    steps: tuple[str, ...] = ()
    cure: str = ""
    converted: bool = False


def budget_read(raw: object) -> Budget | None:
    """The budget of the answers; None where it is not set. Raises FigureError."""
    if not raw:
        return None
    if not isinstance(raw, Mapping):
        raise FigureError("budget", "must hold amount, currency, per and kind.")
    try:
        amount = Decimal(str(raw.get("amount", "")))
    except InvalidOperation:
        raise FigureError("budget", "amount is not a number. Write digits, such as 120000.") from None
    if not amount.is_finite() or amount <= 0:
        raise FigureError("budget", "amount must be more than zero.")
    per, kind = str(raw.get("per", "year")), str(raw.get("kind", "pay"))
    if per not in PER or kind not in KIND_OF_BUDGET:
        raise FigureError("budget", "per is hour, day, month, year or project; kind is pay or total.")
    return Budget(amount, str(raw.get("currency", "")).upper(), per, kind)


def budget_compared(budget: Budget, estimate: Estimate, market: Market, pace: Pace) -> Compared:
    """The budget as a figure that may stand beside the estimate's sources, with every step in words."""
    salaried = estimate.kind in PAY_KINDS and estimate.unit in ("month", "year")
    if estimate.kind == "retainer" and budget.per not in ("month", "year"):
        return Compared(None, cure="A retainer is a flat price a month; give the budget per month or year.")
    if budget.kind == "pay" and estimate.kind in ("bill_rate", "retainer", "posted_budget"):
        words = "The figures on file are prices with everything included; give the budget the same way."
        return Compared(None, cure=words)
    same = _same_currency(budget, estimate, market)
    if same.figure is None:
        return same
    turn = turned(same.figure, budget.per, estimate.unit, pace, salaried=salaried)
    if turn.amount is None:
        return Compared(None, cure=turn.cure)
    compared = replace(same, figure=turn.amount, steps=(*same.steps, *filter(None, (turn.formula,))))
    if budget.kind == "total" and salaried:
        return _pay_within(compared, estimate, market)
    if budget.kind == "total" and estimate.kind == "pay_rate":
        note = "compared as paid directly to the contractor; a staffing firm's mark-up would come on top"
        return replace(compared, steps=(*compared.steps, note))
    return compared


def budget_beside(budget: Budget | None, estimate: Estimate, market: Market, pace: Pace) -> dict[str, object]:
    """The verdict for one role: how many sources the budget covers, which, and the sentence that says so."""
    empty = {
        "verdict": NOT_SET,
        "covered": 0,
        "of": 0,
        "words": "No budget set.",
        "figure": None,
        "currency": estimate.currency or None,
        "unit": estimate.unit or None,
        "converted": False,
        "steps": [],
        "sources": [],
    }
    if budget is None:
        return empty
    who = f"an {ROLE_WORDS.get(estimate.role, estimate.role)}"
    if not estimate.region:
        return empty | {"verdict": CANNOT, "words": NO_PLACE}
    if estimate.status == NONE:
        place = market.places.name(estimate.region)
        return empty | {
            "verdict": NO_RATE,
            "words": f"No sourced figure for {who} ({place}) to compare with.",
        }
    compared = budget_compared(budget, estimate, market, pace)
    if compared.figure is None:
        return empty | {"verdict": CANNOT, "words": compared.cure}
    sources = _beside_sources(estimate, compared.figure)
    covered = sum(bool(source["covers"]) for source in sources)
    verdict = ALL if covered == len(sources) else SOME if covered else BELOW
    return empty | {
        "verdict": verdict,
        "covered": covered,
        "of": len(sources),
        "words": _verdict_words(estimate, compared, sources, covered, who),
        "figure": amount_text(whole(compared.figure)),
        "converted": compared.converted,
        "steps": list(compared.steps),
        "sources": sources,
    }


def _same_currency(budget: Budget, estimate: Estimate, market: Market) -> Compared:
    if budget.currency == estimate.currency:
        return Compared(budget.amount)
    rate = exchange_for(market.exchange, budget.currency, estimate.currency, on=market.on)
    if rate is None:
        cure = (
            f"The figures on file are in {estimate.currency}; give the budget in {estimate.currency}, "
            "or have a dated exchange rate entered."
        )
        return Compared(None, cure=cure)
    amount = budget.amount * rate.rate
    step = (
        f"converted at 1 {rate.base} = {number_words(rate.rate)} {rate.quote} "
        f"({rate.publisher}, {rate.on.isoformat()})"
    )
    return Compared(amount, steps=(step,), converted=True)


def _pay_within(compared: Compared, estimate: Estimate, market: Market) -> Compared:
    """The pay a total budget leaves after the country's on-cost, sourced; or what to answer instead."""
    on_cost = on_cost_of(market.facts, region=estimate.region, on=market.on)
    if on_cost is None:
        place = market.places.name(estimate.region)
        cure = f"No sourced employer on-cost for {place}; give the budget as pay only to compare it."
        return Compared(None, cure=cure)
    assert compared.figure is not None  # noqa: S101  checked by the caller
    months = Decimal(12) if estimate.unit == "month" else Decimal(1)
    total = compared.figure * months
    pay = on_cost.pay_within(total)
    publishers = ", ".join(dict.fromkeys(fact.publisher for fact in on_cost.facts))
    step = (
        f"less employer on-cost: {on_cost.formula(total)} = {number_words(whole(pay))} a year ({publishers})"
    )
    return replace(compared, figure=pay / months, steps=(*compared.steps, step))


def _beside_sources(estimate: Estimate, figure: Decimal) -> list[dict[str, object]]:
    if estimate.status == DERIVED and estimate.figures:
        typical = estimate.figures.typical
        return [_row("derived figure", typical, figure, marked=False)]
    return [
        _row(
            source.observation.publisher,
            source.figures.typical,
            figure,
            marked=source.part == BESIDE,
        )
        for source in estimate.counted
    ]


def _row(publisher: str, typical: Decimal, figure: Decimal, *, marked: bool) -> dict[str, object]:
    return {
        "publisher": publisher,
        "figure": amount_text(typical),
        "covers": figure >= typical,
        "kind_unstated": marked,
    }


def _verdict_words(
    estimate: Estimate, compared: Compared, sources: list[dict[str, object]], covered: int, who: str
) -> str:
    assert compared.figure is not None  # noqa: S101  checked by the caller
    figure = rate_words(whole(compared.figure), estimate.currency, estimate.unit)
    if compared.converted:
        figure += " (converted)"
    count = len(sources)
    if estimate.status == DERIVED:
        verb = "covers" if covered else "does not cover"
        return f"{figure} {verb} the derived figure for {who}, {_named(sources[0], estimate)}."
    words = f"{figure} covers {covered} of {count} source{'s' if count > 1 else ''} for {who}"
    if covered:
        words += f": {'; '.join(_named(row, estimate) for row in sources if row['covers'])}."
    else:
        lowest = min(sources, key=lambda row: (Decimal(str(row["figure"])), str(row["publisher"])))
        words += f"; the lowest is {_named(lowest, estimate)}."
    marked = sum(bool(row["kind_unstated"]) for row in sources)
    if marked:
        words += f" {marked} of the {count} do not say whether they mean base or total pay."
    return words


def _named(row: dict[str, object], estimate: Estimate) -> str:
    amount = amount_words(Decimal(str(row["figure"])), estimate.currency)
    return f"{row['publisher']}, {amount}"
