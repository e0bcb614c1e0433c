"""The list: found by two letters, without accents, with a typo; page by page; deleted and brought back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from rolematcher.decisions.models import Decision
from rolematcher.decisions.search import folded, one_typo
from rolematcher.decisions.services import decision_delete
from rolematcher.decisions.views import page_of
from rolematcher.intake.models import Draft
from tests.fixtures_admin import CHATBOT, CHURN


@pytest.fixture
def several(decision_of, recruiter, stranger):
    """Hers, and one of somebody else."""
    made = [
        decision_of(
            recruiter, **CHATBOT, client="Müller & Søn", project="Help desk", description="Bücher finden"
        ),
        decision_of(
            recruiter, **CHURN, client="Acme", project="Churn 100%_sure", description="Customers leave"
        ),
    ]
    decision_of(stranger, **CHURN, client="Zeppelin", project="Airship")
    return made


def found(client, typed: str, **more: str) -> list[str]:
    rows = client.get(reverse("decisions"), {"q": typed, **more}).context["rows"]
    return [row.client for row in rows]


@pytest.mark.parametrize(
    ("clients", "words"),
    [
        (["Müller & Søn"], "mü muller MÜLLER mueler mulle mulelr bucher"),
        (["Acme"], "custmers customrs+leve 100%_ %"),
        ([], "meuler costumers zeppelin help+churn"),
    ],
)
def test_words_are_found_without_accents_and_with_one_typo(several, ana, clients, words):
    assert {typed: found(ana, typed.replace("+", " ")) for typed in words.split()} == dict.fromkeys(
        words.split(), clients
    )


def test_a_number_finds_its_decision_in_any_form(several, ana):
    number = several[1].number
    assert all("Acme" in found(ana, typed) for typed in (number, number.lower(), several[1].number_words))


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [
        ("dental", "dental", True), ("dental", "dentla", True), ("dental", "detal", True),
        ("dental", "denttal", True), ("dental", "dentol", True), ("dental", "dentalclinic", True),
        ("dental", "mental", True), ("dental", "metal", False), ("dental", "rental", True),
        ("dental", "dnetla", False), ("dental", "", False),
    ],
)  # fmt: skip
def test_one_typo_is_one_letter(word, other, alike):
    assert one_typo(word, other) is alike


def test_folding_keeps_what_it_does_not_know():
    assert folded("  Ärger \n Straße\0 😀 ") == "arger strasse 😀"


def test_filters_narrow_and_unknown_values_narrow_nothing(several, ana):
    assert found(ana, "", role="ml_engineer") == ["Acme"]
    assert len(found(ana, "", role="emperor")) == 2
    assert len(found(ana, "", whose="mine")) == 2
    assert found(ana, "", sort="oldest")[0] == "Müller & Søn"


def copies(first: Decision, count: int) -> list[Decision]:
    """As many rows more like the first."""
    rows = [Decision.objects.get(pk=first.pk) for _copy in range(count)]
    for number, row in enumerate(rows):
        row.pk, row.number, row.idempotency_key = None, f"copy {number}", f"copy {number}"
        row.public_id = f"00000000-0000-0000-0000-{number:012d}"
    return Decision.objects.bulk_create(rows)


def test_pages_hold_every_row_once_and_nothing_is_counted(decision_of, recruiter, django_assert_num_queries):
    copies(decision_of(recruiter, **CHATBOT), 60)
    mine = Decision.objects.visible_to(recruiter)
    for oldest in (False, True):
        seen, after = [], ""
        while after is not None:
            with django_assert_num_queries(1):
                page = page_of(mine, after=str(after), oldest=oldest)
            seen += [row.pk for row in page.rows]
            after = page.after
        assert sorted(seen) == sorted(mine.values_list("pk", flat=True)) and len(set(seen)) == 61


def test_a_forged_page_is_the_first_one(several, ana):
    for after in ("²", "x", "-1", "9" * 50, "1'"):
        assert len(found(ana, "", after=after)) == 2


def test_what_was_deleted_is_offered_back_for_a_week(several, ana, recruiter):
    decision_delete(several[0], user=recruiter)
    page = ana.get(reverse("decisions"))
    assert [row.client for row in page.context["rows"]] == ["Acme"]
    assert [row.client for row in page.context["deleted"]] == ["Müller & Søn"]
    back = ana.post(reverse("decision_undelete", args=[several[0].public_id]))
    assert back.status_code == 303 and len(found(ana, "")) == 2


def test_an_empty_list_says_how_to_begin(ana):
    assert "Make your first decision" in ana.get(reverse("decisions")).content.decode()


def test_drafts_stand_apart_from_decisions(several, ana, recruiter):
    Draft.objects.create(owner=recruiter, fields={"project": "Half a thought"})
    page = ana.get(reverse("decisions")).content.decode()
    assert "Half a thought" in page and page.index("Half a thought") < page.index("Help desk")


def test_decisions_with_a_reply_stand_on_top_of_the_first_page_and_on_no_other(decision_of, recruiter):
    replied = decision_of(recruiter, **CHURN)
    rows = [replied, *copies(replied, 29)]
    Decision.objects.filter(pk=replied.pk).update(replied_at=timezone.now())
    mine = Decision.objects.visible_to(recruiter)
    first = page_of(mine, replied_first=True)
    second = page_of(mine, after=str(first.after), replied_first=True)
    assert first.rows[0] == replied
    assert sorted(row.pk for row in [*first.rows, *second.rows]) == sorted(row.pk for row in rows)
