"""What pages, briefs and commands are written from: a kept decision or one that is only worked out, alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rolematcher.editions.models import Edition
from rolematcher.pay.report import PayReport
from rolematcher.roles.profile import Profiles
from rolematcher.rules.answers import Answers
from rolematcher.rules.verdict import Verdict

from .approval import Approver
from .models import Decision, Override


@dataclass(frozen=True)
class WorkedOut:
    """A decision that is not saved; what only a kept one has is empty."""

    answers_typed: Answers
    verdict_typed: Verdict
    pay_typed: PayReport
    profiles_typed: Profiles
    edition: Edition
    decided_on: dt.date
    evidence: Mapping[str, object] = field(default_factory=dict)
    override: Override | None = None
    approval: str = ""
    approvers: Sequence[Approver] = ()
    number: str = ""
    number_words: str = ""
    version: int = 1
    owner_name: str = ""
    created_at: dt.datetime | None = None
    status: str = "made"


Decided = Decision | WorkedOut
