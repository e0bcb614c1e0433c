"""The range chart of a decision and its legend. In: the money record. Out: SVG text and words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.charts import (
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

from .budget import budget_verdict
from .estimates import figure_words, rests_on
from .names import NO_FIGURE, ROLE, digits, money, money_range, recommended_first, upper_first
from .shape_money import Line

SHAPES = (
    (DOT, lazy("a source that counts")),
    (RING, lazy("base or total pay not said")),
    (SQUARE, lazy("a check: official, or a neighbouring occupation")),
    (DIAMOND, lazy("another kind of pay")),
    (CROSS, lazy("one employer's posting")),
)


def pay_chart(role: str, record: Mapping[str, Any]) -> str:
    """The range chart as SVG text; "" where no role has a figure."""
    unit = _chart_unit(role, record)
    rows = tuple(
        _row(other, record["roles"][other], unit, strong=other == role) for other in recommended_first(role)
    )
    budget = record["budget"]["roles"].get(role) or {}
    amount = None
    if budget.get("figure") and unit == (budget.get("currency"), budget.get("unit")):
        amount = Decimal(budget["figure"])
    amounts = amounts_of(rows, amount)
    if not amounts:
        return ""
    words = _("Budget %(amount)s") % {"amount": money(amount, unit[0])} if amount is not None and unit else ""
    return range_chart(
        RangeChart(
            rows=rows,
            alternative=_alternative(role, record),
            budget=amount,
            budget_words=words,
            ticks=tuple((tick, digits(tick)) for tick in axis_ticks(amounts)),
        )
    )


def _chart_unit(role: str, record: Mapping[str, Any]) -> tuple[str, str] | None:
    """Currency and unit of the chart: the recommended role's, else those of the first role with a figure."""
    for other in recommended_first(role):
        estimate = record["roles"][other]
        if estimate["status"] != "none":
            return estimate["currency"], estimate["unit"]
    return None


def legend(role: str, record: Mapping[str, Any]) -> tuple[Line, ...]:
    """The shapes that stand in the chart and what each means."""
    unit = _chart_unit(role, record)
    estimates = record["roles"].values()
    drawn = [estimate for estimate in estimates if (estimate["currency"], estimate["unit"]) == unit]
    shapes = {_shape(row) for estimate in drawn for row in estimate["sources"] if unit and _drawn(row, unit)}
    return tuple(Line(SIGNS[shape], str(words)) for shape, words in SHAPES if shape in shapes)


def _row(role: str, estimate: Mapping[str, Any], unit: tuple[str, str] | None, *, strong: bool) -> Row:
    name = upper_first(str(ROLE[role]))
    label = _("%(role)s, recommended") % {"role": name} if strong else name
    if estimate["status"] == "none":
        return Row(label, str(NO_FIGURE), strong)
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


def _alternative(role: str, record: Mapping[str, Any]) -> str:
    parts = []
    for other in recommended_first(role):
        estimate = record["roles"][other]
        name = upper_first(str(ROLE[other]))
        if other == role:
            name = _("%(role)s, recommended") % {"role": name}
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
    parts.append(budget_verdict(role, record))
    return " ".join(parts)
