"""From a text to a brief in a real browser: clicks and screens counted, by keyboard."""

from __future__ import annotations

import pytest

from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft
from tests.accessible import told, violations

from .texts import BRIEFS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 768, 1440)
BUTTON = "form#intake .btn-primary"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Walker:
    """A person with a mouse: counts what she presses and how many screens she sees."""

    def __init__(self, page, base: str, *, looks: bool = False) -> None:
        self.page, self.base, self.looks, self.clicks, self.screens = page, base, looks, 0, 0

    def press(self, selector: str) -> None:
        """Press something."""
        self.page.locator(selector).first.click()
        self.clicks += 1

    def go(self) -> None:
        """Press the step's own button and see the next screen."""
        with self.page.expect_navigation():
            self.press(BUTTON)
        self.seen()

    def answer(self, replies: dict[str, str]) -> None:
        """Answer what is asked, one after the other as they appear; "not sure" where she does not know."""
        done: set[str] = set()
        while left := [one for one in asked_now(self.page) if one not in done]:
            known = self.page.input_value("#seen")
            self.press(f"#questions [name={left[0]}][value={replies.get(left[0], 'unsure')}]")
            self.page.wait_for_function("known => document.getElementById('seen').value !== known", arg=known)
            self.page.wait_for_selector("#further[data-arranged]", state="attached")
            done.add(left[0])

    def seen(self) -> None:
        """Look at a screen: nothing on it offends axe, is wider than it, or lies beneath the button."""
        self.page.wait_for_load_state()
        self.screens += 1
        if not self.looks:
            return
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 740})
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(HIDDEN_BENEATH) == []
        self.page.set_viewport_size({"width": 1280, "height": 900})
        found = violations(self.page, **RULES)
        assert not found, told(found)


HIDDEN_BENEATH = """() => [...document.querySelectorAll("#intake :is(input, select, textarea)")]
    .filter(field => field.type !== "hidden").filter(field => {
        field.focus();
        const box = field.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 40));
        return !top || top.closest(".submit-line") !== null;
    }).map(field => field.name)"""
"""The fields that the button covers while they have the focus."""


def asked_now(page) -> list[str]:
    """The questions on the screen, in order."""
    return page.eval_on_selector_all("#questions [name=ids]", "all => all.map(one => one.value)")


def walked(walker: Walker, text: str, replies: dict[str, str]) -> None:
    """From the empty page to the brief."""
    page = walker.page
    page.goto(f"{walker.base}/new/")
    walker.seen()
    page.fill("[name=description]", text)
    page.fill("[name=project]", "A project")
    walker.go()
    walker.go()
    while "/questions/" in page.url:
        walker.answer(replies)
        walker.go()
    if "/terms/" in page.url:
        walker.go()
    assert "/make/" in page.url
    walker.press(BUTTON)
    page.wait_for_url("**/decisions/**")


@pytest.fixture
def at(signed_page, live_server, loaded, recruiter):
    """A page with the recruiter signed in."""
    page = signed_page(recruiter)
    page.set_default_timeout(20_000)
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def draft_at(at, live_server, recruiter):
    """`draft_at("terms", work="language")`: the page at a step of a draft with these answers."""

    def open_step(step: str, **fields) -> Draft:
        draft = Draft.objects.create(owner=recruiter, fields=fields)
        at.goto(f"{live_server.url}/drafts/{draft.public_id}/{step}/")
        return draft

    return open_step


def stored(page, draft: Draft, name: str, value) -> None:
    """Wait until the draft holds this answer."""
    for _look in range(100):
        draft.refresh_from_db()
        if draft.fields.get(name) == value:
            return
        page.wait_for_timeout(50)
    assert draft.fields.get(name) == value


def next_page(page, selector: str = BUTTON) -> None:
    """Press something that leads to another page."""
    with page.expect_navigation():
        page.click(selector)


def test_a_pasted_text_becomes_a_brief_in_ten_clicks_and_five_screens(at, live_server):
    text, replies, role = BRIEFS["dental"]
    walker = Walker(at, live_server.url, looks=True)
    walked(walker, text, replies)
    decision = Decision.objects.get()
    assert (decision.answers["description"], decision.role) == (text, role)
    assert walker.clicks <= 10
    assert walker.screens <= 5
    at.go_back()
    at.wait_for_url("**/decisions/**")
    assert Decision.objects.count() == 1


def test_signing_in_again_in_another_tab_lets_the_open_page_carry_on(at, draft_at, recruiter, signed_page):
    at.clock.install()
    draft = draft_at("questions")
    at.context.clear_cookies(name="sessionid")
    at.check("[name=work][value=predict]")
    at.wait_for_selector("#save-state:has-text('signed out')")
    signed_page(recruiter)
    at.clock.fast_forward(5_000)  # it tries again after so long
    stored(at, draft, "work", "predict")


def test_what_is_typed_outlives_leaving_and_reloading_at_once(at, draft_at, live_server):
    draft = draft_at("text", description="Old words")
    at.fill("[name=description]", "Half a thought")
    at.reload()
    stored(at, draft, "description", "Half a thought")
    at.reload()
    assert at.input_value("[name=description]") == "Half a thought"
    at.fill("[name=description]", "A whole thought")
    at.goto(f"{live_server.url}/")
    stored(at, draft, "description", "A whole thought")


def test_steps_by_keyboard_alone(at, live_server):
    at.goto(f"{live_server.url}/new/")
    at.focus("[name=description]")
    at.keyboard.type("Move leads from a form to Slack with Zapier.")
    for _step in range(12):
        if "/make/" in at.url:
            break
        for _press in range(80):
            on = at.evaluate(FOCUSED)
            if on == "button":
                break
            at.keyboard.press("Space" if on == "choice" and "/questions/" in at.url else "Tab")
        with at.expect_navigation():
            at.keyboard.press("Enter")
    assert "/make/" in at.url


FOCUSED = f"""() => document.activeElement.matches("{BUTTON}") ? "button"
    : document.activeElement.matches("[type=radio]:not(:checked)") ? "choice" : "other\""""


def test_ticks_and_choices_show_in_forced_colours(at, draft_at):
    at.emulate_media(forced_colors="active")
    draft_at("check", description=BRIEFS["dental"][0])
    box = at.locator("[name=take]").first
    box.focus()
    ticked = box.screenshot(caret="initial")
    box.uncheck()
    assert box.screenshot(caret="initial") != ticked
    draft_at("questions")
    choice = at.locator("[name=work]").first
    choice.focus()
    empty = choice.screenshot(caret="initial")
    choice.check()
    assert choice.screenshot(caret="initial") != empty
    at.emulate_media(forced_colors="none")


def test_what_was_found_is_used_and_undone_and_what_is_unsure_is_used_by_one_press(at, draft_at):
    draft = draft_at("check", description=BRIEFS["dental"][0])
    next_page(at)
    assert "/questions/" in at.url
    assert at.evaluate("scrollY") == 0
    draft.refresh_from_db()
    assert draft.fields["evidence"] == "untested"
    at.click("details.taken summary")
    assert "Nobody has tried" in at.inner_text("details.taken")
    next_page(at, "text=Undo: take none of them")
    draft.refresh_from_db()
    assert at.url.endswith("/check/")
    assert not draft.fields["evidence"]
    assert at.is_checked("[name=take][value=evidence]")
    at.uncheck("[name=take][value=evidence]")
    unsure = at.eval_on_selector_all("[name=take]:not(:checked)", "all => all.map(one => one.value)")
    next_page(at, "form#intake [name=all]")
    draft.refresh_from_db()
    assert len(unsure) > 1 and all(draft.fields[fact] for fact in unsure)


def test_what_is_typed_is_counted_and_an_amount_is_said_back(at, live_server, draft_at):
    at.goto(f"{live_server.url}/new/")
    at.fill("[name=description]", "x" * 5_200)
    assert "Too long by 200" in at.inner_text(".counter")
    at.fill("[name=description]", "Our own words")
    assert at.inner_text(".counter") == "13 / 5,000"
    draft_at("terms", work="language")
    at.fill("[name=place]", "Germany")
    at.fill("[name=budget]", "60k a year")
    at.wait_for_selector("#so-far-body:has-text('EUR 60,000 a year')")
    at.set_viewport_size({"width": 360, "height": 740})
    assert "EUR 60,000 a year" in at.inner_text("#said-back").replace("\xa0", " ")
    at.set_viewport_size({"width": 1280, "height": 900})


def test_what_if_compares_while_answers_change_and_nobody_goes_with_nothing_else(
    at, live_server, recruiter, decision_of, draft_at
):
    decision = decision_of(recruiter, work="language", evidence="untested", wish="no", app="yes")
    draft_at("all")
    nobody_goes_with_nothing_else(at)
    at.goto(f"{live_server.url}/briefs/{decision.public_id}/what-if/")
    assert "No answer differs" in at.inner_text("#so-far-body")
    nobody_goes_with_nothing_else(at)
    at.check("[name=work][value=predict]")
    at.wait_for_selector("#so-far-body .differs")
    next_page(at, "text=Keep as a new version")
    assert Decision.objects.latest("pk").version == 2


def nobody_goes_with_nothing_else(page) -> None:
    page.check("[name=team][value=developers]")
    page.check("[name=team][value=nobody]")
    assert not page.is_checked("[name=team][value=developers]")
    page.check("[name=team][value=developers]")
    assert not page.is_checked("[name=team][value=nobody]")
