"""The decision list: filters, search, pages, and what a forged address gets."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rolematcher.decisions.models import Decision
from tests.fixtures_admin import CHURN, LIST


def keys(answer) -> set[int]:
    return {row.pk for row in answer.context["cl"].result_list}


FILTERS = [
    ("role__exact=ai_engineer", "hers"),
    ("role__exact=ml_engineer", "elsewhere"),
    ("q=Support", "hers"),
    ("q=airship", "elsewhere"),
    ("q=zeppelin+churn", "elsewhere"),
    ("q=zeppelin+tickets", ""),
    ("client=Acme", "hers"),
    ("client=acm", ""),
    ("overridden__exact=1", ""),
    ("outcome=none", "both"),
    ("outcome=yes", ""),
    ("status__exact=made", "both"),
    ("made_from=2020-01-01&made_to=2099-12-31", "both"),
    ("made_to=2020-01-01", ""),
    ("rule=no-such-rule", ""),
    ("edition=99", "both"),
]


def test_each_filter_finds_what_it_says(hers, elsewhere, reviewer, signed_in):
    client = signed_in(reviewer)
    expected = {"hers": {hers.pk}, "elsewhere": {elsewhere.pk}, "both": {hers.pk, elsewhere.pk}, "": set()}
    for query, hit in FILTERS:
        assert keys(client.get(f"{LIST}?{query}")) == expected[hit], query


def test_a_brief_is_found_by_its_number(hers, elsewhere, reviewer, signed_in):
    client = signed_in(reviewer)
    assert keys(client.get(LIST, {"q": hers.number})) == {hers.pk}
    assert keys(client.get(LIST, {"q": str(elsewhere.pk)})) == {elsewhere.pk}


def test_decisions_are_found_by_recruiter_and_rule(hers, elsewhere, recruiter, reviewer, signed_in):
    client = signed_in(reviewer)
    assert keys(client.get(LIST, {"recruiter": recruiter.pk})) == {hers.pk}
    assert hers.role_rule and keys(client.get(LIST, {"rule": hers.role_rule})) >= {hers.pk}


def test_a_recruiter_sees_her_own_and_her_teams(hers, elsewhere, recruiter, colleague, stranger, signed_in):
    assert keys(signed_in(recruiter).get(LIST)) == {hers.pk}
    assert keys(signed_in(colleague).get(LIST)) == {hers.pk}
    assert keys(signed_in(stranger).get(LIST)) == {elsewhere.pk}


def test_search_and_filters_never_reach_another_teams_decisions(hers, elsewhere, recruiter, signed_in):
    client = signed_in(recruiter)
    for query in (
        "q=airships",
        "q=Zeppelin",
        "client=Zeppelin+Works",
        "rule=training-a-model",
        "recruiter=1",
    ):
        answer = client.get(f"{LIST}?{query}")
        assert elsewhere.pk not in keys(answer), query
        assert elsewhere.number not in answer.content.decode(), query


NOT_OFFERED = [
    "owner__password__startswith=pbkdf2",
    "owner__username=rita",
    "answers__description__contains=a",
    "shares__secret_hash__startswith=a",
    "client__startswith=A",
    "outcome__note__contains=x",
    "team__user__email__contains=@",
    "pk__gt=0",
    "role__in=ai_engineer",
]


def test_a_filter_the_page_does_not_offer_is_refused(hers, reviewer, signed_in):
    client = signed_in(reviewer)
    for query in NOT_OFFERED:
        assert client.get(f"{LIST}?{query}").status_code == 400, query


NONSENSE = [
    "p=0",
    "p=-1",
    "p=abc",
    "p=99999999999",
    "o=999",
    "o=-1.-2.-3",
    "o=%27",
    "q=%00",
    "q=%27%22%3B--",
    "q=ab",
    "recruiter=abc",
    "recruiter=" + "9" * 40,
    "made_from=tomorrow",
    "made_from=2026-02-31",
    "made_to=0001-01-01",
    "edition=abc",
    "role__exact=backend",
    "firm__exact=maybe",
    "q=%25%25%25",
    'q="support" OR "a"',
    "all=",
    "_facets=1",
    "e=1",
    "q=" + "a" * 5000,
]


def test_a_nonsense_address_is_answered_calmly(hers, elsewhere, recruiter, signed_in):
    client = signed_in(recruiter)
    for query in NONSENSE:
        answer = client.get(f"{LIST}?{query}", follow=True)
        assert answer.status_code in (200, 400), query
        assert elsewhere.number not in answer.content.decode(), query


def test_a_forged_order_is_not_obeyed(hers, elsewhere, reviewer, signed_in):
    for column in range(1, 12):
        ordering = signed_in(reviewer).get(f"{LIST}?o={column}").context["cl"].queryset.query.order_by
        assert set(ordering) <= {"-pk", "pk", "-id", "id"}


def test_a_page_never_counts_the_whole_table(hers, elsewhere, reviewer, signed_in):
    client = signed_in(reviewer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    counts = [query["sql"] for query in asked.captured_queries if "COUNT(*)" in query["sql"]]
    assert all("LIMIT" in sql for sql in counts)


def test_no_list_reads_the_long_columns(hers, reviewer, signed_in):
    with CaptureQueriesContext(connection) as asked:
        signed_in(reviewer).get(LIST)
    assert not [query["sql"] for query in asked.captured_queries if '"record"' in query["sql"]]


def test_pages_step_through_without_loss_or_repeat(hers, reviewer, recruiter, signed_in):
    fields = {column.attname: getattr(hers, column.attname) for column in Decision._meta.concrete_fields}
    fields |= {"id": None}
    copies = []
    for number in range(120):
        copy = Decision(**fields | {"idempotency_key": str(number)})
        copy.public_id = Decision._meta.get_field("public_id").default()
        copies.append(copy)
    Decision.objects.bulk_create(copies)
    client, seen, query = signed_in(reviewer), [], "?"
    while query:
        listed = client.get(LIST + query).context["cl"]
        seen += [row.pk for row in listed.result_list]
        query = listed.next_query
    assert len(seen) == len(set(seen)) == 121 and seen == sorted(seen, reverse=True)


def test_select_across_exports_no_more_than_the_person_may_see(hers, elsewhere, recruiter, signed_in):
    sent = {
        "action": "export_csv",
        "select_across": "1",
        "index": "0",
        "_selected_action": [elsewhere.pk, hers.pk],
    }
    body = b"".join(signed_in(recruiter).post(LIST, sent).streaming_content).decode()
    assert "Acme" in body and "Zeppelin" not in body


def test_an_action_on_forged_ids_touches_only_ones_own(hers, elsewhere, recruiter, signed_in):
    sent = {"action": "export_csv", "index": "0", "_selected_action": [elsewhere.pk]}
    body = b"".join(signed_in(recruiter).post(LIST, sent).streaming_content).decode()
    assert "Zeppelin" not in body and len(body.splitlines()) == 1


@pytest.mark.parametrize("action", ["delete_selected", "retry", "__class__", "export_pdf", ""])
def test_an_action_that_is_not_offered_does_nothing(action, hers, elsewhere, recruiter, signed_in):
    sent = {"action": action, "index": "0", "select_across": "1", "_selected_action": [hers.pk]}
    answer = signed_in(recruiter).post(LIST, sent)
    assert answer.status_code in (200, 302) and Decision.objects.count() == 2


def test_an_export_action_needs_the_right(hers, recruiter, signed_in):
    recruiter.groups.clear()
    from django.contrib.auth.models import Permission

    recruiter.user_permissions.add(Permission.objects.get(codename="view_decision"))
    sent = {"action": "export_csv", "index": "0", "_selected_action": [hers.pk]}
    answer = signed_in(recruiter).post(LIST, sent)
    assert "text/csv" not in answer.headers.get("Content-Type", "")
    assert signed_in(recruiter).get(LIST + "export.csv").status_code == 403


def test_the_overview_counts_only_what_the_person_may_see(
    decision_of, hers, elsewhere, recruiter, reviewer, signed_in
):
    decision_of(recruiter, **CHURN, client="Acme")
    assert signed_in(recruiter).get("/admin/").context["overview"]["total"] == 2
    seen = signed_in(reviewer).get("/admin/").context["overview"]
    assert seen["total"] == 3
    assert seen["months"][-1]["courses"][0] == 3 == seen["trends"][0][2]
    assert len(seen["trends"][0][1]) == 1


def test_the_audit_trail_is_found_by_kind_and_number(hers, reviewer, signed_in):
    found = signed_in(reviewer).get("/admin/accounts/auditevent/", {"q": f"decision {hers.pk}"})
    assert {event.verb for event in found.context["cl"].result_list} == {"decision.made"}
    assert "Acme" not in found.content.decode()


def test_lean_rows_and_filters_are_the_stock_html(hers, elsewhere, reviewer, signed_in):
    """The stock tags, asked for the same list, print the same."""
    from django.contrib.admin.templatetags.admin_list import admin_list_filter, results

    from rolematcher.web.templatetags.lean_lists import lean_filter, lean_results

    for query in (
        "",
        "?role__exact=ai_engineer&q=Acme",
        "?outcome=none&role__exact=%22%3Cb%3E",
        "?client=%3Cb%3E",
    ):
        answer = signed_in(reviewer).get(LIST + query)
        cl = answer.context["cl"]
        stock = ["".join(row) for row in results(cl)]
        assert ["".join(row) for row in lean_results(cl)["results"]] == stock
        for spec in cl.filter_specs:
            assert squeezed(lean_filter(cl, spec)) == squeezed(admin_list_filter(cl, spec))


def squeezed(markup: str) -> str:
    """HTML without the space between tags."""
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), markup).strip()
