"""Exports in both forms from the typed result, and what decisions add up to."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions.exports import HEADS, occupation_codes
from rolematcher.decisions.follow_up import outcome_record
from rolematcher.decisions.models import Decision
from rolematcher.decisions.override import decision_override
from rolematcher.decisions.reports import outcome_report, overrides_by_rule, overview
from tests.fixtures_admin import CHATBOT, CHURN
from tests.fixtures_rows import OTHERWISE


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(recruiter, **CHATBOT, client='=HYPERLINK("x")', project="Søk", place="DE")


def exported(client, **asked: str) -> list[dict[str, str]]:
    answer = client.get(reverse("decisions_export", args=["csv"]), asked)
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_row_holds_the_result_its_range_and_the_codes_of_the_occupation_in_csv_as_in_excel(decision, ana):
    (row,) = exported(ana)
    pay = decision.pay_typed.main
    assert (row["number"], row["role"], row["figure"]) == (decision.number, "ai_engineer", pay.status)
    assert (row["low"], row["currency"], row["unit"]) == (f"{pay.low:.2f}", pay.currency, pay.unit)
    assert row["onet"].startswith("15-") and row["esco"].startswith("http") and row["isco"].isdigit()
    assert len(occupation_codes()) == 3 and all(map(all, occupation_codes().values()))
    assert row["client"] == '\'=HYPERLINK("x")'
    sheet = ana.get(reverse("decisions_export", args=["xlsx"]))
    file = io.BytesIO(b"".join(sheet.streaming_content))
    heads, cells = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    assert heads == HEADS
    for head in ("number", "client", "role", "figure", "esco", "public_id"):
        assert cells[heads.index(head)] == row[head]


def test_an_export_shows_what_the_list_shows_and_who_took_it_is_noted(
    decision, decision_of, recruiter, stranger, ana
):
    decision_of(recruiter, **CHURN, client="Acme")
    decision_of(stranger, **CHURN, client="Secret")
    assert [row["client"] for row in exported(ana, q="acme")] == ["Acme"]
    event = AuditEvent.objects.get(verb="decisions.exported")
    assert event.actor == recruiter and "acme" not in str(event.detail)


def test_an_export_needs_the_right_and_a_known_form(ana, rules_editor, signed):
    assert signed(rules_editor).get(reverse("decisions_export", args=["csv"])).status_code == 403
    assert ana.get(reverse("decisions_export", args=["exe"])).status_code == 404


def test_overrides_count_against_the_rule_they_speak_against(decision, recruiter, reviewer):
    bought = OTHERWISE | {"role": "ai_engineer", "recommendation": "buy"}
    decision_override(decision, user=recruiter, seen=0, **bought)
    since = timezone.now() - dt.timedelta(days=1)
    (entry,) = overrides_by_rule(reviewer, since=since)
    assert (entry.rule, entry.share.hits, entry.share.cases) == (decision.recommendation_rule, 1, 1)
    decision_override(decision, user=recruiter, seen=1, **OTHERWISE)
    (entry,) = overrides_by_rule(reviewer, since=since)
    assert entry.rule == decision.role_rule


def test_outcomes_say_how_often_the_advice_was_followed_and_right(decision, recruiter, reviewer, stranger):
    pay = decision.pay_typed.main
    outcome_record(
        decision, user=recruiter, right_role="yes", hired_role="ai_engineer", agreed_amount=pay.low,
        agreed_currency=pay.currency, agreed_unit=pay.unit, days_to_fill=40,
    )  # fmt: skip
    report = outcome_report(reviewer)
    (role,) = report["roles"]
    assert (role.followed.hits, role.right.hits, role.otherwise.cases) == (1, 1, 0)
    assert {one.name for one in report["rules"]} == {
        decision.need_rule, decision.role_rule, decision.recommendation_rule
    }  # fmt: skip
    assert report["agreed"][0].inside and report["recruiters_say"] == 40
    assert outcome_report(stranger)["outcomes"] == 0


def test_the_time_from_made_to_accepted_and_filled_is_worked_out(decision, reviewer):
    made = decision.created_at
    Decision.objects.update(accepted_at=made + dt.timedelta(days=3), filled_at=made + dt.timedelta(days=30))
    report = outcome_report(reviewer)
    assert (report["to_accepted"], report["to_filled"]) == (3.0, 30.0)


def test_the_overview_counts_what_one_may_see(decision, recruiter, stranger):
    now = timezone.now()
    assert (overview(recruiter, now=now)["total"], overview(stranger, now=now)["total"]) == (1, 0)


def test_a_report_over_days_that_are_none_is_over_a_year(decision, reviewer, signed_in):
    page = signed_in(reviewer).get(reverse("admin:report_overrides"), {"days": "²"})
    assert page.context["days"] == 365
