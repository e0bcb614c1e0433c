"""A rulebook's text. In: one TOML text. Out: a checked `Rulebook`, or one `RulebookError`.

The error names the place (the line, the rule, the question) and the cure. Text that is too large or
too deeply nested is refused before anything is worked out from it, so a bad text never takes long.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rulebook, Source

from .examples import examples_read
from .questions import facts_from, questions_read
from .reading import FORBIDDEN, KEBAB, Section, one_of, quoted
from .tables import tables_read

MOST_CHARACTERS = 1_000_000
MOST_RULES = 5_000
MOST_DOTS = 60
MOST_KEY_DOTS = 8
SECTIONS = ("title", "source", "question", "output", "rule", "example", "skills")


def rulebook_read(text: str) -> Rulebook:
    """Read a rulebook. Raises `RulebookError`, and nothing else, on any mistake in the text."""
    document = Section("Rulebook", _parsed(text), keys=SECTIONS)
    rules = document.values.get("rule", [])
    if isinstance(rules, list) and len(rules) > MOST_RULES:
        document.fail(
            f"has {len(rules):,} rules; at most {MOST_RULES:,} are read. Split it or remove dead rules"
        )
    sources = _sources(document)
    questions = questions_read(_table(document, "question"))
    facts = facts_from(questions)
    tables = tables_read(_table(document, "output"), rules, questions=questions, facts=facts, sources=sources)
    return Rulebook(
        title=document.text("title", most=200, required=True),
        questions=questions,
        facts=facts,
        tables=tables,
        sources=sources,
        examples=examples_read(document.values.get("example", []), questions=questions, tables=tables),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        skills=_skills(document, next((table for table in tables if table.id == "role"), None)),
    )


def _parsed(text: object) -> dict[str, object]:
    if not isinstance(text, str):
        raise RulebookError(f"Rulebook: must be a text, not {quoted(text)}.")
    if len(text) > MOST_CHARACTERS:
        raise RulebookError(f"Rulebook: has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    _lines_are_plain(plain)
    try:
        return tomllib.loads(plain)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"Rulebook: this is not TOML: {_toml_words(error)}.") from None
    except RecursionError:
        raise RulebookError(
            "Rulebook: brackets are nested too deeply; rules need at most two levels."
        ) from None
    except ValueError:
        raise RulebookError(
            "Rulebook: a number has too many digits; rules need texts, true and false only."
        ) from None


def _lines_are_plain(text: str) -> None:
    """Refuse invisible characters, and the long dotted keys that make a TOML parser take minutes."""
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise RulebookError(
            f"Rulebook, line {line}: invisible character U+{ord(found.group()):04X}; delete it."
        )
    for number, line_text in enumerate(text.split("\n"), start=1):
        if line_text.count(".") <= MOST_KEY_DOTS:
            continue
        key = re.split(r"[=\"'#]", line_text, maxsplit=1)[0]
        if key.count(".") > MOST_KEY_DOTS or line_text.count(".") > MOST_DOTS:
            raise RulebookError(f"Rulebook, line {number}: too many dots; a name has at most two parts.")


def _toml_words(error: tomllib.TOMLDecodeError) -> str:
    words = FORBIDDEN.sub("?", str(error)).replace("\n", " ")
    return words if len(words) <= 200 else words[:120] + " ... " + words[-60:]


def _table(document: Section, key: str) -> Mapping[str, object]:
    if key not in document.values:
        document.fail(f"has no [{key}.name] section; a rulebook needs at least one")
    return Section(f"[{key}]", document.values[key]).values


def _sources(document: Section) -> tuple[Source, ...]:
    read = []
    for key, values in Section("[source]", document.values.get("source", {})).values.items():
        name = f"Source {quoted(key)}"
        section = Section(name, values, keys=("publisher", "title", "date", "took"))
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


def _skills(document: Section, roles: object) -> dict[str, tuple[str, ...]]:
    """[skills]: per role, the words that mark a must-have as that role's."""
    section = Section("[skills]", document.values.get("skills", {}))
    ids = [choice.id for choice in getattr(roles, "choices", ())]
    owner: dict[str, str] = {}
    for role in section.values:
        if role not in ids:
            section.fail(f"{quoted(role)} is not a result of the table 'role'; {one_of(role, ids)}")
        for word in section.words(role):
            if owner.setdefault(word.casefold(), role) != role:
                section.fail(f"{quoted(word)} is listed for two roles; leave shared skills out of both")
    return {role: section.words(role) for role in section.values}
