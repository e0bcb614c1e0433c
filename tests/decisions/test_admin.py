"""Decisions in the admin: who sees which, the trace, actions; nothing is edited there."""

from __future__ import annotations

from django.urls import reverse

from rolematcher.decisions.models import Decision
from tests.fixtures_admin import LIST


def numbers(answer) -> set[str]:
    return {row.client for row in answer.context["cl"].result_list}


def test_each_sees_her_own_and_a_reviewer_all(hers, elsewhere, recruiter, stranger, reviewer, signed_in):
    assert numbers(signed_in(recruiter).get(LIST)) == {"Acme"}
    assert numbers(signed_in(stranger).get(LIST)) == {"Zeppelin Works"}
    assert numbers(signed_in(reviewer).get(LIST)) == {"Acme", "Zeppelin Works"}
    assert signed_in(stranger).get(f"{LIST}{hers.pk}/change/").status_code == 404


def test_it_says_the_place_and_every_rule_tried_and_leads_to_the_form_of_every_override(
    hers, reviewer, signed_in
):
    Decision.objects.update(place="GLOBAL")
    page = signed_in(reviewer).get(f"{LIST}{hers.pk}/change/").content.decode()
    assert hers.role_rule in page and "not reached" in page and "Worldwide" in page
    assert reverse("override", args=[hers.public_id]) in page


def test_nothing_is_added_changed_or_removed_by_hand(hers, administrator, signed_in):
    client = signed_in(administrator)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{hers.pk}/change/", {"client": "X"}).status_code == 403
    assert client.post(f"{LIST}{hers.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Decision.objects.get().client == "Acme"


def test_search_and_filters_answer_in_a_few_queries_whatever_the_list_holds(
    hers, elsewhere, reviewer, signed_in, django_assert_max_num_queries
):
    client = signed_in(reviewer)
    assert numbers(client.get(f"{LIST}?q=acem")) == {"Acme"}
    for query in ("role__exact=ai_engineer", "status__exact=made", "p=2"):
        assert client.get(f"{LIST}?{query}").status_code in (200, 302)
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_picked_ones_are_exported_and_deleted_for_a_week(hers, elsewhere, administrator, reviewer, signed_in):
    client = signed_in(administrator)
    picked = {"_selected_action": [hers.pk]}
    answer = client.post(LIST, {"action": "export_as_csv", **picked})
    assert b"Acme" in b"".join(answer.streaming_content)
    client.post(LIST, {"action": "delete_for_a_week", **picked})
    assert [one.client for one in Decision.objects.filter(deleted_at=None)] == ["Zeppelin Works"]
    signed_in(reviewer).post(LIST, {"action": "delete_for_a_week", "_selected_action": [elsewhere.pk]})
    assert Decision.objects.filter(deleted_at=None).exists()
