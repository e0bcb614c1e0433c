"""The texts that live in packaged data and are shown to people. In: nothing. Out: them, by file.

They are said through gettext where they are shown (`names.said`); here they are named, so that a
translator finds them in the catalogue and a test can tell that none was left out.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from typing import Any

from rolematcher.packaged import packaged_text

QUESTION = ("ask", "short", "help", "message")
RULE = ("because", "do", "against_why")
NOT_WORDS = (
    "name",
    "sources",
    "career_sources",
    "against",
    "covered_by",
    "needs",
    "role",
    "by",
    "certifications",
)
"""Keys of a role profile that hold ids, numbers or proper names."""

ON_COST = ("employer_burden.loading_factor", "employer_burden.statutory", "employer_burden.threshold")


def data_texts() -> dict[str, list[str]]:
    """Every text people are shown, by the file it stands in, each once, in reading order."""
    return {
        "rulebook.toml": _once(_rulebook(_read("rulebook.toml"))),
        "roles.toml": _once(_strings(list(_read("roles.toml")["role"].values()))),
        "starting_points.toml": _once(_starting_points(_read("starting_points.toml"))),
        "lexicon.toml": _once(_trades(_read("lexicon.toml"))),
        "facts.csv": _once(_remarks(packaged_text("facts.csv"))),
    }


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(packaged_text(name))


def _rulebook(book: dict[str, Any]) -> Iterator[str]:
    yield book["title"]
    for source in book["source"].values():
        yield source["took"]
    for question in book["question"].values():
        yield from _picked(question, QUESTION)
        yield from question.get("choices", {}).values()
    for table in book["output"].values():
        yield table["title"]
        yield from table["choices"].values()
    for rule in book["rule"]:
        yield from _picked(rule, RULE)


def _starting_points(shipped: dict[str, Any]) -> Iterator[str]:
    for point in shipped["starting_point"]:
        yield from (point["title"], point["summary"], point["answers"]["project"])
        yield from point["answers"].get("success", ())


def _trades(lexicon: dict[str, Any]) -> Iterator[str]:
    """The other trades a description may read like."""
    yield from sorted({family["trade"] for family in lexicon["family"] if "trade" in family})


def _remarks(facts: str) -> Iterator[str]:
    """What the sources remark on the on-cost, the only remarks a brief prints."""
    for row in csv.DictReader(facts.splitlines()):
        if row["key"].startswith(ON_COST):
            _measure, _comma, remark = row["unit"].partition(", ")
            yield from (part for part in remark.split("; ") if part)


def _picked(part: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    yield from (part[key] for key in keys if part.get(key))


def _strings(part: Any) -> Iterator[str]:
    """Every string of a role profile, except under keys that hold no words."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from _strings(item)
    elif isinstance(part, dict):
        for key, item in part.items():
            if key not in NOT_WORDS:
                yield from _strings(item)


def _once(texts: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(texts))
