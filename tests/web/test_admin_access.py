"""Who gets what from every page of the admin: by group, by team, signed in or not."""

from __future__ import annotations

import pytest
from django.contrib import admin
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
    **dict.fromkeys(
        (
            *("briefs_brief_changelist", "outbox_job_changelist", "accounts_auditevent_changelist"),
            *("sharing_sharelink_changelist", "sharing_webhook_changelist"),
            "sharing_webhookmessage_changelist",
        ),
        (NO, NO, OK, NO, OK),
    ),
    "intake_startingpoint_changelist": (NO, NO, NO, OK, OK),
    "intake_startingpoint_add": (NO, NO, NO, OK, OK),
    **dict.fromkeys(
        (
            *("accounts_user_changelist", "accounts_user_add", "accounts_team_changelist"),
            *("auth_group_changelist", "briefs_house_changelist", "sharing_managerrequest_changelist"),
        ),
        (NO, NO, NO, NO, OK),
    ),
}
KEYED = ("_change", "_history", "_delete", "_compare", "_replay", "_publish", "_download")

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


def test_every_change_is_taken_from_exactly_those_who_may(people, signed_in, hers, draft):
    clients = {who: signed_in(people[who]) for who in PEOPLE}
    for name, expected in POSTS.items():
        got = []
        for who in PEOPLE:
            if not Edition.objects.filter(pk=draft.pk).exists():
                draft.save(force_insert=True)
            path = address(name, hers, draft)
            seen = Edition.objects.get(pk=draft.pk).saved_version
            given = {
                "status": "sent",
                "text": draft.text,
                "seen": seen,
                "reason": "",
                "name": "nobody at all",
            }
            got.append(clients[who].post(path, given).status_code)
        assert {name: tuple(got)} == {name: expected}


def test_the_matrix_knows_every_page_of_ours():
    """A new page of the admin without a row above fails here."""
    stock = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
             "view_on_site", "app_list", "auth_user_password_change"}  # fmt: skip
    usual = ("_add", "_change", "_delete", "_history")
    rates = (
        "rates_rateobservation",
        "rates_conversionfact",
        "rates_exchangerate",
    )  # tests/rates has a matrix
    assert isinstance(admin.site, HiringAdminSite)
    named = {pattern.name for pattern in admin_pages if getattr(pattern, "name", None)}
    for model_admin in admin.site._registry.values():
        if type(model_admin).__module__.startswith("rolematcher."):
            named |= {pattern.name for pattern in model_admin.get_urls() if pattern.name}
    ours = {name for name in named - stock if not name.endswith(usual) and not name.startswith(rates)}
    assert ours == {name for name in (*PAGES, *POSTS) if not name.endswith(usual)} - {"index"}


def test_a_person_without_the_staff_mark_gets_no_page(reviewer, signed_in):
    reviewer.is_staff = False
    reviewer.save()
    client = signed_in(reviewer)
    assert client.get("/admin/decisions/decision/", follow=True).status_code == 403


def test_only_those_with_work_there_are_shown_the_way_to_the_administration(people, signed_in):
    shown = {
        who for who in PEOPLE if "Administration</a>" in signed_in(people[who]).get("/").content.decode()
    }
    assert shown == {"reviewer", "rules_editor", "administrator"}
    page = signed_in(people["recruiter"]).get("/").content.decode()
    for name in ("admin:decisions_decision_changelist", "admin:report_outcomes"):
        assert f'href="{reverse(name)}"' in page


def test_what_no_form_sends_is_no_server_fault(administrator, signed_in):
    client = signed_in(administrator)
    for address, status in {
        "/admin/otp_totp/totpdevice/1/config/": 404,
        "/admin/otp_totp/totpdevice/1/qrcode/": 404,
        "/admin/auth/group/1/change/?_to_field=nothing": 400,
        "/admin/rates/conversionfact/1/delete/?_to_field=q": 400,
    }.items():
        assert client.get(address).status_code == status, address
