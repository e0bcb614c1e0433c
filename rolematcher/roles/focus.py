"""What a kind of work adds to a role: `data/focuses.toml` and answers in, focuses and blocks out."""

from __future__ import annotations

import tomllib
from functools import cache

from rolematcher.packaged import packaged_text
from rolematcher.rules.answers import Answers
from rolematcher.values.frozen import Frozen

from .profile import Ask, MustHave, Role
from .terms import terms_found

MOST_FOCUSES = 2
SETUP = "setup"
"""Setting up a product that was bought."""


class Focus(Frozen):
    """A kind of work within a choice of `work`, known by words of the description."""

    id: str
    work: tuple[str, ...]
    terms: tuple[str, ...]
    always: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


class Block(Frozen):
    """What a role is asked for besides, where one of `focuses` is taken."""

    role: Role
    focuses: tuple[str, ...]
    sources: tuple[str, ...]
    must_haves: tuple[MustHave, ...]
    duties: tuple[str, ...]
    deliverables: tuple[str, ...]
    tools: tuple[str, ...]
    titles: tuple[str, ...]
    learnable: tuple[str, ...]
    interview: tuple[Ask, ...]


class Focuses(Frozen):
    """All focuses, in order of preference, and all blocks."""

    focus: tuple[Focus, ...]
    block: tuple[Block, ...]


@cache
def focuses() -> Focuses:
    """The focuses and blocks as shipped."""
    return Focuses.model_validate(tomllib.loads(packaged_text("focuses.toml")))


def focuses_of(answers: Answers) -> tuple[str, ...]:
    """At most two focuses of this work, the one spoken of most first; none where nothing tells."""
    text = "\n".join((answers.project, answers.description, *answers.success, *answers.must_haves))
    fitting = [focus for focus in focuses().focus if answers.work in focus.work]
    hits = {focus.id: len(terms_found(focus.terms, text, denied_count=False)) for focus in fitting}
    spoken_of = sorted((id for id, count in hits.items() if count), key=lambda id: -hits[id])
    always = [focus.id for focus in fitting if answers.work in focus.always]
    otherwise = [focus.id for focus in fitting if answers.work in focus.otherwise]
    bought = [SETUP] if answers.evidence == "buy" else []
    kept = MOST_FOCUSES - len(bought) - len(always)
    named = [id for id in spoken_of if id not in always][: max(kept, 0)]
    taken = [*bought, *named, *always] if answers.work.startswith("vision") else [*bought, *always, *named]
    return tuple(taken[:MOST_FOCUSES] or otherwise)


def blocks_of(role: Role, taken: tuple[str, ...]) -> tuple[Block, ...]:
    """The blocks of a role for these focuses, in their order, each once."""
    place = {focus: number for number, focus in enumerate(taken)}
    found = [block for block in focuses().block if block.role == role and place.keys() & set(block.focuses)]
    return tuple(
        sorted(found, key=lambda block: min(place.get(focus, len(place)) for focus in block.focuses))
    )
