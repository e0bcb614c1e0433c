"""A role fitted to one piece of work: profile, `data/focuses.toml` and answers in, what to look for out.

A focus is a kind of work, known by words of the description; a block is what it adds to a role.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from rolematcher.packaged import packaged_text
from rolematcher.rules.answers import Answers
from rolematcher.values.frozen import Frozen

from .profile import Ask, Goal, LeftOut, MustHave, Role, RoleProfile, role_profiles
from .terms import terms_found

MOST_FOCUSES = 2
SETUP = "setup"
"""Setting up a product that was bought."""
MOST_MUST_HAVES = 5
MOST_DUTIES = 6
MOST_QUESTIONS = 6
MOST_TOOLS = 8
MOST_DELIVERABLES = 5
FIRST = 2
"""How many of a role's own must-haves come before those of the work."""
SHORT_DAYS = 90
"""Work that is over sooner gets goals within its own length."""
PILOT_DAYS = 42
"""A pilot or a one-off of unknown length: six weeks."""


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


class Wanted(Frozen):
    """A must-have of this search. `requested`: the recruiter's own. `held_by`: who on the team has it."""

    skill: str
    look_for: str = ""
    requested: bool = False
    held_by: tuple[str, ...] = ()


class FittedProfile(Frozen):
    """A role for this work. `profile` holds the rest of it, which no answer changes."""

    role: Role
    focuses: tuple[str, ...]
    profile: RoleProfile
    titles: tuple[str, ...]
    duties: tuple[str, ...]
    """Lines for the advert."""
    deliverables: tuple[str, ...]
    tools: tuple[str, ...]
    must_haves: tuple[Wanted, ...]
    """Five at most, those requested first."""
    also: tuple[Wanted, ...]
    """Must-haves of the role for which the five left no room: worth a question, not a line of the advert."""
    covered: tuple[Wanted, ...]
    """What the team has already."""
    learnable: tuple[str, ...]
    leave_out: tuple[LeftOut, ...]
    interview: tuple[Ask, ...]
    sources: tuple[str, ...]
    """Keys of all sources used."""


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


def fit_profile(
    role: Role, answers: Answers, *, owners: Mapping[str, Sequence[str]] | None = None, own_team: bool = False
) -> FittedProfile:
    """The role's lists for these answers.

    `owners` are the requested must-haves that are a role's own, by role, as `must_haves_by_role` of the rules
    gives them; those of other roles alone are left out.
    With `own_team` the team does the work itself, so nothing counts as covered.
    """
    profile = role_profiles().role[role]
    taken = focuses_of(answers)
    blocks = blocks_of(role, taken)
    others = _of_others(role, owners or {})
    own = _of_the_role(profile, blocks, answers)
    requested = "\n".join(answers.must_haves)
    rest = [_held(item, answers, own_team) for item in own if not terms_found(_names(item), requested)]
    elsewhere = {one.skill for one in others}
    asked = [_requested(skill, own) for skill in answers.must_haves if skill not in elsewhere]
    wanted = (*dict.fromkeys(asked), *(item for item in rest if not item.held_by))
    duties, delivered = profile.ad.duties, profile.deliverables.items
    return FittedProfile(
        role=role,
        focuses=taken,
        profile=profile,
        titles=_joined(profile.titles[:1], *(b.titles for b in blocks), profile.titles[1:]),
        duties=_joined(duties[:1], *(b.duties for b in blocks), duties[1:])[:MOST_DUTIES],
        deliverables=_joined(delivered[:2], *(b.deliverables for b in blocks), delivered[2:])[
            :MOST_DELIVERABLES
        ],
        tools=_joined(*(b.tools for b in blocks), profile.tools.items)[:MOST_TOOLS],
        must_haves=wanted[:MOST_MUST_HAVES],
        also=wanted[MOST_MUST_HAVES:],
        covered=tuple(item for item in rest if item.held_by),
        learnable=_learnable(profile, blocks, answers.must_haves),
        leave_out=(*others, *profile.leave_out.items),
        interview=_interview(profile, blocks),
        sources=_joined(*(b.sources for b in blocks), profile.sources),
    )


def _held(item: MustHave, answers: Answers, own_team: bool) -> Wanted:
    """A must-have of the role, with who on the team has it."""
    held_by = () if own_team else tuple(who for who in item.covered_by if who in (answers.team or ()))
    return Wanted(skill=item.skill, look_for=item.look_for, held_by=held_by)


def goals_for(
    profile: RoleProfile, answers: Answers, recommendation: str, *, on: date | None = None
) -> tuple[Goal, ...]:
    """What should work by which day. Nothing where nobody starts; days of set-up for a bought product;
    within its own length for a pilot, a one-off or anything due or over in under 90 days; else to day 90.

    `on` is the day of the decision, for a date by which it is needed.
    """
    if recommendation in ("collect_data", "ask_first", "look_elsewhere"):
        return ()
    if recommendation == "buy":
        return profile.setup_goals.items if profile.setup_goals else ()
    days = _length(answers, on)
    if days >= SHORT_DAYS:
        return profile.outcomes.items
    return tuple(
        Goal(by=max(1, round(days * step.share / 100)), text=step.text) for step in profile.short_goals.items
    )


def _length(answers: Answers, on: date | None) -> int:
    """Days until it is over or needed, 90 where no answer says it is sooner."""
    timeline = answers.timeline
    lengths = [SHORT_DAYS]
    if timeline and timeline.weeks:
        lengths.append(timeline.weeks * 7)
    elif answers.stage == "prototype" or (timeline and timeline.lasts == "one_off"):
        lengths.append(PILOT_DAYS)
    if timeline and timeline.needed_by and on and timeline.needed_by > on:
        lengths.append((timeline.needed_by - on).days)
    return min(lengths)


def _of_others(role: Role, owners: Mapping[str, Sequence[str]]) -> tuple[LeftOut, ...]:
    """The requested skills that are another role's alone."""
    found = {
        skill: owner for owner in role_profiles().role if owner != role for skill in owners.get(owner, ())
    }
    mine = owners.get(role, ())
    return tuple(LeftOut(skill=skill, role=owner) for skill, owner in found.items() if skill not in mine)


def _of_the_role(profile: RoleProfile, blocks: tuple[Block, ...], answers: Answers) -> list[MustHave]:
    own = profile.must_haves.items
    ordered = (*own[:FIRST], *(item for block in blocks for item in block.must_haves), *own[FIRST:])
    facts = answers.model_dump()
    return [item for item in ordered if all(facts[fact] in values for fact, values in item.needs.items())]


def _requested(skill: str, own: list[MustHave]) -> Wanted:
    """A requested skill, with the sign of it where the role knows it under another name."""
    look_for = next((item.look_for for item in own if terms_found(_names(item), skill)), "")
    return Wanted(skill=skill, look_for=look_for, requested=True)


def _names(item: MustHave) -> tuple[str, ...]:
    return (item.skill.casefold(), *(f"{name}*" for name in item.names))


def _learnable(
    profile: RoleProfile, blocks: tuple[Block, ...], requested: tuple[str, ...]
) -> tuple[str, ...]:
    """What can be learned on the job, without what the recruiter made a must."""
    musts = tuple(skill.casefold() for skill in requested)
    lines = _joined(*(block.learnable for block in blocks), profile.learnable.items)
    return tuple(line for line in lines if not terms_found(musts, line))


def _interview(profile: RoleProfile, blocks: tuple[Block, ...]) -> tuple[Ask, ...]:
    """Six questions: what was built, what this work asks, what the role asks, last when another role fits."""
    own = profile.interview
    of_the_work = [ask for block in blocks for ask in block.interview]
    return (*[own[0], *of_the_work, *own[1:-1]][: MOST_QUESTIONS - 1], own[-1])


def _joined(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for lines in lists for line in lines))
