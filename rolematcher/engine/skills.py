"""Whose skills are on a must-have list? In: the rulebook's [skills] and the list. Out: the musts by role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from .model import Rulebook

_shapes: WeakKeyDictionary[Rulebook, dict[str, re.Pattern[str]]] = WeakKeyDictionary()


def musts_by_role(rulebook: Rulebook, musts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For every role with a skill on the list, the musts that name one. Skills all roles share name none."""
    found = {}
    for role, shape in _role_shapes(rulebook).items():
        named = tuple(must for must in musts if shape.search(must.casefold()))
        if named:
            found[role] = named
    return found


def _role_shapes(rulebook: Rulebook) -> dict[str, re.Pattern[str]]:
    shapes = _shapes.get(rulebook)
    if shapes is None:
        shapes = {role: _shape(words) for role, words in rulebook.skills.items()}
        _shapes[rulebook] = shapes
    return shapes


def _shape(words: Sequence[str]) -> re.Pattern[str]:
    """Any of the words as a whole word, singular or plural, with a space or a hyphen between parts."""
    each = (r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", word.casefold()))) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})s?(?!\w)")
