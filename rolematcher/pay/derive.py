"""One derived figure: a sourced estimate and one sourced ratio of its place in, a grade D figure out.

One step only, its formula kept with every number. No ratio for the place: nothing is derived.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

from rolematcher.pay.dated import date_earliest
from rolematcher.pay.facts import Fact, Ratio, facts_for
from rolematcher.pay.figures import Figures
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, money, plain, rounded
from rolematcher.pay.observation import PAYROLL
from rolematcher.pay.places import country_of, unit_of
from rolematcher.pay.report import Estimate, ModelledRange
from rolematcher.values.message import Message, Number

Sourced = Callable[[str, str, str, str], Estimate]
"""Role, place, engagement type and seniority in, the sourced estimate out."""

_RICH, _MIDDLE = 30_000, 10_000
_ALL_SHARE = Decimal("0.55")
"""Where all seniorities together lie on the way from mid to senior: 0.57 in 73 cells of Stack Overflow 2025,
0.62 in 30 of aijobs.net, 0.30 in 8 of DOU."""
_THREE = Decimal("0.001")


def from_level(empty: Estimate, base: Estimate, figures: Figures, *, on: date) -> Estimate | None:
    """A sourced figure stated for another seniority by the ladder of the country's income group."""
    ladder = _ladder(figures, empty.place, on)
    if base.kind == "retainer":
        alike = say("note.levels_alike", seniority=empty.seniority)
        return base.model_copy(update={"seniority": empty.seniority, "notes": (*base.notes, alike)})
    if ladder is None or base.typical is None or base.stands_in:
        return None
    junior, senior = ladder
    step = {
        "junior": junior.value,
        "mid": Decimal(1),
        "senior": senior.value,
        "all": _all_over_mid(senior.value),
    }
    times = (step[empty.seniority] / step[base.seniority]).quantize(_THREE)
    used = junior if "junior" in (empty.seniority, base.seniority) else senior
    return _times(
        empty,
        base,
        (times, times, times),
        unit=base.unit,
        kind=base.kind,
        source=(used.publisher, used.as_of, used.place),
        id="formula.ladder",
    )


@cache
def _all_over_mid(senior: Decimal) -> Decimal:
    return senior**_ALL_SHARE


def derived_estimate(empty: Estimate, sourced: Sourced, figures: Figures, *, on: date) -> Estimate:
    """An estimate derived in one step for a cell without a source; the cell unchanged without a ratio."""
    if empty.status != "none":
        return empty
    for way in (_from_other_level, _from_ai_engineer, _from_salary):
        derived = way(empty, sourced, figures, on)
        if derived is not None:
            return derived
    return empty


def widened_to(found: Estimate, model: ModelledRange) -> Estimate:
    """A single published point is no range: it is shown with the model's range around it, and said so."""
    if found.typical is None or found.low != found.high:
        return found
    note = say("note.widened", point=money(found.typical, found.currency, found.unit))
    return found.model_copy(
        update={
            "low": min(model.low, found.typical),
            "high": max(model.high, found.typical),
            "notes": (*found.notes, note),
        }
    )


def _from_other_level(empty: Estimate, sourced: Sourced, figures: Figures, on: date) -> Estimate | None:
    for level in ("mid", "senior", "junior"):
        if level == empty.seniority:
            continue
        base = sourced(empty.role, empty.place, empty.engagement_type, level)
        if base.status != "none":
            return from_level(empty, base, figures, on=on)
    return None


def _from_ai_engineer(empty: Estimate, sourced: Sourced, figures: Figures, on: date) -> Estimate | None:
    if empty.role != "automation_specialist":
        return None
    base = sourced("ai_engineer", empty.place, empty.engagement_type, empty.seniority)
    key = f"ratio.automation_over_ai_engineer.{empty.engagement_type}"
    ratios = facts_for(figures.facts, key, place=empty.place, on=on, measure="x")
    if base.status == "none" or base.stands_in or not ratios:
        return None
    return _times(
        empty,
        base,
        _ends(ratios[0]),
        unit=base.unit,
        kind=base.kind,
        source=_said(ratios[0]),
        id="formula.role",
    )


def _from_salary(empty: Estimate, sourced: Sourced, figures: Figures, on: date) -> Estimate | None:
    """A price by the hour from a salary: an agency's bill, a contractor's rate, pay on its payroll."""
    kind = empty.engagement_type
    if kind not in ("agency", "contract", PAYROLL):
        return None
    base = sourced(empty.role, empty.place, "permanent", empty.seniority)
    if base.status == "none" or base.stands_in or base.kind not in ("base_pay", "pay_unstated"):
        return None
    if kind == "agency":
        ratios = facts_for(
            figures.facts, "ratio.agency_bill_over_salary", place=empty.place, on=on, measure="x"
        )
        ends = _ends(ratios[0]) if ratios else None
        source = _said(ratios[0]) if ratios else ("", "", "")
    else:
        found = _ratio(figures, f"{kind}_over_permanent.hour", country_of(empty.place), on)
        ends = (found.low, found.value, found.high) if found else None
        source = (found.publisher, found.as_of, found.place) if found else ("", "", "")
    if ends is None:
        return None
    return _times(
        empty,
        base,
        ends,
        unit=unit_of(empty.place, kind),
        kind="bill_rate" if kind == "agency" else "pay_rate",
        source=source,
        id="formula.salary",
    )


def _times(
    empty: Estimate,
    base: Estimate,
    ratio: tuple[Decimal, Decimal, Decimal],
    *,
    unit: str,
    kind: str,
    source: tuple[str, str, str],
    id: str,
) -> Estimate | None:
    if base.low is None or base.typical is None or base.high is None:
        return None
    hours = HOURS[unit] / HOURS[base.unit]
    low, typical, high = (
        rounded(amount * times * hours)
        for amount, times in zip((base.low, base.typical, base.high), ratio, strict=True)
    )
    publisher, as_of, group = source
    formula = say(
        id,
        base=money(base.typical, base.currency, base.unit),
        role=base.role,
        engagement_type=empty.engagement_type,
        base_seniority=base.seniority,
        seniority=empty.seniority,
        ratio=Number(number=plain(ratio[1])),
        publisher=publisher,
        as_of=as_of,
        group=group,
        result=money(typical, base.currency, unit),
    )
    basis = [
        one.model_copy(update={"part": "basis", "why": say("why.basis"), "weight": None})
        for one in base.sources
        if one.part == "votes"
    ]
    return empty.model_copy(
        update={
            "status": "derived",
            "kind": kind,
            "low": low,
            "typical": typical,
            "high": high,
            "currency": base.currency,
            "unit": unit,
            "grade": "D",
            "sources": (*empty.sources, *basis),
            "publishers": base.publishers,
            "spread": base.spread,
            "oldest": base.oldest,
            "newest": base.newest,
            "stale": base.stale,
            "formula": formula,
            "notes": _carried(base),
        }
    )


def _carried(base: Estimate) -> tuple[Message, ...]:
    """What must be known of the base must be known of what is derived from it."""
    kept = ("pay.note.after_tax", "pay.note.one_city", "pay.note.unstated", "pay.note.spread")
    return tuple(note for note in base.notes if note.id in kept)


def _ends(fact: Fact) -> tuple[Decimal, Decimal, Decimal]:
    low, high = fact.range or (Decimal(1), Decimal(1))
    return low, (low + high) / 2, high


def _said(fact: Fact) -> tuple[str, str, str]:
    return fact.publisher, fact.as_of, fact.place


def _ladder(figures: Figures, place: str, on: date) -> tuple[Ratio, Ratio] | None:
    """Junior and senior over mid: the country's own where measured, else its income group's."""
    country = country_of(place)
    known = figures.places.get(country)
    groups = [country]
    if known is not None:
        income = known.gdp_nominal
        word = "other rich" if income >= _RICH else "middle" if income >= _MIDDLE else "low"
        groups.append("United States" if country == "US" else word)
    for group in groups:
        junior = _ratio(figures, "seniority.junior_over_mid", group, on)
        senior = _ratio(figures, "seniority.senior_over_mid", group, on)
        if junior and senior:
            return junior, senior
    return None


def _ratio(figures: Figures, key: str, place: str, on: date) -> Ratio | None:
    found = [
        ratio
        for ratio in figures.ratios
        if ratio.key == key and _group(ratio.place) == place and date_earliest(ratio.as_of) <= on
    ]
    return max(found, key=lambda ratio: (ratio.as_of, ratio.publisher), default=None)


def _group(place: str) -> str:
    """The name of an income group without its bounds: "middle (10,000-30,000)" is "middle"."""
    return place.split(" (", 1)[0]
