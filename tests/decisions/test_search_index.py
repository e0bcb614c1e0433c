"""The search index follows every change of a decision, however it is made."""

from __future__ import annotations

import pytest
from django.db import connection

from rolematcher.decisions.models import Decision
from tests.fixtures_admin import CHATBOT


def found(words: str) -> list[int]:
    return list(Decision.objects.found_by(words).values_list("pk", flat=True))


def test_every_word_must_be_held_somewhere(hers):
    assert found("acme tickets") == [hers.pk] == found("ACME") == found("chat")
    assert found("acme airships") == found("xyz") == []


@pytest.mark.parametrize("words", ["", "  ", "ab", "a b c", "%", "_", "\0", '"'])
def test_what_is_too_short_finds_nothing(words, hers):
    assert found(words) == []


@pytest.mark.parametrize(
    "words",
    [
        '"acme',
        "acme*",
        "acme%",
        "ac_e",
        "acme\\",
        "client:acme",
        "acme) OR (1",
        "NEAR(acme)",
        "-acme",
        "^acm",
    ],
)
def test_signs_are_looked_for_as_they_stand(words, hers, decision_of, recruiter):
    odd = decision_of(recruiter, **CHATBOT, client=f"x {words} y")
    assert found(words) == [odd.pk]


def test_bulk_changes_and_deletions_are_followed(hers):
    Decision.objects.filter(pk=hers.pk).update(client="Other name")
    assert found("other name") == [hers.pk] and found("acme") == []
    Decision.objects.filter(pk=hers.pk).update(answers={**hers.answers, "description": "something else"})
    assert found("something else") == [hers.pk] and found("tickets") == []
    Decision.objects.filter(pk=hers.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM decision_search")
        assert cursor.fetchone() == (0,)


def test_other_scripts_are_found_too(decision_of, recruiter):
    one = decision_of(
        recruiter, **CHATBOT, client="Müller & Søn <Ltd>", project="客户服务机器人", description="مشروع صغير"
    )
    assert found("müller") == found("MÜLLER") == found("客户服务") == found("مشروع") == [one.pk]


def test_a_limit_keeps_the_newest(decision_of, recruiter):
    keys = [decision_of(recruiter, **CHATBOT, client="Same").pk for _number in range(3)]
    assert set(Decision.objects.found_by("same", most=2).values_list("pk", flat=True)) == set(keys[1:])


def test_migrations_leave_the_triggers_in_place(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = {row[0] for row in cursor.fetchall()}
    search = {"decision_search_insert", "decision_search_update", "decision_search_delete"}
    assert "edition_frozen" in names and (search <= names or "decision_search_write" in names)
