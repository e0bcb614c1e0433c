"""A form sent by several clicks at once, or sent again later, is done once. The same on both databases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from rolematcher.accounts.models import Team
from rolematcher.decisions.models import Override
from rolematcher.web import once
from rolematcher.web.models import SentForm
from rolematcher.web.once import sent_once
from tests.fixtures_rows import OTHERWISE, at_once

CLICKS = 6


@sent_once
def team_add(request: Any) -> HttpResponse:
    """Does something, and refuses an empty name as a form would."""
    if not request.POST["name"]:
        return HttpResponse("name it", status=422)
    Team.objects.create(name=f"{request.POST['name']} {Team.objects.count()}")
    return HttpResponseRedirect("/done/")


def sent(user: Any, **fields: str) -> HttpResponse:
    request = RequestFactory().post("/teams/", fields)
    request.user, request.session = user, type("Session", (dict,), {"modified": False})()
    request._messages = CookieStorage(request)
    return team_add(request)


@pytest.mark.django_db(transaction=True)
def test_several_clicks_at_once_do_it_once_and_lead_to_the_same_page(someone):
    answers = at_once(lambda _number: sent(someone, name="North", once="key"), CLICKS)
    assert {(one.status_code, one["Location"]) for one in answers} <= {(302, "/done/"), (303, "/done/")}
    assert Team.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_other_words_is_refused_and_somebody_elses_is_another(someone, administrator):
    assert sent(someone, name="North", once="key").status_code == 302
    refused = sent(someone, name="South", once="key")
    assert refused.status_code == 409
    assert "Already sent. Reload the page" in refused.content.decode()
    assert sent(administrator, name="North", once="key").status_code == 302


@pytest.mark.django_db
def test_a_form_that_was_refused_is_put_right_and_sent_again(someone):
    assert sent(someone, name="", once="key").status_code == 422
    assert sent(someone, name="North", once="key").status_code == 302


@pytest.mark.django_db
def test_where_the_first_click_died_the_second_is_told_to_look(someone, monkeypatch):
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    sent(someone, name="North", once="key")
    SentForm.objects.update(leads_to="")  # as if its process had been killed on the way
    answer = sent(someone, name="North", once="key")
    assert answer.status_code == 409
    assert "how far it came is not known" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_of_ours_carries_its_key(decision_of, ana: Client, recruiter):
    page = f"{decision_of(recruiter, work='connect').get_absolute_url()}override/"
    (key,) = re.findall(r'name="once" value="(\w+)"', ana.get(page).content.decode())
    given = {**OTHERWISE, "seen": "0", "once": key}
    assert [ana.post(page, given).status_code for _click in range(2)] == [303, 303]
    assert Override.objects.count() == 1


# Forms that need no key, because doing them twice is doing them once.
REASONS = {
    "has the key of its draft": "brief_new",
    "the same decisions are the same ZIP": "bulk",
    "the same document is one row": "brief_request",
    "gone is gone": "draft_drop webhook_remove decision_delete admin:editions_edition_discard",
    "back is back": "draft_bring_back decision_undelete",
    "cancelled is cancelled": "batch_cancel",
    "on is on, off is off": "webhook_on",
    "withdrawn stays withdrawn": "approval_withdraw share_close ask_close token_revoke",
    "a second one stands in the list beside it and can be revoked": "tokens",
    "a choice": "theme language status_set",
    "signed out is signed out": "logout",
    "carries the version it was made on": "admin:editions_edition_save",
    "changes nothing": "admin:client_export",
    "erased is erased": "admin:client_erase",
}
REPEATABLE = {name for names in REASONS.values() for name in names.split()}
PAGES_OF_THEIR_OWN = {
    "sharing/manager.html": "a link answers once",
    "sharing/approve.html": "an approver answers once",
    "intake/what_if.html": "has a key of its own",
    "intake/step.html": "keeps a draft, which makes one brief",
    "intake/questions.html": "keeps a draft",
    "intake/conflict.html": "keeps a draft",
    "intake/sign_in_again.html": "signing in, and a draft's form",
    "registration": "signing in and passwords",
    "admin/rates/delete_": "gone is gone",
}


def test_every_form_has_a_key_or_a_reason_to_have_none():
    root = Path(settings.BASE_DIR) / "templates"
    keyless = []
    for path in sorted(root.rglob("*.html")):
        name = str(path.relative_to(root))
        for form in re.findall(r"<form\b[^>]*?method=\"post\".*?</form>", path.read_text(), re.DOTALL):
            leads = re.search(r"<form\b.*?action=\"\{% url '([\w:]+)'", form.split("{% csrf_token")[0])
            known = "{% once %}" in form or (leads and leads[1] in REPEATABLE)
            if not known and not name.startswith(tuple(PAGES_OF_THEIR_OWN)):
                keyless.append(f"{name}: {form[:160]}")
    assert keyless == []
