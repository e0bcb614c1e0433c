"""Who gets what from every page of the admin: by group, by team, signed in or not."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from hiring.urls import admin_pages
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_draft
from rolematcher.web.admin_site import HiringAdminSite

PEOPLE = ("recruiter", "stranger", "reviewer", "rules_editor", "administrator")
OK, AWAY, NO, GONE = 200, 302, 403, 404

# Page: what (recruiter, stranger, reviewer, rules editor, administrator) get. Hers belongs to the recruiter.
PAGES = {
    "index": (OK, OK, OK, OK, OK),
    "decisions_decision_changelist": (OK, OK, OK, NO, OK),
    "decisions_decision_change": (OK, GONE, OK, NO, OK),
    "decisions_decision_history": (OK, GONE, OK, GONE, OK),
    "decisions_decision_add": (NO, NO, NO, NO, NO),
    "decisions_decision_delete": (NO, NO, NO, NO, NO),
    "report_overrides": (OK, OK, OK, NO, OK),
    "report_outcomes": (OK, OK, OK, NO, OK),
    "client_find": (NO, NO, NO, NO, OK),
    "editions_edition_changelist": (NO, NO, OK, OK, OK),
    "editions_edition_change": (NO, NO, OK, OK, OK),
    "editions_edition_compare": (NO, NO, OK, OK, OK),
    "edition_replay": (NO, NO, OK, OK, OK),
    "editions_edition_publish": (NO, NO, NO, OK, OK),
    "editions_edition_download": (NO, NO, OK, OK, OK),
    "briefs_brief_changelist": (NO, NO, OK, NO, OK),
    "briefs_house_changelist": (NO, NO, NO, NO, OK),
    "outbox_job_changelist": (NO, NO, OK, NO, OK),
    "decisions_override_changelist": (NO, NO, OK, NO, OK),
    "decisions_outcome_changelist": (NO, NO, OK, NO, OK),
    "sharing_sharelink_changelist": (NO, NO, OK, NO, OK),
    "accounts_auditevent_changelist": (NO, NO, OK, NO, OK),
    "sharing_webhook_changelist": (NO, NO, OK, NO, OK),
    "sharing_webhookmessage_changelist": (NO, NO, OK, NO, OK),
    "sharing_managerrequest_changelist": (NO, NO, NO, NO, OK),
    "intake_startingpoint_changelist": (NO, NO, NO, OK, OK),
    "intake_startingpoint_add": (NO, NO, NO, OK, OK),
    "accounts_user_changelist": (NO, NO, NO, NO, OK),
    "accounts_user_add": (NO, NO, NO, NO, OK),
    "accounts_team_changelist": (NO, NO, NO, NO, OK),
    "auth_group_changelist": (NO, NO, NO, NO, OK),
}
KEYED = (
    "_change",
    "_history",
    "_delete",
    "_compare",
    "_replay",
    "_publish",
    "_download",
)

# What only answers to POST: (recruiter, stranger, reviewer, rules editor, administrator).
POSTS = {
    "editions_edition_draft": (NO, NO, NO, AWAY, AWAY),
    "editions_edition_load": (NO, NO, NO, AWAY, AWAY),
    "editions_edition_save": (NO, NO, NO, AWAY, AWAY),
    "editions_edition_again": (NO, NO, NO, AWAY, AWAY),
    "editions_edition_discard": (NO, NO, NO, AWAY, AWAY),
    "client_export": (NO, NO, NO, NO, OK),
    "client_erase": (NO, NO, NO, NO, AWAY),
}


@pytest.fixture
def people(recruiter, stranger, reviewer, rules_editor, administrator):
    return {"recruiter": recruiter, "stranger": stranger, "reviewer": reviewer,
            "rules_editor": rules_editor, "administrator": administrator}  # fmt: skip


@pytest.fixture
def draft(hers, rules_editor):
    return edition_draft(rules_editor)


def address(name: str, hers, draft) -> str:
    keyed = name in POSTS and not name.startswith("client") and not name.endswith(("_draft", "_load"))
    if keyed or name.endswith(KEYED):
        return reverse("admin:" + name, args=[(hers if "_decision_" in name else draft).pk])
    return reverse("admin:" + name)


def test_every_page_opens_for_exactly_those_who_may(people, signed_in, hers, draft):
    clients = {who: signed_in(people[who]) for who in PEOPLE}
    got = {
        name: tuple(clients[who].get(address(name, hers, draft)).status_code for who in PEOPLE)
        for name in PAGES
    }
    assert got == PAGES


@pytest.mark.parametrize("name", POSTS)
def test_every_change_is_taken_from_exactly_those_who_may(name, people, signed_in, hers, draft):
    for who, expected in zip(PEOPLE, POSTS[name], strict=True):
        if not Edition.objects.filter(pk=draft.pk).exists():
            draft.save(force_insert=True)
        path = address(name, hers, draft)
        seen = Edition.objects.get(pk=draft.pk).saved_version
        given = {"status": "sent", "text": draft.text, "seen": seen, "reason": "", "name": "nobody at all"}
        assert signed_in(people[who]).post(path, given).status_code == expected, who


def test_nobody_sees_a_page_without_signing_in(hers, draft):
    for name in (*PAGES, *POSTS):
        path = address(name, hers, draft)
        for answer in (Client().get(path), Client().post(path)):
            assert answer.status_code == 302 and "/login/?next=" in answer.headers["Location"], name
            assert b"Acme" not in answer.content


def test_the_matrix_knows_every_page_of_ours():
    """A new page of the admin without a row above fails here."""
    ours = ("rolematcher.", "rolematcher.web.admin_site")
    stock = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
             "view_on_site", "app_list"}  # fmt: skip
    rates = ("rates_rateobservation", "rates_conversionfact", "rates_exchangerate")
    assert isinstance(admin.site, HiringAdminSite)
    admin.autodiscover()
    named = {pattern.name for pattern in admin_pages if getattr(pattern, "name", None)}
    for model, model_admin in admin.site._registry.items():
        if type(model_admin).__module__.startswith(ours) and not model._meta.label_lower.replace(
            ".", "_"
        ).startswith(rates):
            named |= {
                pattern.name
                for pattern in model_admin.get_urls()
                if pattern.name and not pattern.name.endswith(("_add", "_change", "_delete", "_history"))
            }
    named -= stock
    assert {name for name in named if not name.startswith(rates)} - {"auth_user_password_change"} == {
        name for name in (*PAGES, *POSTS) if not name.endswith(("_add", "_change", "_delete", "_history"))
    } - {"index"}


def test_a_person_without_the_staff_mark_gets_no_page(recruiter, signed_in, hers):
    recruiter.is_staff = False
    recruiter.save()
    assert signed_in(recruiter).get("/admin/decisions/decision/", follow=True).status_code == 403


@pytest.mark.parametrize(
    ("who", "sees"),
    [("recruiter", False), ("reviewer", True), ("rules_editor", True), ("administrator", True)],
)
def test_only_those_with_work_there_are_shown_the_way_to_the_administration(request, signed_in, who, sees):
    page = signed_in(request.getfixturevalue(who)).get("/").content.decode()
    assert ("Administration</a>" in page) is sees


def test_a_recruiter_finds_the_way_to_review_past_decisions_and_to_the_reports(recruiter, signed_in):
    client = signed_in(recruiter)
    page = client.get("/").content.decode()
    for name in ("admin:decisions_decision_changelist", "admin:report_outcomes"):
        assert f'href="{reverse(name)}"' in page
        assert client.get(reverse(name)).status_code == 200


def test_a_deactivated_person_is_out_at_once(reviewer, signed_in, hers):
    client = signed_in(reviewer)
    assert client.get("/admin/decisions/decision/").status_code == 200
    reviewer.is_active = False
    reviewer.save()
    assert "/accounts/login/" in client.get("/admin/decisions/decision/", follow=True).redirect_chain[-1][0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/otp_totp/totpdevice/1/config/", 404),
        ("/admin/otp_totp/totpdevice/1/qrcode/", 404),
        ("/admin/auth/group/1/change/?_to_field=nothing", 400),
        ("/admin/rates/conversionfact/1/delete/?_to_field=q", 400),
    ],
)
def test_what_no_form_sends_is_no_server_fault(address, status, administrator, signed_in):
    assert signed_in(administrator).get(address).status_code == status
