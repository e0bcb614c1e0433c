"""What a brief advises: a decision in, the role and recommendation in force and the one pay cell out."""

from __future__ import annotations

from functools import cached_property

from rolematcher.decisions.decided import Decided
from rolematcher.decisions.words import answer_words, label
from rolematcher.editions.services import rulebook_of, text_said
from rolematcher.pay.report import Estimate
from rolematcher.roles.content import Trade
from rolematcher.roles.content import content as roles_content
from rolematcher.roles.fit import FittedProfile, fit_profile
from rolematcher.rules import Rulebook, must_haves_by_role
from rolematcher.rules.verdict import Reason
from rolematcher.web.names import HIRING, as_of_words

from .shape import Audience

ELSEWHERE = ("description", "client", "project")
"""Told in their own places of the brief."""


class Advice:
    """A decision as its brief tells it: what a person decided instead counts, where somebody did."""

    def __init__(self, decided: Decided, audience: Audience, *, as_ruled: bool = False) -> None:
        self.decided, self.client_copy = decided, audience == "client"
        self.answers, self.verdict = decided.answers_typed, decided.verdict_typed
        self.pay = decided.pay_typed
        self.override = None if as_ruled else decided.override
        self.role = (self.override or self.verdict).role
        """The role in force, "none" where none of the three fits."""
        self.recommendation = (self.override or self.verdict).recommendation
        self.as_decided = (self.role, self.recommendation) == (self.verdict.role, self.verdict.recommendation)
        """Whether role and recommendation are those of the rules, so that terms and money fit them."""
        self.firm = self.verdict.firm or self.override is not None
        """Whether nothing still open could change it; a person's decision stands."""
        self.hiring = self.recommendation in HIRING and self.role != "none"
        """Whether somebody is searched for now."""

    @cached_property
    def rulebook(self) -> Rulebook:
        """The edition that decided."""
        return rulebook_of(self.decided.edition)

    @cached_property
    def estimate(self) -> Estimate | None:
        """The one pay cell; None where no role is advised."""
        if self.role == "none":
            return None
        return self.pay.main if self.role == self.pay.role else self.pay.estimates.get(self.role)

    @property
    def trade(self) -> Trade:
        """Whose work it is where none of the three roles fits."""
        return roles_content().trade(self.answers.trade)

    @cached_property
    def fitted(self) -> FittedProfile | None:
        """The role fitted to this work; None for "none"."""
        if self.role not in self.decided.profiles_typed.role:
            return None
        owners = must_haves_by_role(self.rulebook, self.answers.must_haves)
        own_team = self.recommendation == "use_team"
        return fit_profile(self.role, self.answers, owners=owners, own_team=own_team)

    @property
    def question(self) -> str:
        """The id of the question that settles most, "" where none does."""
        if self.override:
            return ""
        if self.verdict.asks:
            return self.verdict.asks[0]
        return self.verdict.next_question.question if self.verdict.next_question else ""

    @cached_property
    def answered(self) -> list[tuple[str, str]]:
        """Each question with its answer, "" where it was left open, in the order of the form.

        The trade is asked only where the work is something else.
        """
        asked = [one for one in self.rulebook.questions if not one.worked_out and one.id not in ELSEWHERE]
        return [
            (label(self.rulebook, one.id), words)
            for one in asked
            if (words := answer_words(one, self.answers)) or one.id != "trade" or self.answers.work == "other"
        ]

    @property
    def left_open(self) -> list[str]:
        """The questions nobody answered."""
        return [question for question, words in self.answered if not words]

    @property
    def deciding_open(self) -> list[str]:
        """Those of them that could settle the role."""
        return [label(self.rulebook, id) for id in self.verdict.unknowns]

    def reason(self, table: str) -> Reason | None:
        """The rule that gave this table's result."""
        return next((reason for reason in self.verdict.reasons if reason.table == table), None)

    def result_words(self, table: str, result: str) -> str:
        """A result of a table as people read it."""
        choices = self.rulebook.table(table).choices
        return text_said(next((choice.words for choice in choices if choice.id == result), result))

    def source_words(self, key: str) -> str:
        """A rule's source in short, "" for our own guideline."""
        if not key:
            return ""
        source = self.rulebook.source(key)
        return f"{source.publisher}, {as_of_words(source.date)}"

    def seen_otherwise(self, reason: Reason) -> str:
        """The sources that speak against a rule, in short."""
        return "; ".join(self.source_words(key) for key in reason.against)
