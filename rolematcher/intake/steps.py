"""What the steps have in common. In: raw answers. Out: what follows from them and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.decisions.decided import WorkedOut
from rolematcher.decisions.services import decision_work_out
from rolematcher.decisions.words import answer_words, budget_words, cell_words, estimate_words, label
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of, text_said
from rolematcher.editions.words import rules_words
from rolematcher.rules import Answers, Rulebook, next_question, questions_open
from rolematcher.values.message import Message
from rolematcher.web.names import RECOMMENDATION, ROLE, STATUS, place_name, upper_first

from .raw import answers_from, answers_sound, ids_asked

NAMED = ("description", "client", "project")
TERMS = ("place", "engagement_type", "budget", "timeline", "remote")
SHARPER = ("sensitivity", "harm", "lead", "maintainer", "team_hours", "must_haves", "success")
POINTING = ("work", "wish", "data", "platform")
"""Questions of which one answer alone points to a role."""
FAR = 3 * 365
TOGETHER = 3
"""Questions asked on one screen once so few are left."""


@dataclass(frozen=True)
class Line:
    """One answer to look over: its question, what was said ("" for nothing) and what is wrong with it."""

    id: str
    label: str
    words: str
    error: str


class Sheet:
    """Raw answers under the current edition, with all that pages say of them. Works each thing out once."""

    def __init__(self, raw: Mapping[str, object], declined: tuple[str, ...] = ()) -> None:
        """`declined` are the questions answered "I don't know"."""
        self.raw, self.declined = raw, declined
        self.edition = Edition.objects.current()
        self.today: date = timezone.localdate()
        self.answers, self.errors = answers_sound(self.rulebook, raw)

    answers: Answers
    errors: tuple[tuple[str, Message], ...]

    @cached_property
    def rulebook(self) -> Rulebook:
        """The questions and rules."""
        return rulebook_of(self.edition)

    @cached_property
    def work(self) -> WorkedOut:
        """What the answers give, wrong ones left out."""
        return decision_work_out(self.answers, edition=self.edition, on=self.today)

    @property
    def deciding(self) -> tuple[str, ...]:
        """The questions that settle the role, the trade among them where the work is of another one."""
        ids = [question.id for question in self.rulebook.questions if question.deciding]
        return tuple(("trade", *ids) if self.answers.work == "other" else ids)

    @cached_property
    def begun(self) -> bool:
        """Does any answer point to a role yet?"""
        return any(map(self._words, POINTING))

    @cached_property
    def anything(self) -> bool:
        """Is there any answer to make a brief from?"""
        return any(self._words(id) for id in ids_asked(self.rulebook) if id not in NAMED)

    @cached_property
    def firm(self) -> bool:
        """Role and recommendation can no longer change."""
        return self.begun and self.work.verdict_typed.firm

    @cached_property
    def next_ids(self) -> tuple[str, ...]:
        """The questions to ask now, the most useful first; none where none changes anything.

        What the thing should do comes first and alone; of the others all that are left, once they are few.
        """
        for id, asks in (("work", self.answers.work), ("trade", self.answers.trade)):
            of_now = id == "work" or self.answers.work == "other"
            if of_now and asks == "unsure" and id not in self.declined:
                return (id,)
        ids = self._asked(self.declined)
        return ids if self.open_count <= TOGETHER else ids[:1]

    def _asked(self, declined: tuple[str, ...]) -> tuple[str, ...]:
        """The next few questions, each asked as if those before it stayed open."""
        ids: list[str] = []
        while len(ids) < TOGETHER:
            following = next_question(self.rulebook, self.answers, (*declined, *ids), self.today)
            if not following:
                break
            ids.append(following.question)
        return tuple(ids)

    @cached_property
    def open_count(self) -> int:
        """About how many questions are left."""
        return max(1, questions_open(self.rulebook, self.answers, self.declined, self.today))

    @property
    def asked_count(self) -> int:
        """How many of the deciding questions have an answer, "I don't know" among them."""
        return sum(1 for id in self.deciding if self._words(id) or id in self.declined)

    @cached_property
    def ask_first(self) -> list[str]:
        """What still decides and she does not know, in a few words each: for the hiring manager."""
        if self.next_ids or self.firm:
            return []
        return [label(self.rulebook, id) for id in self._asked(())]

    def lines(self, ids: tuple[str, ...]) -> list[Line]:
        """These questions with their answers."""
        wrong = {where.partition(".")[0]: upper_first(rules_words(message)) for where, message in self.errors}
        return [
            Line(id, label(self.rulebook, id), self._words(id) or self._typed(id, wrong), wrong.get(id, ""))
            for id in ids
        ]

    def panel(self) -> dict[str, object]:
        """What is known so far, for the panel beside the questions: the figure is for exactly this."""
        answers = self.answers
        shown: dict[str, object] = {
            "begun": self.begun,
            "firm": self.firm,
            "budget_words": budget_words(answers.budget) if answers.budget else "",
            "place_words": place_name(answers.place) if answers.place else "",
        }
        if not self.begun:
            return shown
        verdict, main = self.work.verdict_typed, self.work.pay_typed.main
        roles = {role: str(ROLE.get(role, role)) for role in (verdict.role, *verdict.possible_roles)}
        recommended = RECOMMENDATION.get(verdict.recommendation, verdict.recommendation)
        shown |= {
            "role": upper_first(roles.pop(verdict.role)),
            "recommendation": upper_first(str(recommended)),
            "others": list(roles.values()),
        }
        if answers.place:
            shown |= {
                "figure": upper_first(estimate_words(main)),
                "cell": cell_words(main) if main.role in ROLE and main.low is not None else "",
                "status": str(STATUS.get(main.status, "")),
            }
        return shown

    def oddities(self) -> list[str]:
        """Answers that disagree or look like a slip; none of them stops a brief."""
        found = [
            text_said(reason.because)
            for reason in self.work.verdict_typed.advice
            if reason.result == "contradiction"
        ]
        needed = self.answers.timeline.needed_by if self.answers.timeline else None
        days = (needed - self.today).days if needed else 0
        if days < 0:
            found.append(_("The date it is needed by lies in the past. Is it right?"))
        if days > FAR:
            found.append(_("The date it is needed by is more than three years away. Is it right?"))
        if self.answers.remote in ("no", "partly") and self.answers.place in ("GLOBAL", "OFFSHORE"):
            found.append(_("On site, and a place of work that is anywhere: one of the two cannot be meant."))
        if not self.answers.project:
            found.append(_("The project is untitled. The brief is easier to find with a name."))
        return found

    def _words(self, id: str) -> str:
        return answer_words(self.rulebook.question(id), self.answers)

    def _typed(self, id: str, wrong: Mapping[str, str]) -> str:
        typed = answers_from(self.raw).get(id) if id in wrong else ""
        if isinstance(typed, dict):
            typed = ", ".join(str(part) for part in typed.values())
        return str(typed or "")[:200]
