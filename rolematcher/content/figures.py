"""Rates and budget in words and as the range chart. In: the stored money record. Out: `Rates`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

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

from .asked import budget_words
from .names import (
    A_ROLE,
    BASIS,
    GRADE,
    KIND,
    NO_FIGURE,
    PART,
    ROLE,
    ROLES,
    UNIT,
    as_of_words,
    digits,
    from_to,
    money,
    money_range,
    said,
    upper_first,
)
from .shape import FigureGroup, Line, Rates, RoleRate, SourceFigure

SHAPES = (
    (DOT, lazy("a source that counts")),
    (RING, lazy("base or total pay not said")),
    (SQUARE, lazy("a check: official, or a neighbouring occupation")),
    (DIAMOND, lazy("another kind of pay")),
    (CROSS, lazy("one employer's posting")),
)
WAY = {
    "smaller_tryout": lazy("A smaller try-out first"),
    "other_engagement": lazy("Another engagement"),
    "other_market": lazy("Another place"),
    "lower_level": lazy("A lower level"),
    "cheaper_role": lazy("A cheaper role"),
    "do_not_start": lazy("Do not start"),
}


def rates(role: str, record: Mapping[str, Any], answers: Mapping[str, Any]) -> Rates:
    """Everything the brief says about rates and budget, `role` recommended."""
    estimates = record["roles"]
    roles = tuple(
        _role_rate(other, estimates[other], record, recommended=other == role) for other in _order(role)
    )
    own = record["budget"]["roles"].get(role) or {}
    verdict = own.get("verdict", "not_set")
    chart = str(_chart(role, record))
    return Rates(
        market=_market(estimates[role], record),
        missing=_missing(record),
        chart=chart,
        legend=_legend(role, record) if chart else (),
        own=roles[0] if estimates[role]["status"] != "none" else None,
        roles=roles,
        budget_set=bool(record["budget"]["set"]),
        budget=budget_words(answers["budget"]) if answers.get("budget") else _("not set"),
        verdict=budget_verdict(role, record),
        verdict_id=verdict,
        unit=_unit(estimates[role]),
        ways_out=_ways_out(record["budget"].get("ways_out") or ()),
        groups=tuple(_groups(role, record)),
        weights=weights_words(record["weights"]),
        newest=as_of_words(record["newest"]) if record.get("newest") else _("no figure on file"),
    )


def _order(role: str) -> list[str]:
    return [role, *(other for other in ROLES if other != role)]


def _missing(record: Mapping[str, Any]) -> str:
    return (
        _("Say where the person will work from: rates are filed by place.") if record.get("missing") else ""
    )


def _market(estimate: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    parts = [estimate.get("region_name") or "", BASIS.get(estimate["engagement"], "")]
    if estimate["status"] != "none":
        parts.append(KIND[estimate["kind"]])
    return ", ".join(str(part) for part in parts if part)


def _role_rate(
    role: str, estimate: Mapping[str, Any], record: Mapping[str, Any], *, recommended: bool
) -> RoleRate:
    found = estimate["status"] != "none"
    level = estimate.get("at_level")
    notes = []
    if level and level["status"] != "none" and recommended:
        notes.append(
            _("At this level: %(figure)s, grade %(grade)s.")
            % {"figure": figure_words(level), "grade": level["grade"]}
        )
    if estimate.get("stale"):
        notes.append(_("The newest source is older than 12 months."))
    if found and estimate["spread"] and Decimal(estimate["spread"]) > Decimal("1.5"):
        notes.append(
            _("The sources differ by a factor of %(factor)s: from %(low)s to %(high)s.")
            % {
                "factor": digits(Decimal(estimate["spread"]).quantize(Decimal("0.1"))).rstrip("0"),
                "low": digits(estimate["span_low"]),
                "high": digits(estimate["span_high"]),
            }
        )
    return RoleRate(
        role=role,
        name=str(ROLE[role]),
        recommended=recommended,
        figure=figure_words(estimate),
        typical=digits(estimate["typical"]) if found else "",
        kind=str(KIND[estimate["kind"]]) if found else "",
        grade=estimate["grade"] or "",
        grade_words=str(GRADE[estimate["grade"]]) if found else str(NO_FIGURE),
        rests_on=rests_on(estimate),
        notes=tuple(notes),
        formula=estimate.get("formula") or "",
        budget=budget_verdict(role, record),
    )


def figure_words(estimate: Mapping[str, Any]) -> str:
    """Range, unit and typical figure of an estimate; that there is none, where there is none."""
    if estimate["status"] == "none":
        return str(NO_FIGURE)
    words = money_range(estimate["low"], estimate["high"], estimate["currency"], estimate["unit"])
    if estimate["low"] == estimate["high"]:
        return words
    return _("%(range)s, typically %(typical)s") % {"range": words, "typical": digits(estimate["typical"])}


def rests_on(estimate: Mapping[str, Any]) -> str:
    """How many sources of which dates a figure rests on, or how it was derived."""
    if estimate["status"] == "none":
        return str(NO_FIGURE)
    dates = from_to(estimate["oldest"], estimate["newest"])
    if estimate["status"] == "derived":
        return _("derived in one step from another sourced figure, %(dates)s") % {"dates": dates}
    counted = [source for source in estimate["sources"] if source["counted"]]
    if len(counted) == 1:
        return _("one source: %(publisher)s, %(dates)s") % {
            "publisher": counted[0]["publisher"],
            "dates": dates,
        }
    return ngettext("%(count)s source, %(dates)s", "%(count)s sources, %(dates)s", len(counted)) % {
        "count": len(counted),
        "dates": dates,
    }


def budget_verdict(role: str, record: Mapping[str, Any]) -> str:
    """What the budget covers for a role, in one sentence."""
    own = record["budget"]["roles"].get(role) or {"verdict": "not_set"}
    verdict, who = own["verdict"], A_ROLE[role]
    if verdict == "not_set":
        return _("No budget was given.")
    if verdict == "no_rate":
        return _("There is no sourced figure for %(role)s to compare the budget with.") % {"role": who}
    if verdict == "cannot_compare":
        return said(own["words"])
    figure = money_range(own["figure"], own["figure"], own["currency"], own["unit"])
    if own.get("converted"):
        figure = _("%(figure)s (converted)") % {"figure": figure}
    count, covered = own["of"], own["covered"]
    words = {"figure": figure, "covered": covered, "count": count, "role": who}
    if count == 1:
        only = own["sources"][0]
        words["source"] = f"{only['publisher']} ({money(only['figure'], own['currency'])})"
        if covered:
            return _("%(figure)s covers the only source for %(role)s, %(source)s.") % words
        return _("%(figure)s is below the only source for %(role)s, %(source)s.") % words
    if covered == count:
        return _("%(figure)s covers all %(count)s sources for %(role)s.") % words
    if covered:
        return _("%(figure)s covers %(covered)s of %(count)s sources for %(role)s.") % words
    lowest = min(own["sources"], key=lambda row: Decimal(row["figure"]))
    words["source"] = f"{lowest['publisher']} ({money(lowest['figure'], own['currency'])})"
    return _("%(figure)s is below all %(count)s sources for %(role)s; the lowest is %(source)s.") % words


def _ways_out(ways: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The ways on from a budget that falls short, one line a kind of way, each way with its price."""
    kinds: dict[str, list[str]] = {}
    for way in ways:
        words = said(way["words"]).rstrip(".").removeprefix(str(WAY[way["id"]])).lstrip(" :,")
        priced = said(way["price"]) if way["id"] != "do_not_start" else ""
        kinds.setdefault(way["id"], []).append(
            _("%(way)s: %(price)s") % {"way": words, "price": priced} if priced else words
        )
    return tuple(Line(str(WAY[kind]), "; ".join(found)) for kind, found in kinds.items())


def _unit(estimate: Mapping[str, Any]) -> str:
    """What the chart's figures are: USD a year, base pay."""
    if estimate["status"] == "none":
        return ""
    return f"{estimate['currency']} {UNIT[estimate['unit']]}, {KIND[estimate['kind']]}"


def _groups(role: str, record: Mapping[str, Any]) -> Iterable[FigureGroup]:
    """The observations behind each role's figure by the part they play, in the order they were stored."""
    for other in _order(role):
        estimate = record["roles"][other]
        parts: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for source in estimate["sources"]:
            parts.setdefault((source["part"], source["why"]), []).append(source)
        for (part, why), sources in parts.items():
            rows = tuple(_source_figure(source, estimate["kind"]) for source in sources)
            yield FigureGroup(str(ROLE[other]), str(PART[part]), said(why), rows)


def _source_figure(source: Mapping[str, Any], kind: str | None) -> SourceFigure:
    low, high = source["low"] or source["typical"], source["high"] or source["typical"]
    figure = money_range(low or high, high or low, source["currency"], source["unit"])
    if source["typical"] and low != high:
        figure = _("%(range)s, typically %(typical)s") % {
            "range": figure,
            "typical": digits(source["typical"]),
        }
    return SourceFigure(
        publisher=source["publisher"],
        title=source["title"],
        url=source["url"] if source["url"].startswith("http") and " " not in source["url"] else "",
        date=as_of_words(source["date"]),
        figure=figure,
        kind="" if source["kind"] in (kind, "pay_unstated") else str(KIND[source["kind"]]),
        stale=bool(source["stale"]),
    )


def weights_words(weights: Mapping[str, Any]) -> tuple[str, ...]:
    """The settings in force by which sources are weighed, one line each."""
    tiers, age, size = weights["tiers"], weights["age"], weights["size"]
    return (
        _(
            "Source: official %(official)s, raw data %(raw_recomputed)s, recruiter %(recruiter)s, seller of the engagement %(vendor)s, training or editorial %(editorial)s."
        )
        % tiers,
        _("Age: within 12 months %(to_12_months)s, to 24 months %(to_24_months)s, older %(older)s.") % age,
        _("Size: full weight from %(full_at)s records, %(unknown)s where not said.") % size,
    )


def _chart(role: str, record: Mapping[str, Any]) -> str:
    unit = _chart_unit(role, record)
    rows = tuple(_row(other, record["roles"][other], unit, strong=other == role) for other in _order(role))
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
    for other in _order(role):
        estimate = record["roles"][other]
        if estimate["status"] != "none":
            return estimate["currency"], estimate["unit"]
    return None


def _legend(role: str, record: Mapping[str, Any]) -> tuple[Line, ...]:
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
    for other in _order(role):
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
