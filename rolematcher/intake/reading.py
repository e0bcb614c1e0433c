"""What a pasted text says, as the page and the command show it. In: a text. Out: rows, or one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rolematcher.decisions.words import answer_words, label
from rolematcher.reading.record import Reading
from rolematcher.rules import AnswersInvalid, Rulebook, answers_json, answers_read, settle

from .raw import Fields, answers_from, ids_asked

STRENGTHS = ("clear", "likely", "hint")
SHOWN = ("fact", "value", "strength", "words", "spans")


@dataclass(frozen=True)
class Found:
    """One suggestion on the page: which question, what was found, the words it rests on, ticked or not."""

    fact: str
    label: str
    value: str
    words: str
    strength: str
    ticked: bool
    raw: object


def found_in(rulebook: Rulebook, reading: Reading, given: Mapping[str, object]) -> list[Found]:
    """The strongest suggestion for each question, those that fill the form ticked; her own answers stay."""
    rows: dict[str, Found] = {}
    known = ids_asked(rulebook)
    for one in sorted(reading.suggestions, key=lambda one: STRENGTHS.index(one.strength)):
        if one.fact in rows or one.fact not in known:
            continue
        try:
            answers = answers_read(rulebook, {one.fact: one.raw})
        except AnswersInvalid:
            continue
        own = answers_from(given).get(one.fact)
        ticked = (own is None and one.strength != "hint") or own == one.raw
        words = answer_words(rulebook.question(one.fact), answers)
        if words:
            name = label(rulebook, one.fact)
            rows[one.fact] = Found(one.fact, name, words, one.words, one.strength, ticked, one.raw)
    return sorted(rows.values(), key=lambda row: known.index(row.fact))


def taken_from(found: list[Found], fields: Mapping[str, object]) -> list[Found]:
    """Those that stand among the answers just as they were found."""
    return [row for row in found if answers_from(fields).get(row.fact) == row.raw]


def not_found(rulebook: Rulebook, found: list[Found]) -> list[str]:
    """What the text does not say, in a few words each."""
    seen = {row.fact for row in found} | {"description", "client", "project", "trade", "team_hours"}
    return [label(rulebook, id) for id in ids_asked(rulebook) if id not in seen]


def reading_as_dict(rulebook: Rulebook, reading: Reading, *, on: date) -> Fields:
    """A reading as scripts read it; role and recommendation are null where it is none of the three roles."""
    raw = reading.raw_answers()
    settled = settle(rulebook, answers_read(rulebook, raw), on)
    return {
        "role": reading.role,
        "recommendation": settled.recommendation if reading.role else None,
        "trade": reading.trade,
        "language": reading.language,
        "message": reading.message.model_dump(mode="json"),
        "ask": reading.ask,
        "suggestions": [
            {name: one[name] for name in SHOWN} for one in reading.model_dump(mode="json")["suggestions"]
        ],
        "answers": {name: answers_json(answers_read(rulebook, {name: raw[name]}))[name] for name in raw},
    }
