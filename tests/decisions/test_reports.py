"""Reports: counts that are right, intervals instead of bare percentages, silence below ten cases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.decisions.admin_charts import bars, columns, strips
from rolematcher.decisions.models import Decision
from rolematcher.decisions.reports import briefs_open, counts_by_month, rates_stale
from rolematcher.decisions.reports_outcomes import outcome_report
from rolematcher.decisions.reports_overrides import override_report
from rolematcher.decisions.services import decision_override, outcome_record
from rolematcher.web.intervals import LEAST_CASES, Share
from tests.fixtures_admin import CHATBOT, CHURN

TODAY = dt.date(2026, 11, 21)


def overridden(decision, user, role="ml_engineer", course="hire", reason="They measured it"):
    decision_override(decision, user=user, role=role, course=course, reason=reason, agreed_with="", seen=0)


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [
        (0, 10, 0.0, 27.8),
        (10, 10, 72.2, 100.0),
        (5, 10, 23.7, 76.3),
        (81, 100, 72.2, 87.5),
        (1, 1, 20.7, 100.0),
    ],
)
def test_wilsons_interval_equals_published_values(hits, cases, low, high):
    share = Share(hits, cases)
    assert (round(share.low, 1), round(share.high, 1)) == (low, high)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_interval_holds_the_share_and_stays_within_0_and_100(hits, more):
    share = Share(hits, hits + more)
    assert 0 <= share.low <= share.percent + 1e-9 and share.percent - 1e-9 <= share.high <= 100


def test_below_ten_cases_nothing_is_called_a_finding():
    assert not Share(9, LEAST_CASES - 1).enough and Share(5, LEAST_CASES).enough


def test_months_count_by_role_course_and_grade(decision_of, recruiter, reviewer):
    first, second = decision_of(recruiter, **CHATBOT), decision_of(recruiter, **CHURN)
    Decision.objects.filter(pk=first.pk).update(created_at=dt.datetime(2026, 9, 3, tzinfo=dt.UTC))
    Decision.objects.filter(pk=second.pk).update(created_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    months = counts_by_month(reviewer, on=TODAY)
    assert [month.first for month in months][::11] == [dt.date(2025, 12, 1), dt.date(2026, 11, 1)]
    by_month = {month.first.month: month for month in months}
    assert by_month[9].roles == {"ai_engineer": 1} and by_month[11].roles == {"ml_engineer": 1}
    assert sum(month.total for month in months) == 2


def test_overrides_are_counted_against_the_rule_they_speak_against(decision_of, recruiter, reviewer):
    role_changed, course_changed = (
        decision_of(recruiter, **CHATBOT),
        decision_of(recruiter, **CHATBOT, client="B"),
    )
    decision_of(recruiter, **CHATBOT, client="C")
    overridden(role_changed, reviewer, reason="Measured twice")
    overridden(course_changed, reviewer, role="ai_engineer", course="buy")
    report = override_report(reviewer, since=dt.date(2020, 1, 1))
    counted = {entry.rule: (entry.share.hits, entry.share.cases) for entry in report.rules}
    assert counted == {role_changed.role_rule: (1, 3), course_changed.course_rule: (1, 3)}
    assert report.recruiters == [("Rita Moreno", 2)] and report.total == 2
    reasons = [row.reason for entry in report.rules for row in entry.rows]
    assert "Measured twice" in reasons


def test_reports_stop_at_what_the_person_may_see(decision_of, recruiter, stranger, reviewer):
    hers, other = decision_of(recruiter, **CHATBOT), decision_of(stranger, **CHATBOT)
    for decision in (hers, other):
        overridden(decision, reviewer)
        outcome_record(decision, user=reviewer, right_role="yes")
    assert override_report(stranger, since=dt.date(2020, 1, 1)).total == 1
    assert outcome_report(stranger).outcomes == 1
    assert sum(month.total for month in counts_by_month(stranger, on=TODAY)) <= 1
    assert briefs_open(stranger)["queued"] == 2 and briefs_open(reviewer)["queued"] == 4


def test_calibration_tells_followed_from_overridden(decision_of, recruiter, reviewer):
    for right, hired in (("yes", "ai_engineer"), ("no", ""), ("too_early", ""), ("yes", "ml_engineer")):
        outcome_record(
            decision_of(recruiter, **CHATBOT),
            user=reviewer,
            right_role=right,
            hired_role=hired,
            days_to_fill=10,
        )
    one = decision_of(recruiter, **CHATBOT)
    overridden(one, reviewer)
    outcome_record(one, user=reviewer, right_role="yes", days_to_fill=50)
    report = outcome_report(reviewer)
    role = report.roles[0]
    assert (role.name, role.followed, role.right, role.otherwise) == (
        "ai_engineer",
        Share(2, 4),
        Share(1, 2),
        Share(2, 2),
    )
    assert {entry.name for entry in report.rules} == {one.need_rule, one.role_rule, one.course_rule}
    assert (report.outcomes, report.too_early, report.days) == (5, 1, 10)


def test_agreed_rates_are_compared_in_the_same_currency_and_unit_only(decision_of, recruiter, reviewer):
    rich = {**CHATBOT, "place": "US", "engagement": "permanent"}
    same, other = decision_of(recruiter, **rich), decision_of(recruiter, **rich, client="B")
    estimate = same.money["roles"]["ai_engineer"]
    amount = Decimal(estimate["typical"])
    agreed = {"right_role": "yes", "agreed_unit": estimate["unit"], "agreed_amount": amount}
    outcome_record(same, user=reviewer, agreed_currency=estimate["currency"], **agreed)
    outcome_record(other, user=reviewer, agreed_currency="INR", **agreed)
    report = outcome_report(reviewer)
    assert [rate.ratio for rate in report.rates] == [1.0] and report.not_compared == 1
    assert report.rates[0].inside


def test_the_outcomes_page_is_silent_about_few_cases(decision_of, recruiter, reviewer, signed_in):
    outcome_record(decision_of(recruiter, **CHATBOT), user=reviewer, right_role="yes")
    page = signed_in(reviewer).get("/admin/reports/outcomes/").content.decode()
    assert "too few cases (1)" in page and "100 %" not in page


def test_stale_rates_are_counted(loaded):
    stale, total = rates_stale(on=TODAY)
    assert 0 < stale < total
    assert rates_stale(on=dt.date(2020, 1, 1))[0] == 0
    assert rates_stale(on=dt.date(2040, 1, 1)) == (total, total)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 45, 99, 1001, 999_999])
def test_a_column_never_leaves_its_chart(number):
    chart = columns([("Jan", [("a", number), ("b", number)]), ("Feb", [("a", 0)])])
    for column in chart.columns:
        assert all(block.y >= 0 and block.y + block.height <= chart.base + 0.2 for block in column.blocks)


def test_bars_and_dots_stay_inside_whatever_the_figures():
    assert [bar.length for bar in bars([("a", 0), ("b", 4), ("c", 8)])] == [0.0, 50.0, 100.0]
    chart = strips([("AI", [(0.001, False, ""), (1.0, True, ""), (900.0, False, "")])])
    assert all(chart.left <= dot.x <= chart.width for strip in chart.strips for dot in strip.dots)
