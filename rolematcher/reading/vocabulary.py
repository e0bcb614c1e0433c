"""What the reader knows. In: the packaged TOML files of `data/reading`. Out: one frozen `Vocabulary`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rolematcher.values.frozen import Frozen

from .parts import Fields, Headings
from .patterns import FILES
from .phrases import Phrasebook, fold

FOUND_BY_RULE = ("count", "share_high", "share_low", "named_product")
"""Concepts without a list of words."""


class Family(Frozen):
    """General terms and what they speak for: `votes` on leanings (`lean.…`), work, platform; or a trade."""

    id: str
    terms: tuple[str, ...]
    votes: Mapping[str, float] = {}
    trade: str = ""
    name: bool = False
    """The terms name a profession."""


class Frame(Frozen):
    """Who did or wants what with which result: one fact where the concepts of `all` meet in a sentence.

    "a|b" is met by either, "a!" by a denied mention. `none` must be absent, and those of
    `not_after` shortly after the first concept ("fine-tune the settings"); `close`: the second concept stands
    shortly after the first ("our developers"). `next` lets the sentence after
    supply what is missing. `parts` are the labels the sentence may have.
    """

    fact: str
    value: str
    all: tuple[str, ...]
    none: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    close: bool = False
    next: bool = False
    parts: tuple[str, ...] = ("task", "success", "company")
    strength: str = "likely"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the reader looks up."""

    headings: Headings
    fields: Fields
    families: Mapping[str, Family]
    frames: tuple[Frame, ...]
    skills: Mapping[str, str]
    """Concept id of a skill -> its one name."""
    weights: Mapping[str, tuple[float, float, float, float]]
    """Word -> its weight for automation specialist, AI engineer, ML engineer, other work."""
    lean: tuple[float, float, float, float]
    concepts: frozenset[str]
    """The concepts of the frames."""
    signs: Mapping[str, Mapping[str, float]]
    """Concept, "concept!" (denied) or "=word" -> class ("evidence failed") -> weight; "start" for all."""
    money: Mapping[str, Mapping[str, float]]
    """Sign of an amount -> unit, or "other" for what is no pay -> weight; "start" for all."""
    places: Mapping[str, Mapping[str, float]]
    """Sign of a place -> "here" or "elsewhere" -> weight; "start" for both."""
    book: Phrasebook


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The packaged vocabulary, read once."""
    parts, frames, skills = _toml("parts.toml"), _toml("frames.toml"), _toml("skills.toml")
    families = {one.id: one for one in map(Family.model_validate, _toml("families.toml")["family"])}
    words = _toml("word_weights.toml")
    concepts: dict[str, tuple[str, ...]] = {id: family.terms for id, family in families.items()}
    concepts |= {id: tuple(terms) for id, terms in frames["concepts"].items()}
    names = {f"skill {name}": name for name in skills["skills"]}
    concepts |= {f"skill {name}": (name, *aliases) for name, aliases in skills["skills"].items()}
    return Vocabulary(
        headings={term: label for label, terms in parts["headings"].items() for term in terms},
        fields={term: field for field, terms in parts["fields"].items() for term in terms},
        families=families,
        frames=tuple(map(Frame.model_validate, frames["frame"])),
        skills=names,
        weights={fold(word): tuple(four) for word, four in words["weights"].items()},
        lean=tuple(words["start"]),
        concepts=frozenset((*frames["concepts"], *FOUND_BY_RULE)),
        signs=_toml("sign_weights.toml")["weights"],
        money=_toml("money_weights.toml")["weights"],
        places=_toml("place_weights.toml")["weights"],
        book=Phrasebook(concepts),
    )


def _toml(name: str) -> dict:
    return tomllib.loads((FILES / name).read_text(encoding="utf-8"))
