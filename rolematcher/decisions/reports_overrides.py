"""Where people decided otherwise: by rule, by recruiter and by month, with their reasons.

The rule an override speaks against is the one that gave the role, where the role was changed, otherwise
the one that gave the course.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.web.intervals import Share

from .models import Decision, Override
from .reports import KEPT_OPEN, kept_if_long

REASONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """One override as the report shows it."""

    decision_id: int
    number: str
    rule: str
    advised: tuple[str, str]
    decided: tuple[str, str]
    recruiter: str
    by: str
    at: dt.datetime
    reason: str


@dataclass(slots=True)
class RuleOverridden:
    """A rule that was overridden: how often, out of how many decisions it gave, and the newest reasons."""

    rule: str
    share: Share
    rows: list[OverrideRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OverrideReport:
    """The whole report over the overrides since `since`, newest first."""

    since: dt.date
    total: int
    rules: list[RuleOverridden]
    recruiters: list[tuple[str, int]]
    months: list[tuple[dt.date, int]]


def overrides_since(user: User, since: dt.date) -> list[OverrideRow]:
    """The overrides in force that this person may see, newest first. One a decision: the last."""
    start = timezone.make_aware(dt.datetime.combine(since, dt.time()))
    visible = Decision.objects.visible_to(user)
    found = Override.objects.filter(at__gte=start)
    if visible.query.where:
        found = found.filter(decision__in=visible.values("pk"))
    columns = (
        "decision_id", "decision__decided_on", "decision__role", "decision__course", "decision__role_rule",
        "decision__course_rule", "role", "course", "decision__owner__first_name",
        "decision__owner__last_name",
        "decision__owner__username", "by__username", "at", "reason",
    )  # fmt: skip
    rows: dict[int, OverrideRow] = {}
    for row in found.order_by("-id").values_list(*columns).iterator(chunk_size=2000):
        (
            key,
            day,
            role,
            course,
            role_rule,
            course_rule,
            new_role,
            new_course,
            first,
            last,
            name,
            by,
            at,
            why,
        ) = row
        if key in rows:
            continue
        rows[key] = OverrideRow(
            decision_id=key,
            number=f"RM-{day.year}-{key:05d}",
            rule=role_rule if new_role != role else course_rule,
            advised=(role, course),
            decided=(new_role, new_course),
            recruiter=f"{first} {last}".strip() or name,
            by=by,
            at=at,
            reason=why,
        )
    return list(rows.values())


def override_report(user: User, *, since: dt.date, most: int | None = None) -> OverrideReport:
    """Overrides by rule (most often first, the first `most` rules), by recruiter and by month."""
    if Decision.objects.visible_to(user).query.where:
        return _worked_out(user, since, most)
    return kept_if_long(f"overrides:{since}:{most}", KEPT_OPEN, lambda: _worked_out(user, since, most))


def _worked_out(user: User, since: dt.date, most: int | None) -> OverrideReport:
    rows = overrides_since(user, since)
    first = _first_key(timezone.make_aware(dt.datetime.combine(since, dt.time())))
    by_rule: dict[str, list[OverrideRow]] = defaultdict(list)
    recruiters: dict[str, int] = defaultdict(int)
    months: dict[dt.date, int] = defaultdict(int)
    for row in rows:
        by_rule[row.rule].append(row)
        recruiters[row.recruiter] += 1
        months[timezone.localdate(row.at).replace(day=1)] += 1
    ranked = sorted(by_rule.items(), key=lambda entry: (-len(entry[1]), entry[0]))[:most]
    return OverrideReport(
        since=since,
        total=len(rows),
        rules=[
            RuleOverridden(rule, Share(len(found), _given(user, rule, first)), found[:REASONS_SHOWN])
            for rule, found in ranked
        ],
        recruiters=sorted(recruiters.items(), key=lambda entry: (-entry[1], entry[0])),
        months=sorted(months.items()),
    )


def _given(user: User, rule: str, first: int) -> int:
    """How many decisions the rule gave the role or course of, from key `first` on: one index, read alone."""
    visible = Decision.objects.visible_to(user).filter(pk__gte=first)
    return visible.filter(role_rule=rule).count() or visible.filter(course_rule=rule).count()


def _first_key(start: dt.datetime) -> int:
    """The key of the first decision made since then; keys rise with time."""
    made = Decision.objects.filter(created_at__gte=start).order_by("created_at", "role")
    return made.values_list("pk", flat=True).first() or 0
