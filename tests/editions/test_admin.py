"""Editions: drafted, edited side by side, checked, compared, replayed, published, published again."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent
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


@pytest.fixture
def saved(draft, rules_editor):
    """Save a text over the draft: `saved(text)` is the draft as it then is."""
    return lambda text: edition_save(draft, user=rules_editor, text=text, seen=draft.saved_version)


@pytest.fixture
def editor(signed_in, rules_editor):
    """Her browser."""
    return signed_in(rules_editor)


def at(name: str, *args: object) -> str:
    return reverse(f"admin:editions_edition_{name}", args=args)


def changed(text: str) -> str:
    """A rulebook that sends everything that would be built on an existing model to the ML engineer."""
    start = text.index('then = { role = "ai_engineer" }')
    return text[:start] + text[start:].replace('role = "ai_engineer"', 'role = "ml_engineer"', 1)


def without_rule(text: str, id: str) -> str:
    start = text.index(f'[[rule]]\nid = "{id}"')
    end = min(place for place in (text.find("\n[", start + 1), text.find("\n# ---", start + 1)) if place > 0)
    return text[:start] + text[end + 1 :]


def test_a_new_database_gets_the_shipped_rulebook_as_edition_1_once(loaded, text):
    assert edition_first_load() is None
    edition = Edition.objects.get()
    assert (edition.number, edition.state, edition.text) == (1, "published", text)
    assert rulebook_of(edition) is rulebook_of(Edition.objects.current())


def test_a_shipped_rulebook_that_is_new_waits_as_a_draft(loaded, monkeypatch, text):
    monkeypatch.setattr("rolematcher.editions.services.shipped_text", lambda: text + "\n# newer\n")
    waiting = edition_first_load()
    assert waiting.state == "draft" and Edition.objects.current().number == 1
    Edition.objects.filter(pk=waiting.pk).delete()
    assert edition_first_load() is None


def test_two_editors_never_overwrite_each_other_and_both_texts_are_shown(
    saved, draft, administrator, signed_in
):
    saved(draft.text + "# hers\n")
    answer = signed_in(administrator).post(
        at("save", draft.pk), {"text": draft.text + "# mine\n", "seen": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409 and "# hers" in page and "# mine" in page
    assert 'name="seen" value="2"' in page and "# hers" in Edition.objects.get(pk=draft.pk).text


def test_a_text_with_errors_is_kept_and_each_error_has_its_line(draft, editor, text):
    wrong = text.replace('then = { role = "ai_engineer" }', 'then = { role = "bakend" }', 1)
    page = editor.post(at("save", draft.pk), {"text": wrong, "seen": "1"}, follow=True).content.decode()
    line = wrong[: wrong.index('role = "bakend"')].count("\n") + 1
    assert f'data-line="{line}"' in page and "bakend" in page
    assert Edition.objects.get(pk=draft.pk).text == wrong


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('title = "', "title = ", "title = "),
        ('work = "connect"', 'work = "conect"', '"conect"'),
        ('[[rule]]\nid = "a-product-does-it"', '[[rule]]\nid = "A Product"', "[[rule]]"),
        ("[question.work]", "[question.work]\nsize = 3", "[question.work]"),
    ],
)
def test_an_error_is_named_at_its_line(old, new, near, text):
    wrong = text.replace(old, new, 1)
    error = edition_check(wrong).errors[0]
    assert error.line is not None
    assert near in "\n".join(wrong.splitlines()[max(0, error.line - 2) : error.line + 6]), error


@pytest.mark.parametrize(
    ("wrong", "error"),
    [(lambda text: without_rule(text, LAST_NEED), "gap"), (changed, "example_result")],
)
def test_publishing_refuses_a_gap_and_an_example_that_fails(wrong, error, saved, rules_editor, text):
    with pytest.raises(EditionInvalid) as refused:
        edition_publish(saved(wrong(text)), user=rules_editor, reason="Otherwise", seen=2)
    assert f"rules.check.{error}" in {one.message.id for one in refused.value.errors}
    assert Edition.objects.current().number == 1


def test_publishing_needs_a_reason_the_right_and_a_change(draft, rules_editor, reviewer):
    with pytest.raises(ValueError, match="why"):
        edition_publish(draft, user=rules_editor, reason="  ", seen=1)
    with pytest.raises(PermissionDenied):
        edition_publish(draft, user=reviewer, reason="Because", seen=1)
    with pytest.raises(ValueError, match="nothing to publish"):
        edition_publish(draft, user=rules_editor, reason="Because", seen=1)


def test_publishing_on_top_of_a_later_save_is_refused(saved, draft, rules_editor, administrator, text):
    saved(text + "# one\n")
    edition_save(draft, user=administrator, text=text + "# two\n", seen=2)
    draft.refresh_from_db()
    with pytest.raises(EditionConflict):
        edition_publish(draft, user=rules_editor, reason="Mine", seen=2)


def test_a_published_edition_decides_from_then_on_until_an_earlier_text_is_published_again(
    saved, draft, rules_editor, decision_of, recruiter, text
):
    before = decision_of(recruiter, **CHATBOT)
    edition_replay_seen(saved(text + "# a note\n"), user=rules_editor)
    draft.refresh_from_db()
    edition_publish(draft, user=rules_editor, reason="A note", seen=2)
    after = decision_of(recruiter, **CHATBOT)
    assert (before.edition.number, after.edition.number) == (1, 2)
    assert AuditEvent.objects.filter(verb="edition.published", actor=rules_editor).count() == 1
    again = edition_again(before.edition, user=rules_editor, reason="Back")
    assert (again.number, again.text, again.based_on.number) == (3, text, 1)
    with pytest.raises(ValueError, match="already"):
        edition_again(before.edition, user=rules_editor, reason="Back")


@pytest.mark.parametrize(
    "change", ["text = 'x'", "number = 9", "state = 'draft', number = NULL", "sha256 = ''"]
)
def test_the_database_refuses_to_change_a_published_edition(loaded, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE editions_edition SET {change} WHERE number = 1")


def test_a_text_that_was_tampered_with_is_not_used(loaded):
    with pytest.raises(ValueError, match="backup"):
        rulebook_of(Edition(text=Edition.objects.current().text, sha256="0" * 64))


def test_a_published_edition_is_read_not_edited(loaded, editor):
    edition = Edition.objects.get()
    page = editor.get(at("change", edition.pk)).content.decode()
    assert '<textarea id="text"' not in page and "This edition decides now" in page
    assert editor.post(at("save", edition.pk), {"text": "# x", "seen": "1"}).status_code == 302
    edition.refresh_from_db()
    assert "# x" not in edition.text


def test_nothing_is_changed_by_following_a_link(draft, editor):
    addresses = [at("draft"), at("load"), *(at(verb, draft.pk) for verb in ("save", "again", "discard"))]
    assert {editor.get(address).status_code for address in addresses} == {405}
    assert Edition.objects.count() == 2


def test_a_draft_can_be_thrown_away_but_a_published_edition_cannot(draft, rules_editor):
    edition_discard(draft, user=rules_editor)
    with pytest.raises(PermissionDenied):
        edition_discard(Edition.objects.get(), user=rules_editor)


def test_a_file_is_loaded_as_a_draft_and_downloads_unchanged(loaded, editor, text):
    file = SimpleUploadedFile("rulebook.toml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    editor.post(at("load"), {"file": file})
    edition = Edition.objects.get(state="draft")
    assert (edition.text, edition.based_on.number) == (text, 1)
    got = editor.get(at("download", edition.pk))
    assert got.content.decode() == text and edition.sha256 == text_hash(text)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"x" * 1_100_000])
def test_a_file_that_is_no_rulebook_is_refused_with_a_cure(body, loaded, editor):
    answer = editor.post(at("load"), {"file": SimpleUploadedFile("rulebook.toml", body)}, follow=True)
    assert not Edition.objects.filter(state="draft").exists()
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_comparing_tells_a_change_of_words_from_a_change_of_answers(saved, draft, editor, text):
    saved(text + "# only words\n")
    page = editor.get(at("compare", draft.pk))
    assert page.context["page"].compared.found.same and "# only words" in page.content.decode()
    draft.refresh_from_db()
    saved(changed(text))
    cases = editor.get(at("compare", draft.pk)).context["page"].compared.found
    assert cases.changed > 0 and {one.new.role for one in cases.differences} == {"ml_engineer"}


def test_replay_names_every_changed_decision_and_its_texts_only_to_who_may_read_them(
    decision_of, recruiter, stranger, saved, rules_editor, editor, text
):
    chatbot = decision_of(recruiter, **CHATBOT, client="Zaphod Ltd")
    decision_of(stranger, work="connect", app="no", team=["developers"])
    edition = saved(changed(text))
    replay = edition_replay(edition, user=rules_editor)
    assert (replay.total, replay.changed) == (2, 1)
    assert [(one.decision.pk, one.role, one.readable) for one in replay.listed] == [
        (chatbot.pk, "ml_engineer", False)
    ]
    page = editor.get(reverse("admin:edition_replay", args=[edition.pk])).content.decode()
    assert chatbot.number_words in page and "Zaphod" not in page
    assert edition_replay(edition, user=recruiter).listed[0].readable


def test_publishing_asks_for_the_replay_of_the_last_save_to_have_been_seen(
    decision_of, recruiter, saved, draft, rules_editor, editor, text
):
    decision_of(recruiter, **CHATBOT)
    edition_replay_seen(draft, user=rules_editor)
    edition = saved(text + "# a note\n")
    with pytest.raises(ValueError, match="replay"):
        edition_publish(edition, user=rules_editor, reason="A note", seen=2)
    editor.get(reverse("admin:edition_replay", args=[draft.pk]))
    editor.post(at("publish", draft.pk), {"reason": "A note", "seen": "2"})
    assert Edition.objects.current().number == 2


def test_where_the_house_says_so_a_second_person_publishes(
    saved, rules_editor, administrator, settings, text
):
    settings.RULES_SECOND_PERSON = True
    edition = saved(text + "# a note\n")
    with pytest.raises(ValueError, match="second person"):
        edition_publish(edition, user=rules_editor, reason="A note", seen=2)
    assert edition_publish(edition, user=administrator, reason="A note", seen=2).number == 2


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "", "1e3"])
def test_a_hidden_number_that_is_none_is_answered_in_words(number, draft, editor):
    assert editor.post(at("save", draft.pk), {"text": "# x", "seen": number}).status_code == 409


def test_replay_under_the_same_text_changes_nothing(decision_of, recruiter, reviewer):
    for work in ("connect", "language", "agent", "predict", "unsure"):
        decision_of(recruiter, work=work)
    replay = edition_replay(Edition.objects.get(), user=reviewer)
    assert (replay.total, replay.changed) == (5, 0)


def test_a_difference_shows_the_lines_and_a_little_around():
    old, new = "\n".join("abcdefgh"), "\n".join("abcXefgh")
    assert [(line.kind, line.text) for line in text_diff(old, new)] == [
        ("same", "b"), ("same", "c"), ("gone", "d"), ("new", "X"), ("same", "e"), ("same", "f"),
    ]  # fmt: skip
    assert text_diff(old, old) == []
