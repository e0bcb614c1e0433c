"""What each of the three roles is: `data/roles.toml` in, `Profiles` out.

Every list names the keys of its sources; "house" is our own practice, and so is a list that names none.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Generic, Literal, TypeVar

from rolematcher.packaged import packaged_text
from rolematcher.values.frozen import Frozen

HOUSE = "house"
Item = TypeVar("Item")
Role = Literal["ai_engineer", "ml_engineer", "automation_specialist"]


class Source(Frozen):
    """Who published it, what it is called, when (as printed), and its address where there is one."""

    publisher: str
    title: str
    date: str
    url: str = ""


class Listed(Frozen, Generic[Item]):
    """Items in order (of weight, or of time), with the keys of the sources they were drawn from."""

    sources: tuple[str, ...]
    items: tuple[Item, ...]


class Line(Frozen):
    """One line with its sources."""

    sources: tuple[str, ...]
    text: str


class Certifications(Listed[str]):
    """Proper names, never translated, and a remark."""

    note: str = ""


class MustHave(Frozen):
    """A skill and the sign of it. `covered_by`: who on the team has it; `needs`: the answers it is for."""

    skill: str
    look_for: str = ""
    covered_by: tuple[str, ...] = ()
    needs: dict[str, tuple[str, ...]] = {}
    names: tuple[str, ...] = ()
    """Other words for the skill, as people write them in a list of their own."""


class LeftOut(Frozen):
    """A skill that belongs to another role."""

    skill: str
    role: Role


class LeaveOut(Listed[LeftOut]):
    """What not to ask for; `against` are sources that do ask, `against_why` why we do not follow them."""

    against: tuple[str, ...] = ()
    against_why: str = ""


class RedFlag(Frozen):
    """A sign that another role, or only the title, sits opposite."""

    against: Literal["ai_engineer", "ml_engineer", "automation_specialist", "title"]
    sign: str


class Ask(Frozen):
    """An interview question and what to listen for."""

    ask: str
    listen: str


class Goal(Frozen):
    """What works `by` that day, counted from the first day of work."""

    by: int
    text: str


class Step(Frozen):
    """What works after this `share` (per cent) of a short piece of work."""

    share: int
    text: str


class Stage(Frozen):
    """A stage of a career and the work done there."""

    stage: str
    does: str


class WorksWith(Frozen):
    """How the role works with each of the other two; nothing for itself."""

    sources: tuple[str, ...]
    ai_engineer: str = ""
    ml_engineer: str = ""
    automation_specialist: str = ""


class Advert(Frozen):
    """What an advert of this role says of the work."""

    sources: tuple[str, ...]
    duties: tuple[str, ...]


class Code(Frozen):
    """A code of an occupation, its official English title and why it was taken."""

    code: str
    title: str
    why: str


class Codes(Frozen):
    """Codes of the occupation: O*NET-SOC (US), ESCO (EU, an address), ISCO-08 (ILO)."""

    sources: tuple[str, ...]
    onet: tuple[Code, ...]
    esco: Code
    isco: Code


class RoleProfile(Frozen):
    """All that is known of a role, whatever the work; the most important first. `fit_profile` fits it."""

    name: str
    sources: tuple[str, ...]
    in_short: tuple[str, ...]
    right_when: str
    hands_over: Line
    career: str
    career_stages: Listed[Stage]
    data_used: Line
    day: Listed[str]
    titles: tuple[str, ...]
    titles_avoid: str
    responsibilities: Listed[str]
    tools: Listed[str]
    must_haves: Listed[MustHave]
    learnable: Listed[str]
    leave_out: LeaveOut
    certifications: Certifications
    signals: Listed[str]
    red_flags: tuple[RedFlag, ...]
    interview: tuple[Ask, ...]
    deliverables: Listed[str]
    outcomes: Listed[Goal]
    short_goals: Listed[Step]
    setup_goals: Listed[Goal] | None = None
    ad: Advert
    works_with: WorksWith
    codes: Codes


class Profiles(Frozen):
    """The profiles by role id, and the sources by key."""

    source: dict[str, Source]
    role: dict[Role, RoleProfile]

    def cited(self, keys: tuple[str, ...]) -> tuple[Source, ...]:
        """The published sources among these keys, each once; our own practice is none."""
        return tuple(self.source[key] for key in dict.fromkeys(keys) if key != HOUSE)


@cache
def role_profiles() -> Profiles:
    """The three profiles as shipped."""
    return Profiles.model_validate(tomllib.loads(packaged_text("roles.toml")))
