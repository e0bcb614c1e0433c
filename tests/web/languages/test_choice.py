"""Choosing a language: from the menu, before signing in, and kept wherever a person signs in."""

from __future__ import annotations

from django.urls import reverse

from tests.fixtures_pages import signed

SIGN_IN = "/accounts/login/"


def chosen(client, language, **fields):
    return client.post(reverse("language"), {"language": language, "next": "/", **fields})


def test_a_chosen_language_is_kept_with_the_account_and_used_on_every_device(loaded, recruiter):
    at_home = signed(recruiter)
    assert chosen(at_home, "de").url == "/"
    recruiter.refresh_from_db()
    assert recruiter.language == "de"
    page = signed(recruiter).get("/").content.decode()
    assert '<html lang="de"' in page
    assert "Noch keine Entscheidung" in page


def test_the_account_goes_before_the_browser(loaded, recruiter):
    client = signed(recruiter)
    page = client.get("/", headers={"Accept-Language": "de"})
    assert 'lang="de"' in page.content.decode()
    chosen(client, "en")
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "de"}).content.decode()


def test_a_colleague_in_the_same_browser_reads_in_her_own_language(loaded, recruiter, colleague):
    client = signed(recruiter)
    chosen(client, "de")
    colleague.language = "en"
    colleague.save()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    assert '<html lang="en"' in client.get("/").content.decode()


def test_before_signing_in_a_cookie_keeps_the_choice(client, db):
    assert "Anmelden" not in client.get(SIGN_IN).content.decode()
    assert chosen(client, "de", next=SIGN_IN).url == SIGN_IN
    assert "Anmelden" in client.get(SIGN_IN).content.decode()


def test_an_unknown_language_changes_nothing(loaded, recruiter):
    client = signed(recruiter)
    answer = chosen(client, "tlh")
    recruiter.refresh_from_db()
    assert (answer.status_code, recruiter.language) == (302, "")
    assert "django_language" not in client.cookies


def test_no_way_back_leads_out_of_the_site(client, db):
    assert chosen(client, "de", next="https://example.org/").url == reverse("decisions")


def test_the_menu_names_each_language_in_itself(loaded, recruiter):
    page = signed(recruiter).get("/").content.decode()
    assert '<button name="language" value="de" lang="de" aria-pressed="false">Deutsch</button>' in page
    assert '<button name="language" value="en" lang="en" aria-pressed="true">English</button>' in page
