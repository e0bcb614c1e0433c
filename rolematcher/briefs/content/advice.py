"""What a brief advises: a decision in, the role and recommendation in force and the one pay cell out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rolematcher.decisions.decided import Decided
from rolematcher.editions.services import rulebook_of, text_said
from rolematcher.pay.report import Estimate, PayReport
from rolematcher.roles.content import Trade
from rolematcher.roles.content import content as roles_content
from rolematcher.roles.fit import FittedProfile, fit_profile
from rolematcher.rules import Answers, Rulebook, Verdict, must_haves_by_role
from rolematcher.rules.verdict import Reason
from rolematcher.web.names import HIRING, printed_day

from .shape import Audience


@dataclass(frozen=True)
class Advice:
    """A decision as its brief tells it: what a person decided instead counts, where somebody did."""

    decided: Decided
    audience: Audience

    @property
    def client_copy(self) -> bool:
        """Whether it is for the client's eyes."""
        return self.audience == "client"

    @cached_property
    def rulebook(self) -> Rulebook:
        """The edition that decided."""
        return rulebook_of(self.decided.edition)

    @property
    def answers(self) -> Answers:
        """What was answered."""
        return self.decided.answers_typed

    @property
    def verdict(self) -> Verdict:
        """What the rules said."""
        return self.decided.verdict_typed

    @property
    def pay(self) -> PayReport:
        """The money."""
        return self.decided.pay_typed

    @property
    def role(self) -> str:
        """The role in force, "none" where none of the three fits."""
        return self.decided.override.role if self.decided.override else self.verdict.role

    @property
    def recommendation(self) -> str:
        """The recommendation in force."""
        return self.decided.override.recommendation if self.decided.override else self.verdict.recommendation

    @property
    def as_decided(self) -> bool:
        """Whether role and recommendation are those of the rules, so that terms and money fit them."""
        return (self.role, self.recommendation) == (self.verdict.role, self.verdict.recommendation)

    @property
    def firm(self) -> bool:
        """Whether nothing still open could change it; a person's decision stands."""
        return self.verdict.firm or self.decided.override is not None

    @property
    def hiring(self) -> bool:
        """Whether somebody is searched for now."""
        return self.recommendation in HIRING and self.role != "none"

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
        """The role fitted to this work."""
        return self.fitted_for(self.role)

    def fitted_for(self, role: str) -> FittedProfile | None:
        """A role fitted to this work; None for "none"."""
        if role not in self.decided.profiles_typed.role:
            return None
        owners = must_haves_by_role(self.rulebook, self.answers.must_haves)
        own_team = self.recommendation == "use_team"
        return fit_profile(role, self.answers, owners=owners, own_team=own_team)

    @property
    def question(self) -> str:
        """The id of the question that settles most, "" where none does."""
        if self.decided.override:
            return ""
        if self.verdict.asks:
            return self.verdict.asks[0]
        return self.verdict.next_question.question if self.verdict.next_question else ""

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
        return f"{source.publisher}, {printed_day(source.date)}"
