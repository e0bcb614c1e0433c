"""What pages, briefs and commands are written from: a kept decision or one that is only worked out, alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rolematcher.editions.models import Edition
from rolematcher.pay.report import PayReport
from rolematcher.roles.profile import Profiles
from rolematcher.rules.answers import Answers
from rolematcher.rules.verdict import Verdict


class Overridden(Protocol):
    """What a person decided instead."""

    role: str
    recommendation: str
    reason: str
    agreed_with: str
    at: dt.datetime


class Asked(Protocol):
    """Somebody who is asked to approve it."""

    answer: str
    answered_at: dt.datetime | None

    @property
    def shown_name(self) -> str:
        """The name as it is printed."""


class Decided(Protocol):
    """One answer sheet, decided. `Decision` (kept) and `WorkedOut` (not saved) both are one."""

    @property
    def answers_typed(self) -> Answers:
        """What was answered."""

    @property
    def verdict_typed(self) -> Verdict:
        """What the rules said."""

    @property
    def pay_typed(self) -> PayReport:
        """What it pays and costs."""

    @property
    def profiles_typed(self) -> Profiles:
        """The role profiles it rests on."""

    @property
    def edition(self) -> Edition:
        """The rulebook that decided."""

    @property
    def decided_on(self) -> dt.date:
        """The day it speaks of."""

    @property
    def evidence(self) -> Mapping[str, object]:
        """What of the answers was read from a description, as intake keeps it."""

    @property
    def override(self) -> Overridden | None:
        """What a person decided instead, if anybody did."""

    @property
    def approval(self) -> str:
        """How far its approval is, "" where nobody is asked."""

    @property
    def approvers(self) -> Sequence[Asked]:
        """Who is asked to approve it, in their order."""

    @property
    def number(self) -> str:
        """RM-2026-00013, "" where it is not kept."""

    @property
    def number_words(self) -> str:
        """RM-13 v2, "" where it is not kept."""

    @property
    def version(self) -> int:
        """1 for the first."""

    @property
    def owner_name(self) -> str:
        """Who made it, "" where it is not kept."""

    @property
    def created_at(self) -> dt.datetime | None:
        """When it was kept."""

    @property
    def status(self) -> str:
        """made, sent, accepted, filled or dropped."""


@dataclass(frozen=True)
class WorkedOut:
    """A decision that is not saved."""

    answers_typed: Answers
    verdict_typed: Verdict
    pay_typed: PayReport
    profiles_typed: Profiles
    edition: Edition
    decided_on: dt.date
    evidence: Mapping[str, object] = field(default_factory=dict)
    override: Overridden | None = None
    approval: str = ""
    approvers: Sequence[Asked] = ()
    number: str = ""
    number_words: str = ""
    version: int = 1
    owner_name: str = ""
    created_at: dt.datetime | None = None
    status: str = "made"
