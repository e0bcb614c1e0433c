"""What a decision asks of the money: the answers and what was settled, with the day's market."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rolematcher.pay.facts import Fact, facts_for
from rolematcher.pay.market import WORLDWIDE, Market, no_estimate
from rolematcher.pay.messages import say
from rolematcher.pay.observation import ENGAGEMENT_TYPES, LEVELS, ROLES
from rolematcher.pay.places import MEMBERS, country_of, is_place
from rolematcher.pay.report import Estimate
from rolematcher.rules.answers import Answers, Budget, Timeline
from rolematcher.rules.decide import Settled
from rolematcher.rules.verdict import Verdict
from rolematcher.values.places import GROUPS

NOBODY = ("use_team", "buy", "collect_data", "ask_first", "look_elsewhere")
"""Recommendations after which nobody is hired."""
OWN_PEOPLE = ("use_team", "collect_data")
FULL_WEEK = Decimal(40)
FULL_TIME_FROM = Decimal(35)
"""Hours a week from which a salary is a full one."""
WEEKS_A_YEAR = Decimal(52)


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is worked: stated hours a week and weeks; None where not stated."""

    hours_a_week: Decimal | None
    weeks: Decimal | None

    @property
    def hours(self) -> Decimal | None:
        """All hours of the engagement, where both numbers are stated."""
        return self.hours_a_week * self.weeks if self.hours_a_week and self.weeks else None

    @property
    def asks(self) -> str:
        """The answer without which the hours of the engagement are not known."""
        return "" if self.hours else "weeks" if self.hours_a_week else "hours_a_week"

    @property
    def share(self) -> Decimal:
        """The part of a full-time salary that the stated hours are."""
        hours = self.hours_a_week
        return Decimal(1) if hours is None or hours >= FULL_TIME_FROM else hours / FULL_WEEK


@dataclass(frozen=True, slots=True)
class Asked:
    """The one cell a report tells: role, seniority, engagement type, place; and the constraints on it."""

    market: Market
    answers: Answers
    settled: Settled | Verdict

    @property
    def seniority(self) -> str:
        """The seniority that was settled, else all of them."""
        return self.settled.seniority if self.settled.seniority in LEVELS else "all"

    @property
    def place(self) -> str:
        """The place of the answers; "" where none was given."""
        return self.answers.place or ""

    @property
    def lacks_place(self) -> bool:
        """Whether a country is still to be named."""
        return not is_place(self.place) or self.place in GROUPS

    @property
    def budget(self) -> Budget | None:
        """The budget of the answers, its ends in order; None where it holds nothing to spend."""
        budget = self.answers.budget
        if budget is None or budget.amount <= 0:
            return None
        if budget.high is not None and budget.high < budget.amount:
            return budget.replaced(amount=budget.high, high=budget.amount)
        return budget

    @property
    def lead_type(self) -> str:
        """The engagement type whose figure leads: contract to hire begins as a contract."""
        kind = self.settled.engagement_type
        if kind == "contract_to_hire":
            return "contract"
        return kind if kind in ENGAGEMENT_TYPES else "permanent"

    @property
    def nobody(self) -> bool:
        """Whether nobody is hired."""
        return self.settled.headcount == "none" or self.settled.recommendation in NOBODY

    @property
    def people(self) -> int:
        """How many people are priced."""
        return 2 if self.settled.headcount == "pair" and not self.nobody else 1

    @property
    def second_role(self) -> str:
        """The role of the second person of a pair."""
        return "ml_engineer" if self.settled.role == "ai_engineer" else "ai_engineer"

    @property
    def pace(self) -> Pace:
        """The hours and weeks that were stated."""
        timeline = self.answers.timeline or Timeline()
        own = self.answers.team_hours if self.settled.recommendation == "use_team" else None
        hours, weeks = own or timeline.hours_a_week, timeline.weeks
        return Pace(Decimal(hours) if hours else None, Decimal(weeks) if weeks else None)

    @property
    def on_site(self) -> bool:
        """Whether somebody must come to the place, be it on some days."""
        return self.answers.remote in ("no", "partly")

    def estimate(
        self, *, role: str = "", engagement_type: str = "", seniority: str = "", place: str = ""
    ) -> Estimate:
        """The cell's estimate with parts of it changed; none for worldwide sellers where work is on site."""
        kind = engagement_type or self.lead_type
        who, level, where = role or self.settled.role, seniority or self.seniority, place or self.place
        if who not in ROLES:
            return no_estimate(who, where, kind, level).replaced(reason=say("none.role"))
        if kind in WORLDWIDE and self.on_site:
            return no_estimate(who, where, kind, level).replaced(reason=say("none.on_site"))
        return self.market.estimate(who, where, kind, level)

    def facts(self, at: str, key: str, measure: str, *, worldwide: bool = False) -> list[Fact]:
        """Facts for a place: its country's, else a group's it is in, else (if asked) worldwide ones."""
        facts, on = self.market.figures.facts, self.market.on
        around = self.places_around(at, worldwide=worldwide)
        found = (facts_for(facts, key, place=place, on=on, measure=measure) for place in around)
        return next(filter(None, found), [])

    def places_around(self, at: str, *, worldwide: bool) -> list[str]:
        """The country of a place and the groups it is in, the nearest first, the world last."""
        country = country_of(at)
        groups = [group for group, members in MEMBERS.items() if country in members]
        return [*dict.fromkeys([country, *groups, *(("GLOBAL",) if worldwide else ())])]
