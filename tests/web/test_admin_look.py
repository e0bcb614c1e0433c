"""Every admin page in a browser: the content policy holds, nothing breaks the layout, axe finds nothing."""

from __future__ import annotations

import pytest

from rolematcher.decisions.follow_up import outcome_record
from rolematcher.decisions.override import decision_override
from rolematcher.editions.services import edition_draft, edition_save
from rolematcher.intake.models import StartingPoint
from rolematcher.rates.models import ConversionFact, RateObservation
from tests.accessible import told, violations
from tests.fixtures_admin import CHATBOT, CHURN
from tests.fixtures_rows import OTHERWISE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Zusammenarbeitsvereinbarungsgesellschaft" * 4

PAGES = (
    "/admin/",
    "/admin/decisions/decision/",
    "/admin/decisions/decision/?role__exact=ml_engineer&q=churn",
    "/admin/decisions/decision/{decision}/change/",
    "/admin/editions/edition/",
    "/admin/editions/edition/{draft}/change/",
    "/admin/editions/edition/{draft}/compare/",
    "/admin/editions/{draft}/replay/",
    "/admin/editions/edition/{draft}/publish/",
    "/admin/editions/edition/{edition}/change/",
    "/admin/reports/overrides/",
    "/admin/reports/outcomes/",
    "/admin/clients/?name=Acme",
    "/admin/accounts/auditevent/",
    "/admin/briefs/brief/",
    "/admin/intake/startingpoint/add/",
    "/admin/intake/startingpoint/{start}/change/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/{user}/change/",
    "/admin/accounts/user/{user}/password/",
    "/admin/auth/group/{group}/change/",
    "/admin/accounts/team/{team}/change/",
    "/admin/rates/rateobservation/",
    "/admin/rates/rateobservation/coverage/",
    "/admin/rates/rateobservation/import/",
    "/admin/rates/rateobservation/add/",
    "/admin/rates/rateobservation/{observation}/change/",
    "/admin/rates/rateobservation/{observation}/history/",
    "/admin/rates/rateobservation/{observation}/delete/",
    "/admin/rates/conversionfact/{fact}/change/",
    "/admin/rates/exchangerate/add/",
)
SOME = ("/admin/", "/admin/decisions/decision/", "/change/", "/coverage/", "/outcomes/")
FAST = [path for path in PAGES if path in SOME[:2] or path.endswith(SOME[2:])]

# How wide, in which colours, and the pages that axe looks at so.
SOME_LOOKS = ((1440, "light", FAST[::2]), (768, "light", ()), (360, "dark", FAST[1::2]))
ALL_LOOKS = tuple((width, theme, PAGES) for width in (1440, 360) for theme in ("light", "dark"))


@pytest.fixture
def numbers(decision_of, recruiter, administrator, text):
    """Something on every page, with one client whose name is very long."""
    decision = decision_of(
        recruiter, **CHURN, client=LONG[:200], project=LONG[:200], description=f"churn {LONG}"
    )
    other = decision_of(recruiter, **CHATBOT, client="Acme", place="US", engagement_type="permanent")
    decision_override(
        other,
        user=administrator,
        seen=0,
        **OTHERWISE | {"reason": LONG, "agreed_with": LONG[:200]},
    )
    outcome_record(decision, user=administrator, right_role="yes", note=LONG, days_to_fill=30)
    draft = edition_draft(administrator)
    edition_save(
        draft, user=administrator, text=text.replace('work = "connect"', 'work = "conect"', 1), seen=1
    )
    return {
        "decision": decision.pk,
        "draft": draft.pk,
        "edition": decision.edition_id,
        "user": recruiter.pk,
        "team": recruiter.team_id,
        "group": recruiter.groups.get().pk,
        "start": StartingPoint.objects.first().pk,
        "observation": RateObservation.objects.first().pk,
        "fact": ConversionFact.objects.first().pk,
    }


@pytest.fixture
def opened(signed_page, live_server, administrator, numbers):
    """Open a page of the admin, signed in."""
    page = signed_page(administrator)

    def go(path: str):
        answer = page.goto(live_server.url + path.format(**numbers))
        assert answer.status == 200, path
        return page

    return go


@pytest.mark.parametrize("looks", [SOME_LOOKS, pytest.param(ALL_LOOKS, marks=pytest.mark.slow)])
def test_no_page_is_wider_than_its_window_and_axe_finds_nothing(opened, page, looks):
    wide, found = {}, {}
    for path in PAGES:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")
        opened(path)
        for width, theme, axed in looks:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                wide[path, width] = over
            box = page.locator("#searchbar")
            if box.count() and box.bounding_box()["width"] < 150:
                wide[path, width] = "no room to search"
            if path in axed:
                opened(path)  # anew: after a change of theme the colours are on their way for a moment
                # Without preload: to read an imported sheet axe would write a style, which the policy blocks.
                if faults := violations(page, preload=False):
                    found[path, width, theme] = told(faults)
    assert (wide, found) == ({}, {})


def test_a_fault_leads_to_its_line_and_saving_cures_it(opened, page):
    opened("/admin/editions/edition/{draft}/change/")
    link = page.locator("[data-line]").first
    line = int(link.get_attribute("data-line"))
    assert page.locator(".gutter .fault").first.inner_text() == str(line)
    link.click()
    chosen = page.evaluate(
        "(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.querySelector('#text'))"
    )
    assert "conect" in chosen
    page.keyboard.insert_text(chosen.replace("conect", "connect"))
    page.keyboard.press("Control+s")
    page.wait_for_selector(".faults.fine")
    assert page.locator(".gutter .fault").count() == 0


def test_the_whole_filtered_list_can_be_ticked_and_exported(opened, page):
    opened("/admin/decisions/decision/")
    page.check("#action-toggle")
    page.select_option("select[name=action]", "export_as_csv")
    with page.expect_download() as download:
        page.click("button[name=index]")
    assert download.value.suggested_filename.endswith(".csv")
