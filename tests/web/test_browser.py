"""The main job and its helpers in a real browser, by keyboard where it says so, the console silent."""

from __future__ import annotations

import re

import pytest

from rolematcher.briefs.models import Brief
from rolematcher.briefs.tasks import brief_make
from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft
from tests.accessible import told, violations
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = "#save-state:text-matches('^saved \\\\d')"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def at(signed_page, live_server, loaded, recruiter):
    """A page at which the recruiter has signed in; every request it makes goes to our own host."""
    page = signed_page(recruiter)
    strangers: list[str] = []
    page.on("request", lambda sent: None if _own(sent.url, live_server.url) else strangers.append(sent.url))
    page.base = live_server.url
    page.set_default_timeout(15_000)
    page.goto(f"{page.base}/")
    yield page
    assert not strangers


def _own(address: str, host: str) -> bool:
    return address.startswith((host, "data:"))


def accessible(page) -> None:
    """No rule of axe is violated on the page as it is."""
    found = violations(page, **RULES)
    assert not found, told(found)


def pick(page, **answers: str) -> None:
    for name, value in answers.items():
        page.check(f"[name={name}][value={value}]")


FIRM = {"work": "language", "evidence": "untested", "team": "developers", "data": "none"}
FIRM |= {"wish": "no", "app": "yes", "platform": "code", "stage": "prototype"}


def settled(page) -> None:
    page.wait_for_selector("text=Firm: you can stop here")
    page.wait_for_selector(SAVED)


def test_main_job_by_keyboard_alone(at):
    page = at

    def tab_to(selector: str, most: int = 200) -> None:
        for _press in range(most):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    tab_to("a.skip")
    page.keyboard.press("Enter")
    tab_to("a[href='/new/'].btn")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{page.base}/new/")
    tab_to("[name=project]")
    page.keyboard.type("Typed by hand")
    tab_to("[name=work]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to("[name=evidence]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to("[name=team][value=developers]")
    page.keyboard.press("Space")
    for name, presses in (("data", 3), ("wish", 1), ("app", 1), ("platform", 2), ("stage", 1)):
        tab_to(f"[name={name}]")
        for _press in range(presses):
            page.keyboard.press("ArrowDown")
    page.wait_for_selector("#so-far-body :text('leaning'), #so-far-body :text('settled')")
    tab_to("form#intake .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1.recommendation")
    decision = Decision.objects.get()
    assert decision.project == "Typed by hand"
    brief_make(Brief.objects.get().pk)
    page.wait_for_selector("text=Download PDF >> visible=true")
    tab_to("#brief-state a")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")


def test_panel_follows_each_answer_and_says_when_to_stop(at):
    at.goto(f"{at.base}/new/")
    pick(at, work="language")
    at.wait_for_selector("#so-far-body :text('leaning')")
    assert "Next worth knowing" in at.inner_text("#so-far-body")
    pick(at, **FIRM)
    settled(at)
    assert at.inner_text("#said") == "Firm: AI engineer. You can stop here."
    at.select_option("[name=place]", "US")
    pick(at, engagement="permanent")
    at.wait_for_selector("#so-far-body :text('a year')")


def test_every_kind_of_answer_reaches_the_decision(at):
    at.goto(f"{at.base}/new/")
    pick(at, **FIRM, remote="yes", engagement="contract", lasts="one_off", keeper="team", harm="costly")
    at.fill("[name=client]", "Müller & Søn <Ltd>")
    at.fill("[name=project]", "مشروع 你好 🎯")
    at.fill("[name=team_hours]", "12")
    at.select_option("[name=place]", "DE")
    at.fill("[name=budget_amount]", "45,50".replace(",", "."))
    at.select_option("[name=budget_currency]", "EUR")
    at.select_option("[name=budget_per]", "hour")
    at.select_option("[name=budget_kind]", "total")
    at.fill("[name=needed_by]", "2027-03-01")
    at.fill("[name=hours_a_week]", "30")
    at.fill("[name=weeks]", "6")
    at.fill("[name=musts]", "Python\nRAG")
    at.fill("[name=success]", "It answers\nIt is used")
    at.wait_for_selector("#hint-budget:has-text('EUR 45.50 an hour')")
    at.click("text=Make the brief")
    at.wait_for_selector("h1.recommendation")
    answers = Decision.objects.get().answers
    assert answers["client"] == "Müller & Søn <Ltd>"
    assert answers["project"] == "مشروع 你好 🎯"
    assert answers["team"] == ["developers"]
    assert answers["team_hours"] == 12
    assert answers["budget"] == {"amount": "45.50", "currency": "EUR", "per": "hour", "kind": "total"}
    assert answers["timeline"] == {
        "needed_by": "2027-03-01",
        "lasts": "one_off",
        "hours_a_week": 30,
        "weeks": 6,
    }
    assert (answers["place"], answers["remote"], answers["keeper"]) == ("DE", "yes", "team")
    assert (answers["musts"], answers["success"]) == (["Python", "RAG"], ["It answers", "It is used"])


def test_faults_get_the_focus_and_lead_to_their_fields(at):
    at.goto(f"{at.base}/new/")
    at.fill("[name=budget_amount]", "45.000")
    at.fill("[name=musts]", "a\nb\nc\nd\ne\nf")
    at.click("text=Make the brief")
    at.wait_for_selector("#error-summary")
    assert at.evaluate("document.activeElement.id") == "error-summary"
    assert at.locator("#error-summary li").count() == 2
    at.click("#error-summary a >> nth=0")
    assert at.evaluate("document.activeElement.id") == "id_budget_amount"
    assert at.input_value("[name=musts]") == "a\nb\nc\nd\ne\nf"
    accessible(at)


def test_nobody_excludes_the_others_on_the_team(at):
    at.goto(f"{at.base}/new/")
    pick(at, team="developers")
    pick(at, team="nobody")
    assert not at.is_checked("[name=team][value=developers]")


def test_a_double_click_makes_one_brief(at):
    at.goto(f"{at.base}/new/")
    pick(at, work="connect")
    at.dblclick("text=Make the brief")
    at.wait_for_selector("h1.recommendation")
    assert Decision.objects.count() == 1


def test_draft_is_resumed_from_the_list(at):
    at.goto(f"{at.base}/new/")
    at.fill("[name=project]", "Half done")
    pick(at, work="agent")
    at.wait_for_selector(SAVED)
    at.wait_for_url(re.compile(r"/drafts/"))
    at.goto(f"{at.base}/")
    at.click("text=Half done")
    assert at.is_checked("[name=work][value=agent]")


def test_a_form_goes_on_after_signing_out_and_in_again_in_another_tab(at):
    at.clock.install()
    at.goto(f"{at.base}/new/")
    pick(at, work="language")
    at.wait_for_selector(SAVED)
    other = at.context.new_page()
    other.goto(f"{at.base}/")
    other.click("summary:has-text('Rita Moreno')")
    other.click("text=Sign out")
    other.wait_for_selector("[name=password]")
    pick(at, app="yes")
    at.wait_for_selector("#save-state:has-text('you are signed out')")
    assert at.is_visible("#intake")
    other.fill("[name=username]", "rita")
    other.fill("[name=password]", PASSWORD)
    other.click("main button")
    other.wait_for_url(f"{at.base}/")
    at.clock.fast_forward(5_000)  # it tries again by itself
    at.wait_for_selector(SAVED)
    assert Draft.objects.get().fields["app"] == "yes"


def test_two_tabs_do_not_overwrite_each_other(at):
    at.goto(f"{at.base}/new/")
    pick(at, work="language")
    at.wait_for_url(re.compile(r"/drafts/"))
    other = at.context.new_page()
    other.goto(at.url)
    pick(other, work="agent")
    other.wait_for_selector("#so-far-body")
    other.wait_for_selector("#seen[value='2']", state="attached")
    pick(at, work="predict")
    at.wait_for_selector("text=Another tab saved this draft")
    assert Draft.objects.get().fields["work"] == "agent"
    at.click("text=Keep this one")
    at.wait_for_selector(SAVED)
    assert Draft.objects.get().fields["work"] == "predict"


def test_accepting_a_suggestion_answers_the_question(at):
    at.goto(f"{at.base}/new/")
    at.fill("[name=description]", "We need a chatbot that answers questions from our documents.")
    at.click("#suggest-work [data-accept]")
    assert at.is_checked("[name=work][value=language]")
    assert at.evaluate("document.activeElement.name") == "work"
    at.wait_for_selector("#suggest-work:empty", state="attached")


def test_the_managers_answer_comes_back(at, chromium):
    at.goto(f"{at.base}/new/")
    pick(at, work="language")
    at.click("text=Ask the hiring manager")
    accessible(at)
    at.click("text=Make a link for the manager")
    message = at.input_value("#new-message")
    accessible(at)
    visitor = chromium.new_context().new_page()
    visitor.goto(re.search(r"http\S+/m/\S+", message)[0])
    accessible(visitor)
    visitor.check("[name=evidence][value=buy]")
    visitor.click("text=Send the answers")
    visitor.wait_for_selector("h1:has-text('Thank you')")
    visitor.context.close()
    at.reload()
    at.wait_for_selector("text=The manager replied")
    accessible(at)
    at.click("text=Take over what is ticked")
    at.wait_for_selector("#intake")
    assert at.is_checked("[name=evidence][value=buy]")


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(
        recruiter,
        project="Support chatbot",
        client="A very long name without any end " * 5,
        place="US",
        engagement="permanent",
        budget={"amount": "120000", "currency": "USD", "per": "year", "kind": "pay"},
        **{**FIRM, "team": ["developers"]},
    )


def test_what_if_compares_and_keeps_a_version(at, decision):
    at.goto(f"{at.base}{decision.get_absolute_url()}what-if/")
    pick(at, work="predict", data="labelled")
    at.wait_for_selector("#so-far-body b:has-text('ML engineer')")
    accessible(at)
    at.click("text=Keep as a new version")
    at.wait_for_selector("h1.recommendation")
    assert Decision.objects.order_by("-id").first().version == 2
    at.click("text=What changed in version 2")
    accessible(at)


def test_a_share_link_opens_without_an_account(at, decision, chromium):
    at.goto(f"{at.base}{decision.get_absolute_url()}")
    at.fill("#share [name=label]", "The client")
    at.click("text=Make the link")
    address = at.input_value("#new-link")
    visitor = chromium.new_context().new_page()
    visitor.goto(address)
    assert "Support chatbot" in visitor.inner_text("main")
    accessible(visitor)
    for brief in Brief.objects.all():
        brief_make(brief.pk)
    visitor.wait_for_selector("#brief-state a")
    with visitor.expect_download() as download:
        visitor.click("#brief-state a")
    assert download.value.suggested_filename.endswith("-client.pdf")
    visitor.context.close()
    at.reload()
    assert "opened 2 times" in at.inner_text("#share")


def test_the_pdf_shows_its_progress_without_a_reload(at, decision):
    at.goto(f"{at.base}{decision.get_absolute_url()}")
    assert "next in line" in at.inner_text("#brief-state")
    accessible(at)
    brief_make(Brief.objects.get().pk)
    at.wait_for_selector("#brief-state a:has-text('Download PDF')")


@pytest.fixture
def places(decision) -> list[str]:
    """One address of every page for somebody signed in, with a long right-to-left draft among them."""
    fields = {"project": "وصف طويل للمشروع " * 8, "client": "x" * 180, "work": "agent"}
    draft = Draft.objects.create(owner=decision.owner, fields=fields)
    brief_make(Brief.objects.get().pk)
    Brief.objects.update(missing_glyphs=True)
    brief = decision.get_absolute_url()
    pages = [
        "/",
        "/new/",
        f"/drafts/{draft.public_id}/",
        f"/drafts/{draft.public_id}/ask/",
    ]
    return [
        *pages,
        "/?q=nothingatall&sort=oldest",
        brief,
        f"{brief}what-if/",
        "/accounts/password_change/",
        "/nowhere/",
    ]


@pytest.mark.parametrize(("width", "colours", "others"), [(360, "light", ()), (1280, "dark", (1440, 768))])
def test_every_page_is_accessible_and_no_wider_than_its_window(at, places, width, colours, others):
    at.emulate_media(color_scheme=colours)
    for place in places:
        at.set_viewport_size({"width": width, "height": 900})
        at.goto(f"{at.base}{place}")
        accessible(at)
        for wide in (width, *others):
            at.set_viewport_size({"width": wide, "height": 900})
            assert at.evaluate("document.documentElement.scrollWidth") <= wide, place


def test_sign_in_pages_are_accessible(page, live_server, loaded):
    for place in ("/accounts/login/", "/accounts/password_reset/", "/m/nothing/", "/s/nothing/"):
        page.goto(f"{live_server.url}{place}")
        accessible(page)
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("main button")
    page.wait_for_selector("#error-summary")
    accessible(page)


def test_the_chosen_colours_stay(at):
    at.click("summary:has-text('Rita Moreno')")
    at.click("button:has-text('Dark')")
    assert at.get_attribute("html", "data-theme") == "dark"
    at.goto(f"{at.base}/new/")
    assert at.get_attribute("html", "data-theme") == "dark"
