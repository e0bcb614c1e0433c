"""The range chart of a decision and its legend. In: the money record. Out: SVG text and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.briefs.charts import (
    CROSS,
    DIAMOND,
    DOT,
    RING,
    SIGNS,
    SQUARE,
    Mark,
    RangeChart,
    Row,
    amounts_of,
    axis_ticks,
    range_chart,
)
from rolematcher.web.names import NO_FIGURE, ROLE, digits, money, money_range, recommended_first, upper_first

from .budget import budget_verdict
from .estimates import figure_words, rests_on
from .shape_money import Line

SHAPES = (
    (DOT, lazy("a source that counts")),
    (RING, lazy("base or total pay not said")),
    (SQUARE, lazy("a check: official, or a neighbouring occupation")),
    (DIAMOND, lazy("another kind of pay")),
    (CROSS, lazy("one employer's posting")),
)


def pay_chart(role: str, record: Mapping[str, Any], *, overridden: bool = False) -> str:
    """The range chart as SVG text; "" where no role has a figure and no budget was given."""
    unit = chart_unit(role, record)
    names = {other: upper_first(str(ROLE[other])) for other in recommended_first(role)}
    label = _("%(role)s, chosen") if overridden else _("%(role)s, recommended")
    names[role] = label % {"role": names[role]}
    rows = tuple(
        _row(names[other], record["roles"][other], unit, strong=other == role)
        for other in recommended_first(role)
    )
    amount = _budget_amount(role, record, unit)
    amounts = amounts_of(rows, amount)
    if not amounts:
        return ""
    words = _("Budget %(amount)s") % {"amount": money(amount, unit[0])} if amount is not None and unit else ""
    return range_chart(
        RangeChart(
            rows=rows,
            alternative=_alternative(role, record, names, budget=words),
            budget=amount,
            budget_words=words,
            ticks=tuple((tick, digits(tick)) for tick in axis_ticks(amounts, inside=_inside(rows, amount))),
        )
    )


def chart_unit(role: str, record: Mapping[str, Any]) -> tuple[str, str] | None:
    """Currency and unit of the chart: the recommended role's, else the first other's, else the budget's."""
    for other in recommended_first(role):
        estimate = record["roles"][other]
        if estimate["status"] != "none":
            return estimate["currency"], estimate["unit"]
    budget = record["budget"]
    return (budget["currency"], budget["per"]) if budget["set"] else None


def _budget_amount(role: str, record: Mapping[str, Any], unit: tuple[str, str] | None) -> Decimal | None:
    """The budget in the chart's unit: as it was compared, else as it was given; None where it is neither."""
    budget = record["budget"]
    if not budget["set"]:
        return None
    if record["roles"][role]["status"] != "none":
        compared = [budget["roles"].get(role) or {}]
    else:
        compared = list(budget["roles"].values())
    for own in compared:
        if own.get("figure") and unit == (own.get("currency"), own.get("unit")):
            return Decimal(own["figure"])
    given = record["roles"][role]["status"] == "none" and unit == (budget["currency"], budget["per"])
    return Decimal(budget["amount"]) if given else None


def budget_undrawn(role: str, record: Mapping[str, Any]) -> str:
    """Why a budget that was given is not in the chart; "" where it is, or where the verdict says why."""
    if not record["budget"]["set"] or record["roles"][role]["status"] != "none":
        return ""
    unit = chart_unit(role, record)
    if _budget_amount(role, record, unit) is not None:
        return ""
    return _("The budget is not drawn: it is not in the unit of these figures.")


def _inside(rows: Iterable[Row], budget: Decimal | None) -> list[Decimal]:
    """What must not stand at the very edge of the chart: figures and the budget, not single sources."""
    return amounts_of([replace(row, marks=()) for row in rows], budget)


def legend(role: str, record: Mapping[str, Any]) -> tuple[Line, ...]:
    """The shapes that stand in the chart and what each means."""
    unit = chart_unit(role, record)
    estimates = record["roles"].values()
    drawn = [estimate for estimate in estimates if (estimate["currency"], estimate["unit"]) == unit]
    shapes = {_shape(row) for estimate in drawn for row in estimate["sources"] if unit and _drawn(row, unit)}
    return tuple(Line(SIGNS[shape], str(words)) for shape, words in SHAPES if shape in shapes)


def _row(label: str, estimate: Mapping[str, Any], unit: tuple[str, str] | None, *, strong: bool) -> Row:
    if estimate["status"] == "none":
        return Row(label, upper_first(str(NO_FIGURE)), strong)
    words = _("%(range)s, grade %(grade)s") % {
        "range": money_range(estimate["low"], estimate["high"], estimate["currency"], estimate["unit"]),
        "grade": estimate["grade"],
    }
    if (estimate["currency"], estimate["unit"]) != unit:
        return Row(label, words, strong)
    marks = tuple(
        Mark(Decimal(_centre(source)), _shape(source))
        for source in estimate["sources"]
        if _drawn(source, unit)
    )
    low, typical, high = (Decimal(estimate[key]) for key in ("low", "typical", "high"))
    return Row(label, words, strong, low, typical, high, marks)


def _drawn(source: Mapping[str, Any], unit: tuple[str, str]) -> bool:
    return source["part"] != "superseded" and (source["currency"], source["unit"]) == unit


def _centre(source: Mapping[str, Any]) -> str:
    return source["typical"] or source["middle"] or source["low"] or source["high"]


def _shape(source: Mapping[str, Any]) -> str:
    part = source["part"]
    if part == "votes":
        return DOT
    if part == "bounds":
        return SQUARE
    if part == "posting":
        return CROSS
    return RING if source["kind"] == "pay_unstated" else DIAMOND


def _alternative(role: str, record: Mapping[str, Any], names: Mapping[str, str], *, budget: str) -> str:
    parts = []
    for other, name in names.items():
        estimate = record["roles"][other]
        if estimate["status"] == "none":
            parts.append(f"{name}: {NO_FIGURE}.")
            continue
        parts.append(
            _("%(role)s: %(figure)s, grade %(grade)s, %(rests_on)s.")
            % {
                "role": name,
                "figure": figure_words(estimate),
                "grade": estimate["grade"],
                "rests_on": rests_on(estimate),
            }
        )
    if budget:
        parts.append(_("%(budget)s is drawn as a line.") % {"budget": budget})
    parts.append(budget_verdict(role, record))
    return " ".join(parts)
