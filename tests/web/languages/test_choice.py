"""Choosing a language: from the menu, before signing in, and kept wherever a person signs in."""

from __future__ import annotations

from django.urls import reverse

from tests.fixtures_pages import signed

SIGN_IN = "/accounts/login/"


def chosen(client, language, **fields):
    return client.post(reverse("language"), {"language": language, "next": "/", **fields})


def test_a_chosen_language_is_kept_with_the_account_and_used_on_every_device(loaded, recruiter):
    assert chosen(signed(recruiter), "de").url == "/"
    page = signed(recruiter).get("/").content.decode()
    assert '<html lang="de"' in page
    assert "Noch keine Entscheidung" in page
    assert '<button name="language" value="de" lang="de" aria-pressed="true">Deutsch</button>' in page
    assert '<button name="language" value="en" lang="en" aria-pressed="false">English</button>' in page


def test_the_account_goes_before_the_browser_and_its_cookie(loaded, recruiter, colleague):
    client = signed(recruiter)
    assert '<html lang="de"' in client.get("/", headers={"Accept-Language": "de"}).content.decode()
    chosen(client, "en")
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "de"}).content.decode()
    colleague.language = "de"
    colleague.save()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    assert '<html lang="de"' in client.get("/").content.decode(), "in the same browser"


def test_before_signing_in_a_cookie_keeps_the_choice_and_no_way_back_leads_out_of_the_site(client, db):
    assert "Anmelden" not in client.get(SIGN_IN).content.decode()
    assert chosen(client, "de", next=SIGN_IN).url == SIGN_IN
    assert "Anmelden" in client.get(SIGN_IN).content.decode()
    assert chosen(client, "de", next="https://example.org/").url == reverse("decisions")


def test_an_unknown_language_changes_nothing(loaded, recruiter):
    client = signed(recruiter)
    answer = chosen(client, "tlh")
    recruiter.refresh_from_db()
    assert (answer.status_code, recruiter.language) == (302, "")
    assert "django_language" not in client.cookies
