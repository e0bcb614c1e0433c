"""The texts that live in packaged data and are shown to people. In: nothing. Out: them, by file.

They are said through gettext where they are shown (`names.said`); here they are named, so that a
translator finds them in the catalogue of the data (`rolematcher/data/locale`) and a test can tell that
none was left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping

from rolematcher.packaged import packaged_text
from rolematcher.roles.texts import role_texts
from rolematcher.rules.read import shipped_rulebook
from rolematcher.rules.rulebook import Rulebook

STARTING_POINTS = "starting_points.toml"


def data_texts() -> dict[str, tuple[str, ...]]:
    """Every text people are shown, by the file it stands in, each once, in reading order."""
    return {
        "rulebook.toml": _once(_rulebook(shipped_rulebook())),
        **role_texts(),
        STARTING_POINTS: _once(_starting_points(tomllib.loads(packaged_text(STARTING_POINTS)))),
    }


def _rulebook(book: Rulebook) -> Iterator[str]:
    yield book.title
    for question in book.questions:
        yield from (question.ask, question.short, question.help, question.message)
        yield from (choice.words for choice in question.choices)
    for table in book.tables:
        yield table.title
        yield from (choice.words for choice in table.choices)
        for rule in table.rules:
            yield from (rule.because, rule.do, rule.against_why)


def _starting_points(shipped: Mapping[str, list[dict[str, object]]]) -> Iterator[str]:
    for point in shipped["starting_point"]:
        yield from (str(point["title"]), str(point["summary"]))
        answers = point["answers"]
        if isinstance(answers, dict):
            yield answers.get("project", "")
            yield from answers.get("success", ())
            yield from answers.get("must_haves", ())


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
