"""Where a reading leads. In: a rulebook and a reading. Out: role and course by the real rulebook, or why not.

Also what of a reading goes with a decision: the evidence of the suggestions that were accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rolematcher.engine.decision.answers import answers_read
from rolematcher.engine.decision.decide import decide_plain
from rolematcher.engine.decision.facts import facts_of
from rolematcher.engine.model import Rulebook

from .record import Reading


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """Role and course ids the suggested answers lead to; both None for a refused text, with the reason."""

    role: str | None
    course: str | None
    why: str


def reading_decided(rulebook: Rulebook, reading: Reading, *, on: date) -> ReadingOutcome:
    """Decide as if every suggestion had been accepted; what the figures decide keeps its default."""
    if reading.refused:
        return ReadingOutcome(None, None, reading.why)
    results = decide_plain(rulebook, facts_of(rulebook, answers_read(rulebook, reading.answers()), on=on))
    rule = _words(rulebook, "course", results["course"])
    return ReadingOutcome(results["role"], results["course"], rule)


def _words(rulebook: Rulebook, table: str, id: str) -> str:
    return next((choice.words for choice in rulebook.table(table).choices if choice.id == id), "")


def evidence_of(reading: Reading, answers: Mapping[str, object]) -> dict[str, object]:
    """The evidence to keep with a decision: per accepted question its words, strength and spans, as JSON.

    A suggestion counts as accepted when `answers` holds its value unchanged; one somebody altered rests on
    the person, not on the text.
    """
    kept: dict[str, object] = {}
    for suggestion in reading.suggestions:
        if answers.get(suggestion.fact) == suggestion.value:
            kept[suggestion.fact] = suggestion.as_dict()
    return kept
