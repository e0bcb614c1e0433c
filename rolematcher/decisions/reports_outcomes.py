"""How often the advice was followed and right, per role and rule; agreed against estimated rates.

Followed: nobody overrode it, and who was hired has the advised role (or no role was recorded).
Right: the recruiter said so. "Too early to say" counts for neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from rolematcher.accounts.models import User
from rolematcher.web.intervals import Share

from .models import Decision, Outcome
from .reports import KEPT_OPEN, kept_if_long

RATES_SHOWN = 300
COLUMNS = (
    "right_role", "hired_role", "decision__role", "decision__overridden", "decision__need_rule",
    "decision__role_rule", "decision__course_rule",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calibration:
    """One role or rule: of how many outcomes the advice was followed, and of those how many were right.

    `otherwise` are the outcomes where it was not followed: how many of those were judged right.
    """

    name: str
    table: str
    followed: Share
    right: Share
    otherwise: Share


@dataclass(frozen=True, slots=True)
class AgreedRate:
    """A rate that was agreed, as a share of the estimate's typical figure, in the same currency and unit."""

    decision_id: int
    number: str
    role: str
    agreed: Decimal
    typical: Decimal
    low: Decimal
    high: Decimal
    currency: str
    unit: str

    @property
    def ratio(self) -> float:
        """1.0 is what the estimate said."""
        return float(self.agreed / self.typical)

    @property
    def inside(self) -> bool:
        """Did it lie in the range of the sources?"""
        return self.low <= self.agreed <= self.high


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """Everything the outcomes page shows. `days` is the middle time to fill, None without one."""

    outcomes: int
    too_early: int
    roles: list[Calibration]
    rules: list[Calibration]
    rates: list[AgreedRate]
    not_compared: int
    days: int | None


def outcome_report(user: User) -> OutcomeReport:
    """Calibration per role and rule over all outcomes this person may see; the newest agreed rates.

    The database counts equal outcomes, so a report over very many of them stays quick.
    """
    found = _visible(user)
    counted = found.order_by().values_list(*COLUMNS).annotate(how_many=Count("*"))
    scoped = bool(found.query.where)
    rows = list(counted) if scoped else kept_if_long("outcome-counts", KEPT_OPEN, lambda: list(counted))
    judged = [row for row in rows if row[0] != Outcome.TOO_EARLY]
    by_role, by_rule = defaultdict(list), defaultdict(list)
    for row in judged:
        by_role[row[2]].append(row)
        for table, rule in zip(("need", "role", "course"), row[4:7], strict=True):
            if rule:
                by_rule[table, rule].append(row)
    rates, not_compared = _rates(found)
    outcomes = sum(row[-1] for row in rows)
    return OutcomeReport(
        outcomes=outcomes,
        too_early=outcomes - sum(row[-1] for row in judged),
        roles=[_calibration(role, "", by_role[role]) for role in sorted(by_role)],
        rules=[_calibration(rule, table, by_rule[table, rule]) for table, rule in sorted(by_rule)],
        rates=rates,
        not_compared=not_compared,
        days=_middle(found),
    )


def _middle(found: Any) -> int | None:
    """The number of days within which half of the searches were filled."""
    days = found.filter(days_to_fill__isnull=False).order_by("days_to_fill").values_list("days_to_fill")
    counted = list(days.annotate(how_many=Count("*")))
    left = (sum(number for _day, number in counted) + 1) // 2
    for day, number in counted:
        left -= number
        if left <= 0:
            return day
    return None


def _visible(user: User) -> Any:
    visible = Decision.objects.visible_to(user)
    found = Outcome.objects.all()
    return found.filter(decision__in=visible.values("pk")) if visible.query.where else found


def _calibration(name: str, table: str, rows: Iterable[tuple[Any, ...]]) -> Calibration:
    followed, otherwise = Counter[bool](), Counter[bool]()
    for right, hired, role, overridden, *_rules, how_many in rows:
        as_advised = not overridden and hired in ("", role)
        (followed if as_advised else otherwise)[right == Outcome.YES] += how_many
    all_followed, all_otherwise = followed.total(), otherwise.total()
    return Calibration(
        name=name,
        table=table,
        followed=Share(all_followed, all_followed + all_otherwise),
        right=Share(followed[True], all_followed),
        otherwise=Share(otherwise[True], all_otherwise),
    )


def _rates(found: Any) -> tuple[list[AgreedRate], int]:
    """The newest agreed rates that can be set beside their estimate, and how many cannot."""
    columns = (
        "decision_id", "decision__decided_on", "hired_role", "decision__role", "agreed_amount",
        "agreed_currency", "agreed_unit", "decision__money_asked",
    )  # fmt: skip
    rows = found.filter(agreed_amount__gt=0).order_by("-pk").values_list(*columns)[:RATES_SHOWN]
    rates, left = [], 0
    for key, day, hired, role, amount, currency, unit, money in rows:
        estimate = money.get("roles", {}).get(hired or role) or {}
        same = estimate.get("currency") == currency and estimate.get("unit") == unit
        if not (same and estimate.get("typical")):
            left += 1
            continue
        typical = Decimal(estimate["typical"])
        rates.append(
            AgreedRate(
                decision_id=key,
                number=f"RM-{day.year}-{key:05d}",
                role=hired or role,
                agreed=amount,
                typical=typical,
                low=Decimal(estimate.get("span_low") or estimate.get("low") or typical),
                high=Decimal(estimate.get("span_high") or estimate.get("high") or typical),
                currency=currency,
                unit=unit,
            )
        )
    return rates, left
