"""The list of briefs: hers and her team's, found by words, filters and pages, never anybody else's."""

from __future__ import annotations

import re

import pytest

from rolematcher.decisions.models import Decision
from rolematcher.intake.models import StartingPoint


def numbers(answer) -> list[str]:
    return re.findall(r'class="nowrap">(RM-\d+-\d+)<', answer.content.decode())


def test_empty_list_teaches_the_next_step(ana):
    page = ana.get("/").content.decode()
    assert "Make your first brief" in page
    for point in StartingPoint.objects.filter(active=True):
        assert point.title in page


def test_a_recruiter_sees_her_own_and_her_teams_briefs(
    ana, decision_of, recruiter, colleague, stranger, signed
):
    hers, his, other = (decision_of(owner, work="connect") for owner in (recruiter, colleague, stranger))
    assert numbers(ana.get("/")) == [his.number, hers.number]
    assert numbers(ana.get("/?whose=mine")) == [hers.number]
    assert numbers(signed(stranger).get("/")) == [other.number]


def test_a_reviewer_sees_all(signed, decision_of, recruiter, stranger, reviewer):
    made = [decision_of(recruiter, work="connect"), decision_of(stranger, work="agent")]
    assert numbers(signed(reviewer).get("/")) == [made[1].number, made[0].number]


def test_words_find_client_project_and_description(ana, decision_of, recruiter):
    by_client = decision_of(recruiter, client="Zebra Logistics")
    by_project = decision_of(recruiter, project="Zebra counting")
    by_text = decision_of(recruiter, description="We count every zebra we meet.")
    decision_of(recruiter, client="Horse")
    assert set(numbers(ana.get("/?q=zebra"))) == {by_client.number, by_project.number, by_text.number}
    assert numbers(ana.get(f"/?q={by_text.number}")) == [by_text.number]


def test_a_search_never_finds_what_others_own(ana, decision_of, stranger):
    decision_of(stranger, client="Zebra Logistics")
    page = ana.get("/?q=zebra")
    assert numbers(page) == []
    assert "Nothing found" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("role=ml_engineer", {"predict"}),
        ("course=ask_first", {"unclear"}),
        ("firm=yes", {"predict", "chatbot"}),
        ("status=sent", {"chatbot"}),
        ("role=ml_engineer&status=sent", set()),
        ("role=nonsense", {"predict", "chatbot", "unclear"}),
    ],
)
def test_filters_narrow_the_list(ana, decision_of, recruiter, query, expected):
    known = {"team": [], "wish": "no", "app": "yes", "platform": "code", "stage": "prototype"}
    made = {
        "predict": decision_of(recruiter, work="predict", data="labelled", evidence="untested", **known),
        "chatbot": decision_of(recruiter, work="language", data="none", evidence="untested", **known),
        "unclear": decision_of(recruiter),
    }
    Decision.objects.filter(pk=made["chatbot"].pk).update(status="sent")
    assert set(numbers(ana.get(f"/?{query}"))) == {made[name].number for name in expected}


@pytest.mark.parametrize("sort", ["newest", "oldest", "client"])
def test_pages_show_every_brief_once_in_order(ana, decision_of, recruiter, colleague, sort):
    made = [
        decision_of((recruiter, colleague)[n % 2], work="connect", client=f"Client {n % 5}").number
        for n in range(60)
    ]
    address, found = f"/?sort={sort}", []
    while address:
        page = ana.get(address)
        found += numbers(page)
        following = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        address = following and "/" + following[1].replace("&amp;", "&")
    assert sorted(found) == sorted(made)
    if sort != "client":
        assert found == (made if sort == "oldest" else made[::-1])


def test_the_list_asks_the_database_the_same_few_times_however_long_it_is(
    ana, decision_of, recruiter, django_assert_max_num_queries
):
    for _number in range(30):
        decision_of(recruiter, work="connect")
    with django_assert_max_num_queries(14):
        ana.get("/")


def test_after_90_days_she_is_asked_whether_it_was_right(ana, decision_of, recruiter):
    from datetime import timedelta

    from django.utils import timezone

    old = decision_of(recruiter, work="connect", project="Long ago")
    Decision.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=91), status="filled")
    assert "90 days on" in ana.get("/").content.decode()
