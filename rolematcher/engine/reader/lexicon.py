"""Read the reader's lexicon. In: its TOML text. Out: `Lexicon`, checked and indexed, or a `LexiconError`.

The lexicon is data so that a missing tool or word is a line of TOML, never a change of code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from rolematcher.engine.errors import EngineError
from rolematcher.engine.regions import REGIONS

from .text import WORD, Headings, fold

MOST_WORDS = 5
"""No term is longer: a longer one would be a phrase out of somebody's text, not vocabulary."""
CUE, PLACE = "cue:", "place:"
"""How the ids of cue lists and place names begin; their mentions vote for nothing."""
SECTIONS = ("task", "wants", "plus", "about", "offer", "success")
CUES = (
    "no",
    "no_but_yes",
    "instead",
    "not_needed",
    "maybe",
    "others_do",
    "asks",
    "background",
    "employer",
    "experience",
    "stop",
    "works_from",
    "inside",
)
FAMILY_KEYS = frozenset(
    ("id", "why", "votes", "denied", "terms", "worthy", "trade", "mask", "skill", "names")
)


class LexiconError(EngineError):
    """The lexicon text is wrong, at a named place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a term: compared whole, as a beginning (`begins`), or letter for letter (`cased`)."""

    word: str
    begins: bool = False
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """What a mention speaks for: `fact` gets `value`, with a weight."""

    fact: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class Family:
    """Terms that mean the same for the reader, and what they speak for (see lexicon.toml's head)."""

    id: str
    why: str
    votes: tuple[Vote, ...] = ()
    denied: tuple[Vote, ...] = ()
    worthy: bool = False
    trade: str = ""
    mask: bool = False
    skill: bool = False
    names: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a family: its first part and, after "~", the part that must follow nearby."""

    text: str
    family: Family
    first: tuple[Piece, ...]
    second: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The checked lexicon, its terms indexed by the first word."""

    families: tuple[Family, ...]
    terms: tuple[Term, ...]
    headings: Headings
    whole: Mapping[str, tuple[Term, ...]] = field(repr=False)
    begins: Mapping[str, tuple[Term, ...]] = field(repr=False)


def lexicon_read(text: str) -> Lexicon:
    """The lexicon in `text` (TOML). Raises LexiconError with the place and the cure."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"The lexicon is not TOML: {error}") from error
    families: list[Family] = []
    terms: list[Term] = []
    for entry in _tables(raw, "family"):
        family = _family(entry)
        if any(family.id == other.id for other in families):
            raise LexiconError(f"Family '{family.id}' is there twice; give one another id.")
        families.append(family)
        terms.extend(_term(family, word) for word in _words(entry, "terms", f"Family '{family.id}'"))
    cues = raw.get("cues")
    if not isinstance(cues, dict) or set(cues) != set(CUES):
        raise LexiconError(f"[cues] must have exactly these lists: {', '.join(CUES)}.")
    for name in CUES:
        family = Family(id=CUE + name, why="sets the tone")
        terms.extend(_term(family, word) for word in _words(cues, name, "[cues]"))
    places = raw.get("places")
    if not isinstance(places, dict):
        raise LexiconError("The lexicon needs a [places] table: region code = [names].")
    for code in places:
        if code not in REGIONS:
            raise LexiconError(f"[places] '{code}' is not a region code of the rate data or ISO 3166.")
        family = Family(id=PLACE + code, why="names a place")
        terms.extend(_term(family, word) for word in _words(places, code, "[places]"))
    whole: dict[str, list[Term]] = {}
    begins: dict[str, list[Term]] = {}
    for term in terms:
        piece = term.first[0]
        index, key = (begins, piece.word[:3]) if piece.begins else (whole, fold(piece.word))
        index.setdefault(key, []).append(term)
    return Lexicon(
        families=tuple(families),
        terms=tuple(terms),
        headings=_headings(raw),
        whole={key: tuple(found) for key, found in whole.items()},
        begins={key: tuple(found) for key, found in begins.items()},
    )


def _tables(raw: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = raw.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise LexiconError(f"The lexicon needs [[{key}]] tables.")
    return found


def _family(entry: Mapping[str, object]) -> Family:
    id = entry.get("id")
    if not isinstance(id, str) or not id:
        raise LexiconError("A family has no id; give it one.")
    place = f"Family '{id}'"
    unknown = set(entry) - FAMILY_KEYS
    if unknown:
        raise LexiconError(
            f"{place}: {sorted(unknown)[0]} is not known; use {', '.join(sorted(FAMILY_KEYS))}."
        )
    for key in ("why", "trade"):
        if not isinstance(entry.get(key, ""), str):
            raise LexiconError(f"{place}: {key} must be text.")
    for key in ("worthy", "mask", "skill", "names"):
        if not isinstance(entry.get(key, False), bool):
            raise LexiconError(f"{place}: {key} must be true or false.")
    if not entry.get("why"):
        raise LexiconError(f"{place}: say in `why` what a mention tells.")
    return Family(
        id=id,
        why=str(entry["why"]),
        votes=_votes(entry.get("votes", {}), f"{place}, votes"),
        denied=_votes(entry.get("denied", {}), f"{place}, denied"),
        worthy=bool(entry.get("worthy", False)),
        trade=str(entry.get("trade", "")),
        mask=bool(entry.get("mask", False)),
        skill=bool(entry.get("skill", False)),
        names=bool(entry.get("names", False)),
    )


def _votes(raw: object, place: str) -> tuple[Vote, ...]:
    if not isinstance(raw, dict):
        raise LexiconError(f'{place}: write {{ "fact.value" = weight }}.')
    votes = []
    for key, weight in raw.items():
        fact, dot, value = key.partition(".")
        if not dot or not fact or not value:
            raise LexiconError(f"{place}: '{key}' must be fact.value.")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 5:
            raise LexiconError(f"{place}: the weight of '{key}' must be a number above 0, at most 5.")
        votes.append(Vote(fact, value, float(weight)))
    return tuple(votes)


def _words(entry: Mapping[str, object], key: str, place: str) -> list[str]:
    found = entry.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        raise LexiconError(f"{place}: {key} must be a list of texts.")
    return found


def _term(family: Family, text: str) -> Term:
    place = f"Family '{family.id}', term '{text}'"
    parts = [_pieces(part, place) for part in text.split("~")]
    if len(parts) > 2:
        raise LexiconError(f"{place}: one '~' at most.")
    if sum(len(part) for part in parts) > MOST_WORDS:
        raise LexiconError(f"{place}: at most {MOST_WORDS} words; use the general term.")
    return Term(text, family, parts[0], parts[1] if len(parts) == 2 else ())


def _pieces(part: str, place: str) -> tuple[Piece, ...]:
    found = []
    for match in WORD.finditer(part):
        before, after = part[: match.start()][-1:], part[match.end() :][:1]
        word = match.group()
        if after == "*" and len(word) < 3:
            raise LexiconError(f"{place}: at least three letters before '*'.")
        if before == "=":
            found.append(Piece(word, cased=True))
        elif after == "*":
            found.append(Piece(word.lower(), begins=True))
        else:
            found.append(Piece(fold(word)))
    if not found:
        raise LexiconError(f"{place}: there is no word in it.")
    return tuple(found)


def _headings(raw: Mapping[str, object]) -> Headings:
    tables = raw.get("headings")
    if not isinstance(tables, dict) or set(tables) != set(SECTIONS):
        raise LexiconError(f"[headings] must have exactly these lists: {', '.join(SECTIONS)}.")
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for section in SECTIONS:
        for text in _words(tables, section, "[headings]"):
            opening = tuple(fold(word.group()) for word in WORD.finditer(text))
            if not opening:
                raise LexiconError(f"[headings] {section}: '{text}' has no word in it.")
            if (section, opening) not in found.setdefault(opening[0], []):
                found[opening[0]].append((section, opening))
    # Stable: of equally long headings the section named first in SECTIONS wins.
    return {word: tuple(sorted(openings, key=lambda pair: -len(pair[1]))) for word, openings in found.items()}
