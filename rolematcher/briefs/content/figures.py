"""Rates and budget in words and as a chart. In: the stored money record and answers. Out: `Rates`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rolematcher.web.names import (
    ENGAGEMENT_TYPE,
    KIND,
    NO_FIGURE,
    ROLE,
    UNIT,
    as_of_words,
    digits,
    digits_range,
    money_range,
    recommended_first,
    upper_first,
)
from rolematcher.web.phrases import phrase, region_name

from .asked import budget_words
from .budget import budget_verdict, steps_words, ways_out
from .estimates import figure_words, grade_words, rests_on
from .on_file import on_file
from .pay_chart import budget_undrawn, chart_unit, legend, pay_chart
from .shape_money import FigureGroup, Line, Rates, RoleRate, SourceFigure


def rates(
    role: str, record: Mapping[str, Any], answers: Mapping[str, Any], *, overridden: bool = False
) -> Rates:
    """Everything the brief says about rates and budget, `role` recommended or chosen by override."""
    estimates = record["roles"]
    roles = tuple(
        _role_rate(other, estimates[other], record, recommended=other == role)
        for other in recommended_first(role)
    )
    own = record["budget"]["roles"].get(role) or {}
    verdict = own.get("verdict", "not_set")
    chart = pay_chart(role, record, overridden=overridden)
    return Rates(
        market=_market(estimates[role], record),
        missing=place_missing(record),
        chart=chart,
        legend=legend(role, record) if chart else (),
        undrawn=budget_undrawn(role, record) if chart else "",
        own=roles[0] if estimates[role]["status"] != "none" else None,
        on_file=on_file(role, record),
        roles=roles,
        budget_set=bool(record["budget"]["set"]),
        budget=budget_words(answers["budget"]) if answers.get("budget") else _("not set"),
        budget_steps=steps_words(own),
        verdict=budget_verdict(role, record),
        verdict_id=verdict,
        unit=_unit(role, record),
        usual_unit=_unit_words(chart_unit(role, record)),
        ways_out=ways_out(record["budget"].get("ways_out") or ()),
        groups=tuple(_groups(role, record)),
        weights=weights_words(record["weights"]),
        newest=as_of_words(record["newest"]) if record.get("newest") else "",
    )


def place_missing(record: Mapping[str, Any]) -> str:
    """What to answer where there is no figure for want of a place."""
    return (
        _("Say where the person will work from: rates are filed by place.") if record.get("missing") else ""
    )


def _market(estimate: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    parts = [region_name(record), ENGAGEMENT_TYPE.get(estimate["engagement"], "")]
    if estimate["status"] != "none":
        parts.append(KIND[estimate["kind"]])
    return ", ".join(str(part) for part in parts if part)


def _role_rate(
    role: str, estimate: Mapping[str, Any], record: Mapping[str, Any], *, recommended: bool
) -> RoleRate:
    found = estimate["status"] != "none"
    level = estimate.get("at_level")
    notes = [] if found or not recommended else [phrase(note) for note in estimate["notes"]]
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
        grade_words=grade_words(estimate) if found else str(NO_FIGURE),
        rests_on=rests_on(estimate),
        notes=tuple(notes),
        formula=phrase(estimate.get("formula") or ""),
        budget=budget_verdict(role, record),
    )


def _unit(role: str, record: Mapping[str, Any]) -> str:
    """What the chart's figures are: USD a year, base pay where that is so for all of them."""
    unit = chart_unit(role, record)
    words = _unit_words(unit)
    drawn = [found for found in record["roles"].values() if (found["currency"], found["unit"]) == unit]
    kinds = {found["kind"] for found in drawn}
    return f"{words}, {KIND[kinds.pop()]}" if len(kinds) == 1 else words


def _unit_words(unit: tuple[str, str] | None) -> str:
    return f"{unit[0]} {UNIT[unit[1]]}" if unit else ""


def _groups(role: str, record: Mapping[str, Any]) -> Iterable[FigureGroup]:
    """The observations behind the figures by the part they play, each source once with what it says of
    every role, in the order they were stored."""
    parts: dict[tuple[str, str], dict[tuple[str, ...], list[tuple[str, Mapping[str, Any]]]]] = {}
    for other in recommended_first(role):
        for source in record["roles"][other]["sources"]:
            about = tuple(str(source[key]) for key in ("publisher", "title", "url", "date"))
            told = parts.setdefault((source["part"], source["why"]), {}).setdefault(about, [])
            told.append((other, source))
    usual = chart_unit(role, record)
    for (_part, why), sources in parts.items():
        rows = tuple(_source_figure(told, record, usual) for told in sources.values())
        yield FigureGroup(phrase(why), rows)


def _source_figure(
    told: list[tuple[str, Mapping[str, Any]]], record: Mapping[str, Any], usual: tuple[str, str] | None
) -> SourceFigure:
    _other, source = told[0]
    return SourceFigure(
        publisher=source["publisher"],
        title=source["title"],
        url=source["url"] if source["url"].startswith("http") and " " not in source["url"] else "",
        date=as_of_words(source["date"]),
        stale=bool(source["stale"]),
        figures=tuple(
            Line(upper_first(str(ROLE[other])), _said(source, record["roles"][other]["kind"], usual))
            for other, source in told
        ),
    )


def _said(source: Mapping[str, Any], kind: str | None, usual: tuple[str, str] | None) -> str:
    """The figure of a source; its unit and its kind of pay are said where they are not the usual ones."""
    low, high = source["low"] or source["typical"], source["high"] or source["typical"]
    low, high = low or high, high or low
    if (source["currency"], source["unit"]) == usual:
        figure = digits_range(low, high)
    else:
        figure = money_range(low, high, source["currency"], source["unit"])
    if source["typical"] and low != high:
        figure = _("%(range)s, typically %(typical)s") % {
            "range": figure,
            "typical": digits(source["typical"]),
        }
    other_kind = source["kind"] not in (kind, "pay_unstated")
    return f"{figure}, {KIND[source['kind']]}" if other_kind else figure


def weights_words(weights: Mapping[str, Any]) -> tuple[str, ...]:
    """The settings in force by which sources are weighed, one line each."""
    tiers, age, size = (
        {name: number_format(Decimal(weight)) for name, weight in weights[part].items()}
        for part in ("tiers", "age", "size")
    )
    return (
        _(
            "Source: official %(official)s, raw data %(raw_recomputed)s, recruiter %(recruiter)s, "
            "seller of the engagement %(vendor)s, training or editorial %(editorial)s."
        )
        % tiers,
        _("Age: within 12 months %(to_12_months)s, to 24 months %(to_24_months)s, older %(older)s.") % age,
        _("Size: full weight from %(full_at)s records, %(unknown)s where not said.") % size,
    )
