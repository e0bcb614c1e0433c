"""One derived figure: a sourced estimate and one sourced ratio of its place in, a grade D figure out.

One step only, its formula kept with every number. No ratio for the place: nothing is derived.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from rolematcher.pay.facts import Ratio, facts_for
from rolematcher.pay.figures import Figures
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, money, plain, rounded
from rolematcher.pay.observation import PAYROLL, date_earliest
from rolematcher.pay.places import country_of, unit_of
from rolematcher.pay.report import Estimate
from rolematcher.values.message import Number

Sourced = Callable[[str, str, str, str], Estimate]
"""Role, place, engagement type and seniority in, the sourced estimate out."""

_RICH, _MIDDLE = 30_000, 10_000
_ALL_SHARE = Decimal("0.55")
"""Where all seniorities together lie on the way from mid to senior: 0.57 in 73 cells of Stack Overflow 2025,
0.62 in 30 of aijobs.net, 0.30 in 8 of DOU."""
_AS_THE_BASE = {"currency", "publishers", "spread", "oldest", "newest", "stale"}
_CARRIED = ("pay.note.after_tax", "pay.note.one_city", "pay.note.unstated", "pay.note.spread")
"""What must be known of the base must be known of what is derived from it."""


def from_level(empty: Estimate, base: Estimate, figures: Figures, *, on: date) -> Estimate | None:
    """A sourced figure stated for another seniority by the ladder of the country's income group."""
    if base.kind == "retainer":
        alike = say("note.levels_alike", seniority=empty.seniority)
        return base.replaced(seniority=empty.seniority, notes=(*base.notes, alike))
    ladder = _ladder(figures, empty.place, on)
    if ladder is None or base.stands_in:
        return None
    junior, senior = ladder
    step = {
        "junior": junior.value,
        "mid": Decimal(1),
        "senior": senior.value,
        "all": senior.value**_ALL_SHARE,
    }
    times = (step[empty.seniority] / step[base.seniority]).quantize(Decimal("0.001"))
    used = junior if "junior" in (empty.seniority, base.seniority) else senior
    return _times(empty, base, used.replaced(low=times, value=times, high=times), "formula.ladder")


def derived_estimate(empty: Estimate, sourced: Sourced, figures: Figures, *, on: date) -> Estimate:
    """An estimate derived in one step for a cell without a source; the cell unchanged without a ratio."""
    ways = (_from_other_level, _from_ai_engineer, _from_salary) if empty.status == "none" else ()
    return next((found for way in ways if (found := way(empty, sourced, figures, on))), empty)


def _from_other_level(empty: Estimate, sourced: Sourced, figures: Figures, on: date) -> Estimate | None:
    for level in ("mid", "senior", "junior"):
        if level != empty.seniority:
            base = sourced(empty.role, empty.place, empty.engagement_type, level)
            if base.status != "none":
                return from_level(empty, base, figures, on=on)
    return None


def _from_ai_engineer(empty: Estimate, sourced: Sourced, figures: Figures, on: date) -> Estimate | None:
    if empty.role != "automation_specialist":
        return None
    base = sourced("ai_engineer", empty.place, empty.engagement_type, empty.seniority)
    key = f"ratio.automation_over_ai_engineer.{empty.engagement_type}"
    return _times(empty, base, _among_facts(figures, key, empty.place, on), "formula.role")


def _from_salary(empty: Estimate, sourced: Sourced, figures: Figures, on: date) -> Estimate | None:
    """A price by the hour from a salary: an agency's bill, a contractor's rate, pay on its payroll."""
    kind, place = empty.engagement_type, empty.place
    base = sourced(empty.role, place, "permanent", empty.seniority)
    if kind not in ("agency", "contract", PAYROLL) or base.kind not in ("base_pay", "pay_unstated"):
        return None
    if kind == "agency":
        ratio, paid = _among_facts(figures, "ratio.agency_bill_over_salary", place, on), "bill_rate"
    else:
        ratio, paid = _ratio(figures, f"{kind}_over_permanent.hour", country_of(place), on), "pay_rate"
    return _times(empty, base, ratio, "formula.salary", kind=paid, unit=unit_of(place, kind))


def _times(
    empty: Estimate, base: Estimate, ratio: Ratio | None, id: str, *, kind: str = "", unit: str = ""
) -> Estimate | None:
    """The base times a ratio, by its own kind and unit unless told; None without either of the two."""
    if ratio is None or base.stands_in or base.low is None or base.typical is None or base.high is None:
        return None
    kind, unit = kind or base.kind, unit or base.unit
    hours = HOURS[unit] / HOURS[base.unit]
    low, typical, high = (
        rounded(amount * times * hours)
        for amount, times in ((base.low, ratio.low), (base.typical, ratio.value), (base.high, ratio.high))
    )
    formula = say(
        id,
        base=money(base.typical, base.currency, base.unit),
        role=base.role,
        engagement_type=empty.engagement_type,
        base_seniority=base.seniority,
        seniority=empty.seniority,
        ratio=Number(number=plain(ratio.value)),
        publisher=ratio.publisher,
        as_of=ratio.as_of,
        group=ratio.place,
        result=money(typical, base.currency, unit),
    )
    votes = [one for one in base.sources if one.part == "votes"]
    basis = [one.replaced(part="basis", why=say("why.basis"), weight=None) for one in votes]
    return empty.replaced(
        status="derived",
        kind=kind,
        low=low,
        typical=typical,
        high=high,
        unit=unit,
        grade="D",
        sources=(*empty.sources, *basis),
        formula=formula,
        **base.model_dump(include=_AS_THE_BASE),
        notes=tuple(note for note in base.notes if note.id in _CARRIED),
    )


def _ladder(figures: Figures, place: str, on: date) -> tuple[Ratio, Ratio] | None:
    """Junior and senior over mid: the country's own where measured, else its income group's."""
    country = country_of(place)
    groups = [country]
    if known := figures.places.get(country):
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
    """The newest measured ratio; the group "middle (10,000-30,000)" is named without its bounds."""
    found = [
        ratio
        for ratio in figures.ratios
        if ratio.key == key and ratio.place.split(" (", 1)[0] == place and date_earliest(ratio.as_of) <= on
    ]
    return max(found, key=lambda ratio: (ratio.as_of, ratio.publisher), default=None)


def _among_facts(figures: Figures, key: str, place: str, on: date) -> Ratio | None:
    """The newest ratio that is filed as a fact: both ends and their middle."""
    for fact in facts_for(figures.facts, key, place=place, on=on, measure="x"):
        low, high = fact.range or (Decimal(1), Decimal(1))
        said = {"place": fact.place, "publisher": fact.publisher, "as_of": fact.as_of}
        return Ratio.model_validate({"key": key, "value": (low + high) / 2, "low": low, "high": high, **said})
    return None
