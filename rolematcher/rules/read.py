"""A rulebook's text. In: one TOML text. Out: a checked `Rulebook`, or one `RulebookError`.

Text that is too large or too deeply nested is refused before anything is worked out from it, so a bad text
never takes long.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import NoReturn

from rolematcher.packaged import packaged_text
from rolematcher.values.message import Message, Value

from .questions import facts_from, questions_read
from .rulebook import Rulebook, Source
from .section import FORBIDDEN, KEBAB, RulebookError, Section
from .tables import examples_read, rules_read, tables_read

MOST_CHARACTERS = 300_000
MOST_DOTS = 60
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
SECTIONS = ("title", "source", "question", "output", "rule", "example", "skills")


def rulebook_read(text: str) -> Rulebook:
    """Read a rulebook. Raises `RulebookError`, and nothing else, on any mistake in the text."""
    document = Section("rulebook", "", _parsed(text), keys=SECTIONS)
    questions = questions_read(_table(document, "question"))
    book = Rulebook(
        title=document.text("title", most=200, required=True),
        questions=questions,
        facts=facts_from(questions),
        tables=tables_read(_table(document, "output")),
        sources=_sources(document),
        examples=(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    book = replace(book, tables=rules_read(book, document.values.get("rule", [])))
    examples = examples_read(book, document.values.get("example", []))
    return replace(book, examples=examples, skills=_skills(book, document))


def _refuse(id: str, **values: Value) -> NoReturn:
    raise RulebookError(Message(id=f"rules.text.{id}", values=values))


def _parsed(text: str) -> dict[str, object]:
    if len(text) > MOST_CHARACTERS:
        _refuse("too_large", over=len(text) - MOST_CHARACTERS)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    _lines_are_plain(plain)
    try:
        return tomllib.loads(plain)
    except (ValueError, RecursionError) as error:
        words = FORBIDDEN.sub("?", str(error)).replace("\n", " ")
        _refuse("not_toml", why=words if len(words) <= 200 else words[:120] + " ... " + words[-60:])


def _lines_are_plain(text: str) -> None:
    """Refuse invisible characters, and dotted names so long that a TOML parser takes minutes."""
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        _refuse("invisible_in_line", line=line, code=f"U+{ord(found.group()):04X}")
    for number, line_text in enumerate(text.split("\n"), start=1):
        if QUOTED.sub("", line_text).count(".") > MOST_DOTS:
            _refuse("too_many_dots", line=number)


def _table(document: Section, key: str) -> Mapping[str, object]:
    return Section("rulebook", "", document.required(key), part=key).values


def _sources(document: Section) -> tuple[Source, ...]:
    read = []
    every = Section("rulebook", "", document.values.get("source", {}), part="source")
    for key, values in every.values.items():
        section = Section("source", key, values, keys=("publisher", "title", "date", "took"))
        read.append(
            Source(
                key=section.name_is(key, KEBAB),
                publisher=section.text("publisher", most=120, required=True),
                title=section.text("title", most=200, required=True),
                date=section.text("date", most=40, required=True),
                took=section.text("took", most=800),
            )
        )
    return tuple(read)


def _skills(book: Rulebook, document: Section) -> dict[str, tuple[str, ...]]:
    """[skills]: per role, the words that mark a must-have as that role's."""
    roles = [result for table in book.tables if table.id == "role" for result in table.results]
    section = Section("skills", "", document.values.get("skills", {}))
    owner: dict[str, str] = {}
    for role in section.values:
        section.choice("skills", role, roles)
        for word in section.words(role):
            if owner.setdefault(word.casefold(), role) != role:
                section.fail("skill_of_two_roles", typed=word)
    return {role: section.words(role) for role in section.values}


@cache
def shipped_text() -> str:
    """The text of the first edition."""
    return packaged_text("rulebook.toml")


@cache
def shipped_rulebook() -> Rulebook:
    """The first edition, read once a process."""
    return rulebook_read(shipped_text())
