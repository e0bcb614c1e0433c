"""From a text to a brief in a real browser: clicks and screens counted, at every width, by axe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft
from tests.accessible import told, violations
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PICTURES = os.environ.get("WALK_PICTURES", "")
"""A folder for a picture of each step, for people to look at."""

ROLES = {"dental": "ai_engineer", "parts": "ml_engineer", "leads": "automation_specialist"}
BRIEFS = {
    "dental": (
        "We run eleven dental practices. An assistant on the phone should answer patients, find out what"
        " they need, check the diary and book or move the appointment on its own. We need it in daily use."
        " Nobody has tried a ready-made service. Our two developers can help. Lisbon, 55k EUR a year.",
        {"work": "agent", "evidence": "untested", "wish": "no", "app": "no", "stage": "production"},
    ),
    "parts": (
        "We make metal parts and want to predict which batches will end as scrap, from four years of machine"
        " records where each batch is marked good or scrap. A standard product was tested and measured:"
        " it was not good enough. Stuttgart, permanent, 80.000 EUR im Jahr.",
        {"work": "predict", "evidence": "failed", "data": "labelled", "wish": "no"},
    ),
    "leads": (
        "Our agency wants leads from the website form moved into HubSpot and a note posted in Slack,"
        " set up in Zapier or Make, without a new screen. Freelancer, three weeks, $3,000 for everything.",
        {"work": "connect", "platform": "no_code", "app": "no", "wish": "no"},
    ),
}


class Walker:
    """A person with a mouse: counts what she presses and how many screens she sees."""

    def __init__(self, page, base: str) -> None:
        self.page, self.base, self.clicks, self.screens = page, base, 0, 0

    def press(self, selector: str) -> None:
        """Press something."""
        self.page.locator(selector).first.click()
        self.clicks += 1

    def leave(self, selector: str) -> None:
        """Press something that leads to the next screen."""
        with self.page.expect_navigation():
            self.press(selector)

    def go(self) -> None:
        """Press the step's own button and see the next screen."""
        self.leave("form#intake .btn-primary")
        self.seen()

    def seen(self) -> None:
        """Look at a screen: nothing on it offends axe, nothing is wider than it."""
        self.page.wait_for_load_state()
        self.screens += 1
        if PICTURES:
            name = f"{self.screens:02}-{self.page.url.rstrip('/').rsplit('/', 1)[-1]}"
            for width in (360, 768, 1440):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
            self.page.set_viewport_size({"width": 1280, "height": 900})
        found = violations(self.page, **RULES)
        assert not found, told(found)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def walked(page, base: str, text: str, replies: dict[str, str]) -> Walker:
    """From the empty page to the brief."""
    walker = Walker(page, base)
    page.goto(f"{base}/new/")
    walker.seen()
    page.fill("[name=description]", text)
    page.fill("[name=project]", "A project")
    walker.go()
    walker.go()
    while "/questions/" in page.url:
        name = page.get_attribute("[name=question]", "value")
        if name in replies:
            walker.press(f"[name={name}][value={replies[name]}]")
            walker.go()
        else:
            walker.leave("[name=dont_know]")
            walker.seen()
    if "/terms/" in page.url:
        walker.go()
    assert "/make/" in page.url
    walker.press("form#intake .btn-primary")
    page.wait_for_url("**/decisions/**")
    return walker


@pytest.fixture
def at(signed_page, live_server, loaded, recruiter):
    """A page with the recruiter signed in."""
    page = signed_page(recruiter)
    page.set_default_timeout(10_000)
    return page


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_pasted_text_becomes_a_brief_in_few_clicks(at, live_server, brief):
    text, replies = BRIEFS[brief]
    walker = walked(at, live_server.url, text, replies)
    decision = Decision.objects.get()
    print(f"\n{brief}: {walker.clicks} clicks, {walker.screens} screens, {decision.role}")
    assert decision.answers["description"] == text
    assert walker.clicks <= 10
    assert decision.role == ROLES[brief]


def test_every_step_lives_through_a_lost_session(at, live_server, recruiter):
    at.goto(f"{live_server.url}/new/")

    def signed_out_and_in() -> None:
        at.context.clear_cookies(name="sessionid")
        with at.expect_navigation():
            at.click("form#intake .btn-primary")
        at.fill("[name=username]", "rita")
        at.fill("[name=password]", PASSWORD)
        with at.expect_navigation():
            at.click("text=Sign in and go on")

    at.fill("[name=description]", BRIEFS["leads"][0])
    signed_out_and_in()
    assert at.url.endswith("/check/")
    assert Draft.objects.get().fields["description"] == BRIEFS["leads"][0]
    signed_out_and_in()
    if "/questions/" in at.url:
        at.locator("[type=radio]").first.check()
        signed_out_and_in()
    at.goto(at.url.rsplit("/", 2)[0] + "/terms/")
    at.fill("[name=budget]", "$4,000 for everything")
    signed_out_and_in()
    assert Draft.objects.get().fields["budget"]["amount"] == "$4,000 for everything"
    at.goto(at.url.rsplit("/", 2)[0] + "/make/")
    at.fill("[name=client]", "Kept Ltd")
    signed_out_and_in()
    assert Decision.objects.get().client == "Kept Ltd"


def test_typing_is_kept_without_pressing_anything(at, live_server):
    at.goto(f"{live_server.url}/new/")
    at.fill("[name=description]", "Half a thought")
    at.goto(f"{live_server.url}/")
    at.wait_for_timeout(300)
    assert Draft.objects.get().fields["description"] == "Half a thought"


def test_steps_by_keyboard_alone(at, live_server):
    at.goto(f"{live_server.url}/new/")
    at.focus("[name=description]")
    at.keyboard.type("Move leads from a form to Slack with Zapier.")
    for _step in range(12):
        if "/make/" in at.url:
            break
        for _press in range(80):
            if at.evaluate("document.activeElement.matches('form#intake .btn-primary')"):
                break
            at.keyboard.press("Tab")
            if (
                at.evaluate("document.activeElement.matches('[type=radio]:not(:checked)')")
                and "/questions/" in at.url
            ):
                at.keyboard.press("Space")
        with at.expect_navigation():
            at.keyboard.press("Enter")
    assert "/make/" in at.url
