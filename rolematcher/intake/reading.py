"""Reading a pasted description: the packaged lexicon, a text to a reading, a reading as one JSON object."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from rolematcher.engine.model import Rulebook
from rolematcher.engine.reader.outcome import reading_decided
from rolematcher.engine.reader.read import Lexicon, Reading, lexicon_read, read
from rolematcher.packaged import packaged_text


@cache
def lexicon_packaged() -> Lexicon:
    """The lexicon that ships with the product, read and checked once a process."""
    return lexicon_read(packaged_text("lexicon.toml"))


def description_read(text: str, *, on: date) -> Reading:
    """What a pasted description says, as suggestions with evidence. Never raises on any text."""
    return read(lexicon_packaged(), text, on=on)


def reading_as_dict(rulebook: Rulebook, reading: Reading, *, on: date) -> dict[str, Any]:
    """A reading as scripts read it: role and course (null when refused), suggestions and answers."""
    outcome = reading_decided(rulebook, reading, on=on)
    return {"role": outcome.role, "course": outcome.course, "why": outcome.why} | {
        key: value for key, value in reading.as_dict().items() if key != "why"
    }


def reading_explained(rulebook: Rulebook, reading: Reading, *, on: date) -> str:
    """A reading in lines for people: where it leads, then every suggestion with the words for and against."""
    outcome = reading_decided(rulebook, reading, on=on)
    lines = [f"Not one of the three roles. {outcome.why}"]
    if outcome.role:
        role = next(one.words for one in rulebook.table("role").choices if one.id == outcome.role)
        lines = [f"Leads to: {role} - {outcome.why}"]
    asked = {question.id: question.short or question.ask for question in rulebook.questions}
    for one in reading.suggestions:
        lines += ["", f"{asked.get(one.fact, one.fact.capitalize())}: {one.words} ({one.strength})"]
        for sign, spans in (("for", one.supports), ("against", one.against)):
            lines += [f'  {sign}: "{" ".join(span.text.split())}" - {span.why}' for span in spans]
    return "\n".join(lines)
