"""On what basis somebody is wanted. In: `Scan`. Out: a suggestion for the engagement type, or none.

A line that names it ("Vertragsart: Freiberuflich") decides; then words that say it; then what only one basis
offers (parental leave; an hourly marketplace header). Hopes ("may become permanent") count for nothing.
"""

from __future__ import annotations

import re
from typing import Literal

from rolematcher.values.message import Message

from .parts import LEGAL, SIGNATURE
from .patterns import pattern
from .record import Suggestion
from .scan import Scan, Sentence

TYPES = ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency")
SAYS = {kind: pattern("engagement.says." + kind) for kind in TYPES}
FIELD = {kind: pattern("engagement.field." + kind) for kind in TYPES[:3]}
NOT = pattern("engagement.not")
HOPE = pattern("engagement.hope")
BACKGROUND = pattern("engagement.background")
MARKETPLACE = frozenset(("hourly", "fixed price", "fixed-price"))
"""How marketplaces name the terms of a job."""
SHORT_LINE, ALONE = 24, 2.0
"""A line of its own such as "Contract-to-hire" says nearly as much as one with a name."""
WEIGHTS = {
    "permanent": 1.0,
    "contract": 1.2,
    "freelance_marketplace": 1.0,
    "agency": 1.5,
    "embedded_offshore": 1.5,
}
WEAK = pattern("engagement.weak")


def engagement_of(scan: Scan, unit: str | None) -> tuple[Suggestion, ...]:
    """The engagement type; `unit` is that of the pay found, which supports one where words are weak."""
    line = next(
        (
            (kind, one)
            for one in scan.field("engagement", "title")
            if (kind := _named(scan.text(one), one.part.field))
        ),
        None,
    )
    if line:
        return (
            _suggestion(scan, line[0], line[1], "clear" if line[1].part.field == "engagement" else "likely"),
        )
    scores: dict[str, float] = {}
    best: dict[str, Sentence] = {}
    for one in scan.sentences:
        if one.part.label in (LEGAL, SIGNATURE):
            continue
        if one.part.name in MARKETPLACE:
            scores["freelance_marketplace"] = max(scores.get("freelance_marketplace", 0.0), 1.0)
            best.setdefault("freelance_marketplace", one)
        text = scan.text(one)
        alone = _named(text, "engagement") if len(text) <= SHORT_LINE else ""
        if alone:
            scores[alone] = scores.get(alone, 0.0) + ALONE
            best[alone] = one
        for kind, weight in _said(text).items():
            scores[kind] = scores.get(kind, 0.0) + weight
            best.setdefault(kind, one)
    for kind, fits in (
        ("permanent", ("year",)),
        ("contract", ("day",)),
        ("freelance_marketplace", ("hour", "project")),
    ):
        if unit in fits:
            scores[kind] = scores.get(kind, 0.0) + 0.6
    ranked = sorted((kind for kind in scores if kind in best), key=lambda kind: -scores[kind])
    if (
        not ranked
        or scores[ranked[0]] < 0.9
        or (len(ranked) > 1 and scores[ranked[0]] < scores[ranked[1]] + 0.3)
    ):
        return ()
    return (_suggestion(scan, ranked[0], best[ranked[0]], "likely"),)


def _named(text: str, field: str) -> str:
    """What a label-and-value line names; "" where it names none or several."""
    kinds = [
        kind
        for kind, pattern in (
            FIELD if field == "engagement" else {"freelance_marketplace": FIELD["freelance_marketplace"]}
        ).items()
        if pattern.search(text)
    ]
    if field == "title" and not re.search(r"freelanc|freiberuf", text, re.IGNORECASE):
        return ""
    if "contract" in kinds and len(kinds) == 2:
        kinds.remove("permanent" if "permanent" in kinds else "freelance_marketplace")
    return kinds[0] if len(kinds) == 1 else ""


def _said(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind, shape in SAYS.items():
        for match in shape.finditer(text):
            before, after = (
                text[max(0, match.start() - 50) : match.start()],
                text[match.end() : match.end() + 30],
            )
            if (
                NOT.search(before)
                or HOPE.search(before)
                or HOPE.match(after.lstrip())
                or BACKGROUND.search(text[max(0, match.start() - 45) : match.end() + 12])
            ):
                continue
            weight = WEIGHTS[kind] * (0.5 if WEAK.search(match.group()) else 1.0)
            found[kind] = min(1.5, found.get(kind, 0.0) + weight)
    return found


def _suggestion(
    scan: Scan, kind: str, sentence: Sentence, strength: Literal["clear", "likely"]
) -> Suggestion:
    span = scan.whole(sentence)
    why = Message(id="reading.fact.engagement_type", values={"value": kind})
    return Suggestion(
        fact="engagement_type", value=kind, strength=strength, words=span.text[:200], spans=(span,), why=why
    )
