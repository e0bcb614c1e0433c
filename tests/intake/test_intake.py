"""The intake form: every question on one page, faults with a cure, one brief per form, nothing typed lost."""

from __future__ import annotations

import html
import re
import uuid

import pytest

from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision
from rolematcher.editions.models import Edition
from rolematcher.editions.rulebooks import rulebook_of

LONG = ("Réunion 🎯 مرحبا بالعالم 你好，世界 — plain words too, some more of them here.\n" * 200)[:4_990]


def test_form_asks_every_question_of_the_rulebook_in_its_words(ana):
    page = html.unescape(ana.get("/new/").content.decode())
    for question in rulebook_of(Edition.objects.current()).questions:
        if question.choices and not question.worked_out:
            assert question.ask in page
            for choice in question.choices:
                assert f'name="{question.id}" value="{choice.id}"' in page


def test_form_puts_the_eight_deciding_questions_first(ana):
    page = ana.get("/new/").content.decode()
    asked = list(dict.fromkeys(re.findall(r'name="(\w+)" value="\w+" id="id_\w+_\d"', page)))
    assert asked[:8] == ["work", "evidence", "team", "data", "wish", "app", "platform", "stage"]


def test_every_technical_question_can_be_answered_not_sure(ana):
    page = ana.get("/new/").content.decode()
    for name in (
        "work",
        "evidence",
        "team",
        "data",
        "wish",
        "app",
        "platform",
        "stage",
        "sensitivity",
        "harm",
    ):
        assert f'name="{name}" value="unsure"' in page


def test_places_with_figures_stand_before_all_other_countries(ana):
    page = ana.get("/new/").content.decode()
    options = page[page.index('id="id_place"') :]
    assert 0 < options.index('value="US"') < options.index('value="DACH"') < options.index('value="FR"')


def test_the_answers_make_one_brief_and_lead_to_its_page(ana, fields, recruiter):
    answer = ana.post("/new/", fields())
    decision = Decision.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == decision.get_absolute_url()
    assert (decision.owner, decision.role, decision.course) == (recruiter, "ai_engineer", "hire")
    assert Brief.objects.get().decision == decision


def test_nothing_but_a_press_still_makes_a_brief_that_says_what_to_ask(ana):
    ana.post("/new/", {"key": str(uuid.uuid4())})
    assert Decision.objects.get().course == "ask_first"


def test_a_double_click_makes_one_brief(ana, fields):
    form = fields()
    first, second = ana.post("/new/", form), ana.post("/new/", form)
    assert first["Location"] == second["Location"]
    assert Decision.objects.count() == 1


def test_the_same_form_with_other_answers_is_refused_and_keeps_them(ana, fields):
    form = fields()
    ana.post("/new/", form)
    answer = ana.post("/new/", {**form, "work": "predict", "project": "Churn"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "This form was already sent with other answers" in page
    assert 'value="Churn"' in page
    assert Decision.objects.count() == 1


def test_refused_answers_can_become_a_new_version_of_the_brief(ana, fields):
    form = fields()
    ana.post("/new/", form)
    first = Decision.objects.get()
    refused = ana.post("/new/", {**form, "work": "predict"}).content.decode()
    key = re.search(r'name="key" value="([\w-]+)"', refused)[1]
    ana.post("/new/", {**form, "work": "predict", "key": key, "version_of": str(first.public_id)})
    latest = Decision.objects.order_by("-id").first()
    assert (latest.version, latest.version_of) == (2, first)


@pytest.mark.parametrize(
    ("budget", "stored"),
    [
        (("25,00,000", "INR", "year", "total"), ("2500000", "INR", "year", "total")),
        (("450", "GBP", "day", "pay"), ("450", "GBP", "day", "pay")),
        (("62.50", "USD", "hour", "pay"), ("62.50", "USD", "hour", "pay")),
        (("40 000", "EUR", "project", "total"), ("40000", "EUR", "project", "total")),
    ],
)
def test_a_budget_is_taken_as_people_write_it(ana, fields, budget, stored):
    names = ("budget_amount", "budget_currency", "budget_per", "budget_kind")
    ana.post("/new/", fields(**dict(zip(names, budget, strict=True))))
    kept = Decision.objects.get().answers["budget"]
    assert (kept["amount"], kept["currency"], kept["per"], kept["kind"]) == stored


@pytest.mark.parametrize(
    ("name", "typed", "cure", "where"),
    [
        ("budget_amount", "45.000", "can be read in two ways", "id_budget_amount"),
        ("budget_amount", "lots", "is not an amount", "id_budget_amount"),
        ("budget_currency", "XXX", "use a three-letter code", "id_budget_currency"),
        ("needed_by", "31.1.2027", "write it as 2027-01-31", "id_needed_by"),
        ("hours_a_week", "400", "whole number from 1 to 80", "id_hours_a_week"),
        ("weeks", "soon", "is not a whole number", "id_weeks"),
        ("place", "Narnia", "use a two-letter country code", "id_place"),
        ("work", "magic", "it is one of", "id_work_0"),
        ("team", ["nobody", "ml"], "goes with nothing else", "id_team_0"),
        ("musts", "a\nb\nc\nd\ne\nf", "5 are allowed", "id_musts"),
        ("success", "a\nb\nc\nd", "3 are allowed", "id_success"),
        ("description", "x" * 5_001, "5,000 are allowed, shorten it", "id_description"),
        ("client", "y" * 201, "200 are allowed", "id_client"),
    ],
)
def test_a_fault_stands_at_its_field_and_in_the_summary(ana, fields, name, typed, cure, where):
    form = fields(budget_amount="5", budget_currency="EUR", budget_per="day", budget_kind="pay")
    answer = ana.post("/new/", {**form, name: typed})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    summary = page[page.index('id="error-summary"') : page.index('id="intake"')]
    assert f'href="#{where}"' in summary
    assert cure in summary
    assert page.count(cure) >= 2
    assert not Decision.objects.exists()


def test_a_refused_form_still_holds_everything_typed(ana, fields):
    typed = fields(
        description=LONG, musts="Python\nRAG", success="It works", budget_amount="lots", place="IN"
    )
    page = html.unescape(ana.post("/new/", typed).content.decode())
    box = re.search(r'<textarea name="description"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)[1]
    assert box == LONG
    assert 'value="lots"' in page
    assert re.search(r'value="language" id="id_work_1" checked', page)
    assert re.search(r'value="developers" id="id_team_0" checked', page)
    assert '<option value="IN" selected' in page
    assert "Python\nRAG" in page


def test_a_long_description_in_many_scripts_is_kept_letter_by_letter(ana, fields):
    ana.post("/new/", fields(description=LONG))
    kept = Decision.objects.get().answers["description"]
    assert "مرحبا بالعالم" in kept
    assert "你好，世界" in kept
    assert "🎯" in kept
    assert len(kept) > 4_900


def test_a_client_with_markup_in_its_name_is_shown_as_typed(ana, fields):
    answer = ana.post("/new/", fields(client="Müller & Søn <Ltd>"), follow=True)
    page = answer.content.decode()
    assert "Müller &amp; Søn &lt;Ltd&gt;" in page
    assert "<Ltd>" not in page


def test_a_starting_point_fills_the_form(ana):
    page = ana.get("/new/?from=churn-forecast").content.decode()
    assert re.search(r'name="work" value="predict" id="id_work_\d" checked', page)


def test_an_unknown_starting_point_is_not_there(ana):
    assert ana.get("/new/?from=nothing").status_code == 404


def test_copy_as_new_takes_the_answers_over(ana, decision_of, recruiter):
    decision = decision_of(recruiter, work="agent", project="Agent", team=[], musts=["Python", "Go"])
    page = ana.get(f"/new/?copy={decision.public_id}").content.decode()
    assert re.search(r'name="work" value="agent" id="id_work_\d" checked', page)
    assert re.search(r'name="team" value="nobody" id="id_team_\d" checked', page)
    assert "Python\nGo</textarea>" in page


def test_nobody_copies_what_she_may_not_see(loaded, signed, stranger, decision_of, recruiter):
    decision = decision_of(recruiter, work="agent")
    assert signed(stranger).get(f"/new/?copy={decision.public_id}").status_code == 404


def test_the_form_needs_a_sign_in(loaded, client):
    for address in ("/", "/new/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_sending_a_form_after_signing_out_leads_back_to_its_draft(ana, fields):
    form = fields()
    ana.post("/accounts/logout/")
    answer = ana.post("/new/", form)
    assert answer["Location"] == f"/accounts/login/?next=/drafts/{form['key']}/"


def test_the_page_carries_no_inline_script_or_style(ana):
    answer = ana.get("/new/")
    page = answer.content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
