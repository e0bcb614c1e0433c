"""Whose skills are on a must-have list? In: the rulebook's [skills] and the list. Out: the musts by role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from rolematcher.engine.model import Rulebook

PART = re.compile(r"[\s-]+")

_prepared: WeakKeyDictionary[Rulebook, tuple[re.Pattern[str], dict[str, str]]] = WeakKeyDictionary()


def musts_by_role(rulebook: Rulebook, musts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For every role with a skill on the list, the musts that name one, in the order of the rulebook's roles.

    The longest name wins: "LLM fine-tuning" is one skill, not two. Skills the roles share are nobody's.
    """
    shape, owner = _prepare(rulebook)
    found: dict[str, list[str]] = {role: [] for role in rulebook.skills}
    for must in musts:
        names = (owner[_plain(match.group(1))] for match in shape.finditer(must.casefold()))
        for role in dict.fromkeys(names):
            found[role].append(must)
    return {role: tuple(named) for role, named in found.items() if named}


def _prepare(rulebook: Rulebook) -> tuple[re.Pattern[str], dict[str, str]]:
    prepared = _prepared.get(rulebook)
    if prepared is None:
        owner = {_plain(word.casefold()): role for role, words in rulebook.skills.items() for word in words}
        longest_first = sorted(owner, key=len, reverse=True)
        each = "|".join(r"[\s-]+".join(map(re.escape, word.split(" "))) for word in longest_first) or r"(?!)"
        prepared = re.compile(rf"(?<!\w)({each})s?(?!\w)"), owner
        _prepared[rulebook] = prepared
    return prepared


def _plain(word: str) -> str:
    """Spaces and hyphens are the same between the parts of a name."""
    return PART.sub(" ", word)
