"""Drafts: saved as she goes, resumed anywhere, never overwritten silently, nobody else's."""

from __future__ import annotations

import html
import re
import uuid

import pytest

from rolematcher.briefs.content import content_of
from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft


def keep(client, key, form, **changed):
    return client.post(f"/drafts/{key}/keep/", {**form, "key": key, **changed})


def seen_in(answer) -> str:
    return re.search(r'id="seen" value="(\d+)"', answer.content.decode())[1]


def test_first_change_makes_a_draft_and_its_address(ana, fields, recruiter):
    form = fields()
    answer = keep(ana, form["key"], form)
    draft = Draft.objects.get()
    assert (str(draft.public_id), draft.owner) == (form["key"], recruiter)
    assert answer["HX-Replace-Url"] == f"/drafts/{draft.public_id}/"
    assert "saved" in answer.content.decode()


def test_looking_at_the_form_makes_no_draft(ana):
    ana.get("/new/")
    assert not Draft.objects.exists()


def test_a_draft_keeps_even_what_is_wrong(ana, fields):
    form = fields(budget_amount="lots", description="x" * 6_000)
    keep(ana, form["key"], form)
    page = ana.get(f"/drafts/{form['key']}/").content.decode()
    assert 'value="lots"' in page
    assert "x" * 6_000 in page


def test_a_draft_survives_signing_out(ana, fields, recruiter, signed):
    form = fields(project="Half done")
    keep(ana, form["key"], form)
    ana.post("/accounts/logout/")
    again = signed(recruiter)
    assert "Half done" in again.get("/").content.decode()
    assert 'value="Half done"' in again.get(f"/drafts/{form['key']}/").content.decode()


def test_saving_again_counts_on(ana, fields):
    form = fields()
    seen = seen_in(keep(ana, form["key"], form))
    assert seen_in(keep(ana, form["key"], form, work="predict", seen=seen)) == str(int(seen) + 1)
    assert Draft.objects.get().fields["work"] == "predict"


def test_a_second_tab_is_told_and_nothing_is_overwritten(ana, fields):
    form = fields()
    seen = seen_in(keep(ana, form["key"], form, tab="one"))
    keep(ana, form["key"], form, tab="two", seen=seen, work="agent")
    answer = keep(ana, form["key"], form, tab="one", seen=seen, work="predict")
    assert "Another tab saved this draft" in answer.content.decode()
    assert Draft.objects.get().fields["work"] == "agent"


def test_the_second_tab_may_keep_its_own_after_reading_the_warning(ana, fields):
    form = fields()
    seen = seen_in(keep(ana, form["key"], form, tab="one"))
    keep(ana, form["key"], form, tab="two", seen=seen, work="agent")
    keep(ana, form["key"], form, tab="one", seen=seen, work="predict", overwrite="yes")
    assert Draft.objects.get().fields["work"] == "predict"


def test_a_lost_answer_does_not_count_as_another_tab(ana, fields):
    form = fields()
    keep(ana, form["key"], form)
    answer = keep(ana, form["key"], form, work="agent", seen="0")
    assert "Another tab" not in answer.content.decode()
    assert Draft.objects.get().fields["work"] == "agent"


def test_too_much_text_is_not_saved_and_said(ana, fields):
    form = fields(description="y" * 70_000)
    assert "Not saved" in keep(ana, form["key"], form).content.decode()
    assert not Draft.objects.exists()


def test_a_draft_belongs_to_her_alone(ana, fields, colleague, stranger, reviewer, signed):
    form = fields()
    keep(ana, form["key"], form)
    for other in (colleague, stranger, reviewer):
        client = signed(other)
        assert client.get(f"/drafts/{form['key']}/").status_code == 404
        assert client.post(f"/drafts/{form['key']}/throw-away/").status_code == 404
        assert "thrown away elsewhere" in keep(client, form["key"], form, work="agent").content.decode()
    assert Draft.objects.get().fields["work"] == "language"


def test_a_thrown_away_draft_is_gone(ana, fields):
    form = fields()
    keep(ana, form["key"], form)
    ana.post(f"/drafts/{form['key']}/throw-away/")
    assert ana.get(f"/drafts/{form['key']}/").status_code == 404


def test_a_draft_that_became_a_brief_leads_to_it(ana, fields):
    form = fields()
    keep(ana, form["key"], form)
    ana.post("/new/", form)
    decision = Decision.objects.get()
    assert ana.get(f"/drafts/{form['key']}/")["Location"] == decision.get_absolute_url()
    assert "Begun, not made yet" not in ana.get("/").content.decode()


def panel(browser, /, **form) -> str:
    key = str(uuid.uuid4())
    return html.unescape(
        browser.post(f"/drafts/{key}/keep/", {**form, "key": key, "seen": "0"}).content.decode()
    )


def test_panel_says_firm_once_no_open_answer_can_change_the_role(ana, fields):
    assert "Firm: you can stop here" in panel(ana, **fields())


def test_panel_shows_the_leaning_role_and_the_next_question(ana):
    said = panel(ana, work="language")
    assert "leaning" in said
    assert "Next worth knowing" in said
    assert "Leaning: AI engineer" in said


def test_panel_rules_roles_out(ana, fields):
    assert panel(ana, **fields()).count("ruled out") == 2


def test_panel_shows_the_rate_once_there_is_a_place(ana, fields):
    assert "United States" in panel(ana, **fields(place="US", engagement="permanent"))
    assert "United States" not in panel(ana, **fields(engagement="permanent"))


def test_panel_counts_the_sources_of_a_rate_as_the_brief_does(ana, fields):
    asked = fields(place="US", engagement="permanent")
    ana.post("/new/", asked)
    rests_on = re.search(r"\d+ sources", content_of(Decision.objects.get()).rates.own.rests_on)[0]
    assert f"· {rests_on}<" in panel(ana, **asked)


def test_panel_echoes_the_budget_in_words(ana, fields):
    money = {"budget_amount": "120,000", "budget_currency": "USD", "budget_per": "year", "budget_kind": "pay"}
    assert "USD\u00a0120,000 a year, pay only" in panel(ana, **fields(**money))


def test_panel_points_out_answers_that_disagree(ana):
    said = panel(ana, work="connect", wish="scratch", evidence="untested")
    assert "Two answers disagree" in said
    assert "needs no model of your own" in said


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"evidence": "buy", "wish": "finetune"}, "A product does it as it is, yet"),
        ({"evidence": "ok", "wish": "scratch"}, "A ready-made service was good enough, yet"),
        (
            {"wish": "scratch", "data": "none", "evidence": "untested"},
            "there are no examples it could learn from",
        ),
        ({"keeper": "team", "team": ["nobody"]}, "yet nobody on it could build such a thing"),
    ],
)
def test_contradictions_are_said_and_never_refused(ana, fields, answers, sentence):
    form = fields(**answers)
    assert sentence in panel(ana, **form)
    assert ana.post("/new/", form).status_code == 303


def test_panel_works_on_what_is_right_while_something_is_wrong(ana, fields):
    said = panel(
        ana, **fields(budget_amount="12x", budget_currency="USD", budget_per="year", budget_kind="pay")
    )
    assert "Firm: you can stop here" in said
    assert "is not an amount" in said
