"""A role fitted to one piece of work: profile and answers in, what to look for, ask and promise out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rolematcher.rules.answers import Answers
from rolematcher.values.frozen import Frozen

from .focus import Block, blocks_of, focuses_of
from .profile import Ask, Goal, LeftOut, MustHave, Role, RoleProfile, role_profiles
from .terms import terms_found

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
    team = () if own_team else answers.team or ()
    rest = [_held(item, team) for item in own if not _is_requested(item, answers.must_haves)]
    wanted = (*_asked(answers, own, others), *(item for item in rest if not item.held_by))
    return FittedProfile(
        role=role,
        focuses=taken,
        profile=profile,
        titles=_joined(profile.titles[:1], *(b.titles for b in blocks), profile.titles[1:]),
        duties=_joined(profile.ad.duties[:1], *(b.duties for b in blocks), profile.ad.duties[1:])[
            :MOST_DUTIES
        ],
        deliverables=_joined(
            profile.deliverables.items[:2], *(b.deliverables for b in blocks), profile.deliverables.items[2:]
        )[:MOST_DELIVERABLES],
        tools=_joined(*(b.tools for b in blocks), profile.tools.items)[:MOST_TOOLS],
        must_haves=wanted[:MOST_MUST_HAVES],
        also=wanted[MOST_MUST_HAVES:],
        covered=tuple(item for item in rest if item.held_by),
        learnable=_learnable(profile, blocks, answers.must_haves),
        leave_out=(*others, *profile.leave_out.items),
        interview=_interview(profile, blocks),
        sources=_joined(*(b.sources for b in blocks), profile.sources),
    )


def _asked(answers: Answers, own: list[MustHave], others: Sequence[LeftOut]) -> list[Wanted]:
    """What the recruiter asks for, without what is another role's."""
    elsewhere = {one.skill for one in others}
    return [_requested(skill, own) for skill in dict.fromkeys(answers.must_haves) if skill not in elsewhere]


def _held(item: MustHave, team: Sequence[str]) -> Wanted:
    """A must-have of the role, with who on the team has it."""
    held_by = tuple(who for who in item.covered_by if who in team)
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
    mine = set(owners.get(role, ()))
    found = {
        skill: LeftOut(skill=skill, role=owner)
        for owner in role_profiles().role
        if owner != role
        for skill in owners.get(owner, ())
        if skill not in mine
    }
    return tuple(found.values())


def _of_the_role(profile: RoleProfile, blocks: tuple[Block, ...], answers: Answers) -> list[MustHave]:
    own = profile.must_haves.items
    ordered = (*own[:FIRST], *(item for block in blocks for item in block.must_haves), *own[FIRST:])
    facts = answers.model_dump()
    return [item for item in ordered if all(facts[fact] in values for fact, values in item.needs.items())]


def _requested(skill: str, own: list[MustHave]) -> Wanted:
    """A requested skill, with the sign of it where the role knows it under another name."""
    look_for = next((item.look_for for item in own if terms_found(_names(item), skill)), "")
    return Wanted(skill=skill, look_for=look_for, requested=True)


def _is_requested(item: MustHave, requested: tuple[str, ...]) -> bool:
    return bool(terms_found(_names(item), "\n".join(requested)))


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
