"""A form sent by several clicks at once, or sent again later, is done once. The same on both databases."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.decisions.test_concurrency import at_once

from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request
from rolematcher.briefs.tasks import brief_make
from rolematcher.decisions.models import Override
from rolematcher.editions.models import Edition
from rolematcher.intake.models import Draft
from rolematcher.sharing.managers import manager_answer, manager_request_make
from rolematcher.sharing.models import ManagerRequest, ShareLink
from rolematcher.web import sent_forms as once
from rolematcher.web.models import SentForm
from tests.rates.market import row
from tests.rates.test_import import file_of

CLICKS = 6
OTHERWISE = {"role": "ml_engineer", "course": "hire", "reason": "They own a model.", "agreed_with": "Dr Who"}


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(recruiter, work="language", evidence="untested", project="Chatbot")


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def key_on(client: Client, page: str, action: str) -> str:
    """The key of the form that leads to `action` (empty: to the page itself) on this page."""
    shown = client.get(page).content.decode()
    for form in re.findall(r"<form\b.*?</form>", shown, re.DOTALL):
        leads = re.match(r'<form[^>]* action="([^"]*)"', form)
        if (leads[1] if leads else "") == action and 'method="post"' in form:
            return re.search(r'name="once" value="(\w+)"', form)[1]
    raise AssertionError(f"no form to {action or 'itself'} on {page}")


@dataclass(frozen=True)
class Form:
    """Who sends which fields from which page to where."""

    client: Client
    page: str
    address: str
    fields: dict[str, Any]

    @property
    def key(self) -> str:
        return key_on(self.client, self.page, "" if self.page == self.address else self.address)

    def clicked(self, times: int = CLICKS) -> list[Any]:
        """The answers to that many clicks at once."""
        sent = {**self.fields, "once": self.key}

        def click(_number: int) -> Any:
            browser = Client()
            browser.cookies = self.client.cookies
            return browser.post(self.address, sent)

        return at_once(click, times)


@pytest.fixture
def form(request, decision, recruiter, rules_editor) -> tuple[Form, Callable[[], int]]:
    """The form of this name, and how often what it asks for was done."""
    return globals()[f"form_{request.param}"](decision, recruiter, rules_editor)


def event(verb: str) -> Callable[[], int]:
    return lambda: AuditEvent.objects.filter(verb=verb).count()


def of_decision(decision: Any, user: Any, where: str, **fields: Any) -> Form:
    page = decision.get_absolute_url()
    return Form(signed(user), page, f"{page}{where}/", fields)


def form_override(decision, recruiter, _editor):
    return of_decision(decision, recruiter, "override", **OTHERWISE, seen="0"), Override.objects.count


def form_outcome(decision, recruiter, _editor):
    return of_decision(decision, recruiter, "outcome", right_role="yes"), event("outcome.recorded")


def form_status(decision, recruiter, _editor):
    return of_decision(decision, recruiter, "status", status="sent"), event("decision.status")


def form_share(decision, recruiter, _editor):
    return of_decision(decision, recruiter, "share", label="Client", days="14"), ShareLink.objects.count


def form_mail(decision, recruiter, _editor):
    brief_make(brief_request(decision, user=recruiter, variant=Brief.CLIENT).pk)
    fields = {"to": "client@example.org", "copy": "client"}
    return of_decision(decision, recruiter, "mail", **fields), lambda: len(mail.outbox)


def form_version(decision, recruiter, _editor):
    return of_decision(decision, recruiter, "new-version"), Draft.objects.count


def form_ask(decision, recruiter, _editor):
    ask = f"{decision.get_absolute_url()}ask/"
    return Form(signed(recruiter), ask, ask, {"question": ["app"]}), ManagerRequest.objects.count


def asked_about(decision, recruiter) -> tuple[ManagerRequest, str]:
    from rolematcher.editions.rulebooks import rulebook_of

    questions = [rulebook_of(Edition.objects.current()).question("app")]
    return manager_request_make(decision, user=recruiter, questions=questions, days=7)


def form_settle(decision, recruiter, _editor):
    asked, _secret = asked_about(decision, recruiter)
    manager_answer(asked, {"app": "yes"}, note="")
    page = f"{decision.get_absolute_url()}ask/"
    return Form(signed(recruiter), page, f"/asked/{asked.pk}/settle/", {"accept": "app"}), Draft.objects.count


def form_admin_override(decision, _recruiter, editor):
    editor.user_permissions.add(*rights("override_decision", "review_decision", "view_decision"))
    page = f"/admin/decisions/decision/{decision.pk}/override/"
    return Form(signed(editor), page, page, {**OTHERWISE, "seen": "0"}), Override.objects.count


def form_admin_outcome(decision, _recruiter, editor):
    editor.user_permissions.add(*rights("override_decision", "review_decision", "view_decision"))
    page = f"/admin/decisions/decision/{decision.pk}/outcome/"
    return Form(signed(editor), page, page, {"right_role": "yes"}), event("outcome.recorded")


def form_draft_edition(_decision, _recruiter, editor):
    page = "/admin/editions/edition/"
    drafts = Edition.objects.filter(state=Edition.DRAFT)
    return Form(signed(editor), page, f"{page}draft/", {}), drafts.count


def form_rates_file(_decision, _recruiter, editor):
    page = "/admin/rates/rateobservation/import/"
    folder = Path(settings.DATA_DIR) / "imports"
    before = len(list(folder.glob("*")))
    return Form(signed(editor), page, page, {}), lambda: len(list(folder.glob("*"))) - before


def rights(*names: str) -> list[Any]:
    from django.contrib.auth.models import Permission

    return list(Permission.objects.filter(codename__in=names))


FORMS = [name.removeprefix("form_") for name in list(globals()) if name.startswith("form_")]


@pytest.mark.parametrize("form", [name for name in FORMS if name != "rates_file"], indirect=True)
@pytest.mark.django_db(transaction=True)
def test_several_clicks_at_once_do_it_once(form):
    sent, done = form
    before = done()
    answers = sent.clicked()
    assert {getattr(one, "status_code", repr(one)) for one in answers} <= {302, 303}, answers
    assert len({answer["Location"] for answer in answers}) == 1
    assert done() == before + 1


@pytest.mark.parametrize("form", ["share", "mail", "override"], indirect=True)
@pytest.mark.django_db
def test_sent_again_it_leads_where_it_led_and_says_so(form):
    sent, done = form
    fields = {**sent.fields, "once": sent.key}
    first = sent.client.post(sent.address, fields)
    again = sent.client.post(sent.address, fields, follow=True)
    assert again.redirect_chain[0][0] == first["Location"]
    assert "it was done once" in html.unescape(again.content.decode())
    assert done() == 1


@pytest.mark.django_db
def test_the_new_link_is_still_shown_when_the_answer_to_the_first_click_was_lost(decision, recruiter):
    sent, _done = form_share(decision, recruiter, None)
    fields = {**sent.fields, "once": sent.key}
    sent.client.post(sent.address, fields)
    page = sent.client.post(sent.address, fields, follow=True).content.decode()
    assert re.search(r'value="http://testserver/s/[\w-]{43}/"', page)


@pytest.mark.django_db
def test_a_form_that_was_refused_is_put_right_and_sent_again(decision, recruiter):
    sent, done = form_override(decision, recruiter, None)
    fields = {**sent.fields, "once": sent.key}
    assert sent.client.post(sent.address, {**fields, "reason": " "}).status_code == 422
    assert sent.client.post(sent.address, fields).status_code == 303
    assert done() == 1


@pytest.mark.django_db
def test_the_same_key_with_other_words_is_refused(decision, recruiter):
    sent, done = form_outcome(decision, recruiter, None)
    fields = {**sent.fields, "once": sent.key}
    sent.client.post(sent.address, fields)
    other = sent.client.post(sent.address, {**fields, "right_role": "no"})
    assert other.status_code == 409
    assert "with other words" in other.content.decode()
    assert done() == 1


@pytest.mark.django_db
def test_somebody_elses_key_is_another_key(decision, recruiter, colleague):
    for user in (recruiter, colleague):
        sent, done = form_outcome(decision, user, None)
        assert sent.client.post(sent.address, {**sent.fields, "once": "same"}).status_code == 303
    assert done() == 2


@pytest.mark.django_db
def test_where_the_first_click_died_the_second_is_told_to_look(decision, recruiter, monkeypatch):
    monkeypatch.setattr(once.sending_begin, "__kwdefaults__", {"patience": 0.1})
    sent, done = form_mail(decision, recruiter, None)
    fields = {**sent.fields, "once": sent.key}
    sent.client.post(sent.address, fields)
    SentForm.objects.update(leads_to="")  # as if its process had been killed on the way
    answer = sent.client.post(sent.address, fields)
    assert (answer.status_code, done()) == (409, 1)
    assert "how far it came is not known" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_manager_answers_once_and_every_click_is_thanked(decision, recruiter):
    _asked, secret = asked_about(decision, recruiter)
    given = {"app": "yes", "note": "Yes."}
    answers = at_once(lambda _n: Client().post(f"/m/{secret}/", given), CLICKS)
    assert all("Thank you" in answer.content.decode() for answer in answers)
    assert event("manager.answered")() == 1
    assert Client().post(f"/m/{secret}/", {"app": "no"}).status_code == 404
    assert Client().get(f"/m/{secret}/").status_code == 404
    assert ManagerRequest.objects.get().answers == {"app": "yes"}


@pytest.mark.django_db(transaction=True)
def test_many_briefs_asked_for_twice_are_one_zip(decision, recruiter):
    Brief.objects.all().delete()
    client = signed(recruiter)

    def click(_number: int) -> str:
        browser = Client()
        browser.cookies = client.cookies
        return browser.post("/zip/", {"pick": [str(decision.public_id)]}).url

    addresses = set(at_once(click, CLICKS))
    assert len(addresses) == 1, addresses
    assert client.get(addresses.pop()).status_code == 200
    assert Brief.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_of_rates_is_taken_once_and_saved_once(loaded, rules_editor):
    sent, done = form_rates_file(None, None, rules_editor)
    key, data = sent.key, file_of(row(publisher="Once Ltd")).getvalue()

    def click(_number: int) -> str:
        browser = Client()
        browser.cookies = sent.client.cookies
        file = SimpleUploadedFile("rates.csv", data, "text/csv")
        return browser.post(sent.address, {"file": file, "once": key}).url

    (preview,) = set(at_once(click, CLICKS))
    assert done() == 1
    saving = Form(sent.client, preview, f"{preview}save/", {})

    def save(_number: int) -> int:
        browser = Client()
        browser.cookies = sent.client.cookies
        # Two pages of the same preview: each has a key of its own.
        return browser.post(saving.address, {"once": uuid.uuid4().hex}).status_code

    assert set(at_once(save, CLICKS)) == {302}
    assert event("rates.imported")() == 1


# Forms that need no key, because doing them twice is doing them once.
REPEATABLE = {
    "brief_new": "has the key of its draft",
    "bulk": "the same briefs are the same ZIP",
    "brief_request": "the same brief is one row",
    "draft_drop": "gone is gone",
    "share_close": "withdrawn stays withdrawn",
    "ask_close": "withdrawn stays withdrawn",
    "theme": "a choice",
    "language": "a choice",
    "logout": "signed out is signed out",
    "admin:decisions_decision_retry": "only what failed is queued again",
    "admin:rates_rateobservation_upload_drop": "gone is gone",
    "admin:editions_edition_save": "carries the version it was made on",
    "admin:editions_edition_discard": "gone is gone",
    "admin:client_export": "changes nothing",
}
PAGES_OF_THEIR_OWN = {
    "sharing/manager.html": "a link answers once",
    "intake/what_if.html": "has a key of its own",
    "registration": "signing in and passwords",
}


def test_every_form_has_a_key_or_a_reason_to_have_none():
    root = Path(settings.BASE_DIR) / "templates"
    seen = set()
    for path in sorted(root.rglob("*.html")):
        name = str(path.relative_to(root))
        for form in re.findall(r"<form\b[^>]*?method=\"post\".*?</form>", path.read_text(), re.DOTALL):
            leads = re.search(r"<form\b.*?action=\"\{% url '([\w:]+)'", form.split("{% csrf_token")[0])
            seen.add(leads[1] if leads else name)
            if "{% once %}" in form or (leads and leads[1] in REPEATABLE):
                continue
            assert any(name.startswith(own) for own in PAGES_OF_THEIR_OWN), f"{name}: {form[:120]}"
    assert set(REPEATABLE) <= seen, "a reason for a form that is gone"
