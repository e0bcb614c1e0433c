"""Editions: drafted, edited side by side, checked, compared, replayed, published, published again."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions.models import Decision
from rolematcher.decisions.replay import edition_replay
from rolematcher.editions.check import edition_check
from rolematcher.editions.models import Edition
from rolematcher.editions.pages import text_diff
from rolematcher.editions.services import (
    EditionConflict,
    EditionInvalid,
    edition_again,
    edition_discard,
    edition_draft,
    edition_first_load,
    edition_publish,
    edition_replay_seen,
    edition_save,
    rulebook_of,
    text_hash,
)
from rolematcher.rules import shipped_rulebook
from tests.fixtures_admin import CHATBOT

LAST_NEED = [rule.id for rule in shipped_rulebook().table("need").rules][-1]
"""The last rule of the table of needs: without it, cases are left out."""


@pytest.fixture
def draft(loaded, rules_editor):
    return edition_draft(rules_editor)


def changed(text: str) -> str:
    """A rulebook that sends everything that would be built on an existing model to the ML engineer."""
    start = text.index('then = { role = "ai_engineer" }')
    return text[:start] + text[start:].replace('role = "ai_engineer"', 'role = "ml_engineer"', 1)


def without_rule(text: str, id: str) -> str:
    start = text.index(f'[[rule]]\nid = "{id}"')
    end = min(place for place in (text.find("\n[", start + 1), text.find("\n# ---", start + 1)) if place > 0)
    return text[:start] + text[end + 1 :]


def test_a_new_database_gets_the_shipped_rulebook_as_edition_1(loaded, text):
    edition = Edition.objects.get()
    assert (edition.number, edition.state, edition.text) == (1, "published", text)


def test_loading_the_shipped_rulebook_twice_is_harmless(loaded):
    assert edition_first_load() is None
    assert Edition.objects.count() == 1


def test_a_shipped_rulebook_that_is_new_waits_as_a_draft(loaded, monkeypatch, text):
    monkeypatch.setattr("rolematcher.editions.services.shipped_text", lambda: text + "\n# newer\n")
    waiting = edition_first_load()
    assert waiting.state == "draft" and Edition.objects.current().number == 1
    Edition.objects.filter(pk=waiting.pk).delete()
    assert edition_first_load() is None


def test_a_rulebook_is_read_once_for_one_text(loaded):
    first, second = Edition.objects.current(), Edition.objects.current()
    assert rulebook_of(first) is rulebook_of(second)


def test_a_draft_starts_from_the_current_edition(draft, text):
    assert (draft.text, draft.based_on.number, draft.number) == (text, 1, None)


def test_two_editors_never_overwrite_each_other(draft, rules_editor, administrator):
    edition_save(draft, user=rules_editor, text=draft.text + "# mine\n", seen=1)
    with pytest.raises(EditionConflict) as told:
        edition_save(draft, user=administrator, text="# theirs\n", seen=1)
    assert "# mine" in told.value.theirs.text
    assert "# mine" in Edition.objects.get(pk=draft.pk).text


def test_the_editor_shows_both_texts_after_a_conflict(draft, rules_editor, administrator, signed_in):
    edition_save(draft, user=rules_editor, text=draft.text + "# hers\n", seen=1)
    path = reverse("admin:editions_edition_save", args=[draft.pk])
    answer = signed_in(administrator).post(path, {"text": draft.text + "# mine\n", "seen": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "# hers" in page and "# mine" in page
    assert 'name="seen" value="2"' in page


def test_a_text_with_errors_is_kept_and_each_error_has_its_line(draft, rules_editor, signed_in, text):
    wrong = text.replace('then = { role = "ai_engineer" }', 'then = { role = "bakend" }', 1)
    path = reverse("admin:editions_edition_save", args=[draft.pk])
    page = signed_in(rules_editor).post(path, {"text": wrong, "seen": "1"}, follow=True).content.decode()
    line = wrong[: wrong.index('role = "bakend"')].count("\n") + 1
    assert f'data-line="{line}"' in page and "bakend" in page
    assert Edition.objects.get(pk=draft.pk).text == wrong


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('title = "', "title = ", "title = "),
        ('work = "connect"', 'work = "conect"', '"conect"'),
        ('[[rule]]\nid = "a-product-does-it"', '[[rule]]\nid = "A Product"', "[[rule]]"),
        ("[question.work]", "[question.work]\nsize = 3", "[question.work]"),
    ],
)
def test_an_error_is_named_at_its_line(old, new, at, text):
    wrong = text.replace(old, new, 1)
    error = edition_check(wrong).errors[0]
    assert error.line is not None
    near = wrong.splitlines()[max(0, error.line - 2) : error.line + 6]
    assert at in "\n".join(near), (error, near)


def test_publishing_refuses_a_gap(draft, rules_editor, text):
    gap = without_rule(text, LAST_NEED)
    edition_save(draft, user=rules_editor, text=gap, seen=1)
    with pytest.raises(EditionInvalid) as refused:
        edition_publish(draft, user=rules_editor, reason="Shorter", seen=2)
    assert any(error.message.id == "rules.check.gap" for error in refused.value.errors)
    assert Edition.objects.current().number == 1


def test_publishing_refuses_an_example_that_fails(draft, rules_editor, text):
    edition_save(draft, user=rules_editor, text=changed(text), seen=1)
    with pytest.raises(EditionInvalid):
        edition_publish(draft, user=rules_editor, reason="Otherwise", seen=2)


def test_publishing_needs_a_reason_the_right_and_a_change(draft, rules_editor, reviewer):
    with pytest.raises(ValueError, match="why"):
        edition_publish(draft, user=rules_editor, reason="  ", seen=1)
    with pytest.raises(PermissionDenied):
        edition_publish(draft, user=reviewer, reason="Because", seen=1)
    with pytest.raises(ValueError, match="nothing to publish"):
        edition_publish(draft, user=rules_editor, reason="Because", seen=1)


def test_publishing_on_top_of_a_later_save_is_refused(draft, rules_editor, administrator, text):
    edition_save(draft, user=rules_editor, text=text + "# one\n", seen=1)
    edition_save(draft, user=administrator, text=text + "# two\n", seen=2)
    draft.refresh_from_db()
    with pytest.raises(EditionConflict):
        edition_publish(draft, user=rules_editor, reason="Mine", seen=2)


def test_a_published_edition_decides_from_then_on(draft, rules_editor, decision_of, recruiter, text):
    before = decision_of(recruiter, **CHATBOT)
    edition_save(draft, user=rules_editor, text=text + "# a note\n", seen=1)
    edition_replay_seen(draft, user=rules_editor)
    edition_publish(draft, user=rules_editor, reason="A note", seen=2)
    after = decision_of(recruiter, **CHATBOT)
    assert (before.edition.number, after.edition.number) == (1, 2)
    assert AuditEvent.objects.filter(verb="edition.published", actor=rules_editor).count() == 1


def test_going_back_publishes_the_earlier_text_under_a_new_number(draft, rules_editor, text):
    edition_save(draft, user=rules_editor, text=text + "# a note\n", seen=1)
    edition_publish(draft, user=rules_editor, reason="A note", seen=2)
    again = edition_again(Edition.objects.get(number=1), user=rules_editor, reason="Back")
    assert (again.number, again.text, again.based_on.number) == (3, text, 1)
    with pytest.raises(ValueError, match="already"):
        edition_again(Edition.objects.get(number=1), user=rules_editor, reason="Back")


@pytest.mark.parametrize(
    "change", ["text = 'x'", "number = 9", "state = 'draft', number = NULL", "sha256 = ''"]
)
def test_the_database_refuses_to_change_a_published_edition(loaded, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE editions_edition SET {change} WHERE number = 1")


def test_a_text_that_was_tampered_with_is_not_used(loaded):
    with pytest.raises(ValueError, match="backup"):
        rulebook_of(Edition(text=Edition.objects.current().text, sha256="0" * 64))


def test_a_published_edition_is_read_not_edited(loaded, rules_editor, signed_in):
    edition = Edition.objects.get()
    page = (
        signed_in(rules_editor)
        .get(reverse("admin:editions_edition_change", args=[edition.pk]))
        .content.decode()
    )
    assert '<textarea id="text"' not in page and "This edition decides now" in page
    saved = signed_in(rules_editor).post(
        reverse("admin:editions_edition_save", args=[edition.pk]), {"text": "# x", "seen": "1"}
    )
    edition.refresh_from_db()
    assert saved.status_code == 302 and "# x" not in edition.text


def test_a_draft_can_be_thrown_away_but_a_published_edition_cannot(draft, rules_editor):
    edition_discard(draft, user=rules_editor)
    with pytest.raises(PermissionDenied):
        edition_discard(Edition.objects.get(), user=rules_editor)


def test_a_file_is_loaded_as_a_draft_and_downloads_unchanged(loaded, rules_editor, signed_in, text):
    client = signed_in(rules_editor)
    file = SimpleUploadedFile("rulebook.toml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    client.post(reverse("admin:editions_edition_load"), {"file": file})
    edition = Edition.objects.get(state="draft")
    got = client.get(reverse("admin:editions_edition_download", args=[edition.pk]))
    assert got.content.decode() == text and edition.sha256 == text_hash(text)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"x" * 1_100_000])
def test_a_file_that_is_no_rulebook_is_refused_with_a_cure(body, loaded, rules_editor, signed_in):
    file = SimpleUploadedFile("rulebook.toml", body)
    answer = signed_in(rules_editor).post(reverse("admin:editions_edition_load"), {"file": file}, follow=True)
    assert not Edition.objects.filter(state="draft").exists()
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_comparing_tells_a_change_of_words_from_a_change_of_answers(draft, rules_editor, signed_in, text):
    client, path = signed_in(rules_editor), reverse("admin:editions_edition_compare", args=[draft.pk])
    edition_save(draft, user=rules_editor, text=text + "# only words\n", seen=1)
    page = client.get(path)
    assert page.context["page"].compared.found.same and "# only words" in page.content.decode()
    edition_save(draft, user=rules_editor, text=changed(text), seen=2)
    cases = client.get(path).context["page"].compared.found
    assert cases.changed > 0 and {one.new.role for one in cases.differences} == {"ml_engineer"}


def test_replay_names_every_changed_decision_and_its_texts_only_to_who_may_read_them(
    decision_of, recruiter, stranger, draft, rules_editor, signed_in, text
):
    chatbot = decision_of(recruiter, **CHATBOT, client="Zaphod Ltd")
    decision_of(stranger, work="connect", app="no", team=["developers"])
    edition_save(draft, user=rules_editor, text=changed(text), seen=1)
    replay = edition_replay(draft, user=rules_editor)
    assert (replay.total, replay.changed, replay.unreadable) == (2, 1, 0)
    assert [(one.decision.pk, one.role, one.readable) for one in replay.listed] == [
        (chatbot.pk, "ml_engineer", False)
    ]
    page = signed_in(rules_editor).get(reverse("admin:edition_replay", args=[draft.pk])).content.decode()
    assert chatbot.number_words in page and "Zaphod" not in page
    assert edition_replay(draft, user=recruiter).listed[0].readable


def test_publishing_asks_for_the_replay_to_have_been_seen(
    decision_of, recruiter, draft, rules_editor, signed_in, text
):
    decision_of(recruiter, **CHATBOT)
    edition_save(draft, user=rules_editor, text=text + "# a note\n", seen=1)
    with pytest.raises(ValueError, match="replay"):
        edition_publish(draft, user=rules_editor, reason="A note", seen=2)
    client = signed_in(rules_editor)
    client.get(reverse("admin:edition_replay", args=[draft.pk]))
    address = reverse("admin:editions_edition_publish", args=[draft.pk])
    client.post(address, {"reason": "A note", "seen": "2"})
    assert Edition.objects.current().number == 2


def test_a_save_after_the_replay_asks_for_it_again(decision_of, recruiter, draft, rules_editor, text):
    decision_of(recruiter, **CHATBOT)
    edition_replay_seen(draft, user=rules_editor)
    edition_save(draft, user=rules_editor, text=text + "# later\n", seen=1)
    with pytest.raises(ValueError, match="replay"):
        edition_publish(draft, user=rules_editor, reason="Later", seen=2)


def test_where_the_house_says_so_a_second_person_publishes(
    draft, rules_editor, administrator, settings, text
):
    settings.RULES_SECOND_PERSON = True
    edition_save(draft, user=rules_editor, text=text + "# a note\n", seen=1)
    with pytest.raises(ValueError, match="second person"):
        edition_publish(draft, user=rules_editor, reason="A note", seen=2)
    assert edition_publish(draft, user=administrator, reason="A note", seen=2).number == 2


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "", "1e3"])
def test_a_hidden_number_that_is_none_is_answered_in_words(number, draft, rules_editor, signed_in):
    path = reverse("admin:editions_edition_save", args=[draft.pk])
    assert signed_in(rules_editor).post(path, {"text": "# x", "seen": number}).status_code == 409


def test_replay_under_the_same_text_changes_nothing(decision_of, recruiter, reviewer):
    for work in ("connect", "language", "agent", "predict", "unsure"):
        decision_of(recruiter, work=work)
    replay = edition_replay(Edition.objects.get(), user=reviewer)
    assert (replay.total, replay.changed) == (5, 0)


def test_replay_counts_what_it_cannot_read(decision_of, recruiter, reviewer):
    decision = decision_of(recruiter, **CHATBOT)
    Decision.objects.filter(pk=decision.pk).update(sheet=None)
    replay = edition_replay(Edition.objects.get(), user=reviewer)
    assert (replay.total, replay.changed, replay.unreadable) == (1, 0, 1)


def test_a_difference_shows_the_lines_and_a_little_around():
    old, new = "\n".join("abcdefgh"), "\n".join("abcXefgh")
    assert [(line.kind, line.text) for line in text_diff(old, new)] == [
        ("same", "b"), ("same", "c"), ("gone", "d"), ("new", "X"), ("same", "e"), ("same", "f"),
    ]  # fmt: skip
    assert text_diff(old, old) == []
