"""An estimate as people read it and as JSON: an `Estimate` in, short sentences and a plain dict out."""

from __future__ import annotations

from decimal import Decimal

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.money.estimate import NONE, SOURCED, Estimate
from rolematcher.engine.money.money import amount_words, number_words, range_words
from rolematcher.engine.money.places import Places
from rolematcher.engine.money.triple import is_middle
from rolematcher.engine.money.votes import BESIDE, BOUNDS, POSTING, VOTES, Source

ROLE_WORDS = {
    "ai_engineer": "AI engineer",
    "ml_engineer": "ML engineer",
    "automation_specialist": "automation specialist",
}
ENGAGEMENT_WORDS = {
    "permanent": "permanent",
    "contract": "contract",
    "freelance_marketplace": "freelance marketplace",
    "embedded_offshore": "embedded offshore",
    "agency": "agency",
}
LEVEL_WORDS = {"all": "all levels", "junior": "junior", "mid": "mid-level", "senior": "senior"}
KIND_WORDS = {
    "base_pay": "base pay",
    "total_pay": "total pay",
    "pay_unstated": "pay, base or total not said",
    "pay_rate": "pay rate",
    "bill_rate": "bill rate",
    "posted_budget": "budget posted by clients",
    "retainer": "retainer",
}


def cell_words(estimate: Estimate, places: Places) -> str:
    """Which figure this is: "AI engineer, mid-level, permanent, United States"."""
    parts = [ROLE_WORDS.get(estimate.role, estimate.role)]
    if estimate.seniority != "all":
        parts.append(LEVEL_WORDS[estimate.seniority])
    parts.append(ENGAGEMENT_WORDS.get(estimate.engagement, estimate.engagement))
    parts.append(places.name(estimate.region))
    return ", ".join(parts)


def figure_words(estimate: Estimate) -> str:
    """The figure alone: "USD 145,000 to 210,000 a year, typically 195,000"."""
    if estimate.figures is None:
        return "no sourced figure"
    low, typical, high = estimate.figures
    words = range_words(low, high, estimate.currency, estimate.unit)
    if low == high:
        return words
    return f"{words}, typically {amount_words(typical, '').strip()}"


def estimate_words(estimate: Estimate, places: Places) -> str:
    """The whole estimate in one sentence, or that there is none."""
    cell = cell_words(estimate, places)
    if estimate.status == NONE:
        return f"{cell}: no sourced figure."
    kind = KIND_WORDS[estimate.kind]
    return f"{cell}: {figure_words(estimate)} ({kind}). {grade_words(estimate)}"


def grade_words(estimate: Estimate) -> str:
    """How good the figure is and what it rests on, in one sentence."""
    if estimate.status != SOURCED:
        return f"Grade {estimate.grade}: derived in one step from another sourced figure."
    votes = [source for source in estimate.sources if source.part == VOTES]
    dates = (
        estimate.oldest if estimate.oldest == estimate.newest else f"{estimate.oldest} to {estimate.newest}"
    )
    beside = len(estimate.counted) - len(votes)
    if len(votes) == 1:
        one = "one provider" if votes[0].observation.interest == "vendor" else "one publisher"
        words = f"{one}, {votes[0].observation.publisher}"
    else:
        words = f"{len(votes)} publishers"
    if estimate.stands_in:
        words += ", for a neighbouring occupation"
    if beside:
        words += f", {beside} more beside"
    return f"Grade {estimate.grade}: {words}; {dates}."


def estimate_notes(estimate: Estimate) -> list[str]:
    """What to keep in mind about the figure, one sentence each."""
    notes = list(estimate.remarks)
    if estimate.status != SOURCED:
        return notes + _shown_only(estimate)
    if estimate.stands_in:
        notes.append("Only figures for a neighbouring occupation are on file; they stand in.")
    notes += _about_sources(estimate) + _about_bounds(estimate)
    return notes


def estimate_dict(estimate: Estimate, places: Places) -> dict[str, object]:
    """The estimate as plain JSON values: amounts as text, sources in order of their part."""
    figures = estimate.figures
    return {
        "role": estimate.role,
        "region": estimate.region,
        "region_name": places.name(estimate.region),
        "engagement": estimate.engagement,
        "seniority": estimate.seniority,
        "status": estimate.status,
        "kind": estimate.kind or None,
        "currency": estimate.currency or None,
        "unit": estimate.unit or None,
        "low": amount_text(figures.low) if figures else None,
        "typical": amount_text(figures.typical) if figures else None,
        "high": amount_text(figures.high) if figures else None,
        "grade": estimate.grade or None,
        "publishers": estimate.publishers,
        "counted": len(estimate.counted),
        "spread": f"{estimate.spread:.2f}" if estimate.spread else None,
        "span_low": _text(estimate.span_low),
        "span_high": _text(estimate.span_high),
        "oldest": estimate.oldest or None,
        "newest": estimate.newest or None,
        "stale": estimate.stale,
        "sources": [source_dict(source) for source in estimate.sources],
        "formula": estimate.formula or None,
        "notes": estimate_notes(estimate),
        "figure_words": figure_words(estimate),
        "words": estimate_words(estimate, places),
        "at_level": None,
        "other_cells": [],
    }


def source_dict(source: Source) -> dict[str, object]:
    """One source as plain JSON values, with the part it plays and why."""
    row = source.observation
    return {
        "publisher": row.publisher,
        "title": row.title,
        "url": row.url,
        "date": row.as_of,
        "role": row.role,
        "region": row.region,
        "engagement": row.engagement,
        "low": _text(row.low),
        "typical": _text(row.typical),
        "high": _text(row.high),
        "middle": amount_text(source.figures.typical) if is_middle(row) else None,
        "currency": row.currency,
        "unit": row.unit,
        "kind": row.kind,
        "kind_words": KIND_WORDS[row.kind],
        "statistic": row.statistic,
        "interest": row.interest,
        "sample": row.sample,
        "seniority": row.seniority,
        "proxy": row.proxy,
        "note": row.note,
        "part": source.part,
        "counted": source.counted,
        "why": source.why,
        "weight": source.weight.as_dict() if source.weight else None,
        "stale": source.stale,
        "words": range_words(source.figures.low, source.figures.high, row.currency, row.unit),
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else amount_text(amount)


def _shown_only(estimate: Estimate) -> list[str]:
    postings = sum(source.part == POSTING for source in estimate.sources)
    return (
        [f"{postings} single employers' postings are on file and shown; they do not vote."]
        if postings
        else []
    )


def _about_sources(estimate: Estimate) -> list[str]:
    notes = []
    counted = estimate.counted
    if len(counted) == 1:
        notes.append("One source only, shown as published.")
    unstated = [source for source in counted if source.part == BESIDE]
    if unstated:
        notes.append(
            f"{len(unstated)} of {len(counted)} sources do not say whether they mean base or total pay: "
            "shown and counted, no vote."
        )
    middles = sorted({s.observation.publisher for s in counted if is_middle(s.observation)})
    if middles:
        notes.append(f"The middle of the stated range is taken for {', '.join(middles)}.")
    if estimate.spread and estimate.spread > Decimal("1.5"):
        notes.append(
            f"The sources differ by a factor of {number_words(estimate.spread.quantize(Decimal('0.1')))}."
        )
    if estimate.stale:
        notes.append("The figure rests on sources older than 12 months.")
    others = sorted(
        {KIND_WORDS[s.observation.kind] for s in estimate.sources if s.part == BESIDE and not s.counted}
    )
    if others:
        notes.append(f"Shown beside and never mixed in: {', '.join(others)}.")
    return notes


def _about_bounds(estimate: Estimate) -> list[str]:
    notes = []
    for source in estimate.sources:
        row = source.observation
        if source.part != BOUNDS or estimate.figures is None:
            continue
        if (row.currency, row.unit) != (estimate.currency, estimate.unit):
            continue
        typical = estimate.figures.typical
        side = "above" if typical > source.figures.high else "below" if typical < source.figures.low else ""
        if side:
            span = range_words(source.figures.low, source.figures.high, row.currency, row.unit)
            notes.append(f"The figure lies {side} the check by {row.publisher}: {span}.")
    return notes
