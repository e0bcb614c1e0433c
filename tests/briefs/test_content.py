"""What a brief says: one advice, one pay cell, open where it is open, and for a client no more than hers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from types import SimpleNamespace

import pytest

from rolematcher.briefs.content import content_of
from rolematcher.briefs.content.shape import BACKGROUND, Bullets, Picture, Table, Text
from rolematcher.rules import shipped_rulebook
from rolematcher.web.names import HIRING

from .made import CHATBOT, RECOMMENDED, content, figure, strings, worked_out


def words_of(said) -> str:
    """Every word of a content, whatever part it stands in; not its attachment."""
    return "\n".join(strings(dataclasses.replace(said, data=None)))


@pytest.mark.parametrize("name", RECOMMENDED)
def test_every_recommendation_has_a_brief_and_only_who_is_hired_an_advert_and_interview(name):
    for language in ("en", "de"):
        said = content(RECOMMENDED[name], language=language)
        assert said.recommendation == name
        assert len(said.box) == 4
        assert all(item.label and item.words for item in said.box)
        assert said.headline.endswith((".", "?"))
        hiring = name in HIRING
        assert bool(said.advert) == bool(said.section("interview")) == hiring
        assert hiring or "recruiter's fee" not in words_of(said)


def test_an_open_decision_says_probably_and_names_the_question():
    said = content(CHATBOT)
    assert not said.firm
    assert said.headline.startswith("Probably an AI engineer. Ask this first: ")
    assert said.headline.split("first: ")[1] == shipped_rulebook().question("wish").ask


def test_a_firm_decision_says_what_to_do_without_probably():
    said = content(RECOMMENDED["hire_then_review"])
    assert said.firm
    assert said.headline.startswith(
        "Hire one AI engineer, mid-level, on contract; decide about an ML engineer"
    )


def test_a_firm_decision_names_as_many_open_questions_as_it_counts():
    said = content(
        {"work": "language", "evidence": "untested", "platform": "code"} | {"wish": "no", "team": ["nobody"]}
    )
    assert said.box[2].words.startswith("Firm: the three questions still open")
    assert (
        said.section("next").blocks[0].words.endswith(": Past examples; A new screen or app; First needed.")
    )


def test_a_total_asks_for_the_number_that_is_missing_alone_and_dues_name_a_publisher_once():
    contract = CHATBOT | {"engagement_type": "contract", "timeline": {"weeks": 17}}
    cost = content(contract).section("cost")
    assert any(one.words.endswith("answer is needed: How many hours a week?") for one in cost.blocks[1:])
    dues = content(CHATBOT | {"place": "US"}).section("cost").blocks[0].rows[1].cells[-1]
    assert dues.count("EOR Scope") == 1 and "(citing SSA" in dues


def test_work_of_another_trade_names_whom_to_look_for_and_no_pay():
    said = content(RECOMMENDED["look_elsewhere"])
    assert "Mobile developer" in said.headline
    assert said.section("cost")
    pay = said.section("pay")
    assert all(isinstance(block, Text) for block in pay.blocks)
    assert not any(char.isdigit() for block in pay.blocks for char in block.words)
    assert said.section("chart") is None


def test_a_pair_has_one_total():
    answers = RECOMMENDED["hire_pair"] | {"timeline": {"weeks": 10, "hours_a_week": 40}}
    said = content(answers)
    table = next(block for block in said.section("cost").blocks if isinstance(block, Table))
    assert [row.head for row in table.rows][:2] == ["Pay or rate", "Second person"]
    assert [row.strong for row in table.rows].count(True) == 1
    total = table.rows[-1].cells[0]
    assert f"Both together cost {total}" in said.box[1].words


@pytest.mark.parametrize("name", [name for name in RECOMMENDED if name != "look_elsewhere"])
def test_headline_figure_table_and_chart_speak_of_one_cell(name):
    said = content(RECOMMENDED[name])
    figure = said.section("pay").blocks[0].words
    compared = said.section("comparison").blocks[0]
    pay = next(row for row in compared.rows if row.head == "Pay")
    assert pay.cells[0] == figure
    assert figure in said.box[1].words
    chart = said.section("chart")
    if chart:
        picture = next(block for block in chart.blocks if isinstance(block, Picture))
        assert picture.chart.rows[0][1] == figure
        assert picture.chart.alternative.startswith(picture.chart.rows[0][0])


def test_a_client_copy_holds_nothing_of_description_rules_budget_or_fees():
    house, client = content(CHATBOT), content(CHATBOT, "client")
    said = words_of(client)
    assert "zebra-description" in words_of(house)
    for word in ("zebra-description", "61,350", "recruiter", "udget", "edition", "guideline", "not counted"):
        assert word not in said, word
    assert client.data is None
    assert client.meta[0] == "For Harbour Dental"
    assert client.part("annex") is None
    assert client.part(BACKGROUND) is None


def test_a_client_total_is_the_sum_of_the_lines_the_client_sees():
    client = content(CHATBOT, "client")
    table = next(block for block in client.section("cost").blocks if isinstance(block, Table))
    lows = [int(row.cells[0].split()[1].split("–")[0].replace(",", "")) for row in table.rows]
    assert sum(lows[:-1]) == lows[-1]


def test_an_override_states_the_recommendation_and_never_that_the_rules_were_firm():
    override = SimpleNamespace(
        role="ml_engineer",
        recommendation="hire",
        reason="The client insists.",
        agreed_with="Bea",
        at=dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC),
    )
    overridden = dataclasses.replace(worked_out(CHATBOT), override=override)
    said = content_of(overridden)
    assert said.headline == "Hire one ML engineer."
    assert "Decided by a person" in said.box[2].words
    assert "The client insists." in words_of(said)
    assert "The rules had advised: Hire one AI engineer" in words_of(said)
    client = words_of(content_of(overridden, audience="client"))
    assert "The client insists" not in client
    assert "rules" not in client.replace("Advice from rules", "")


def test_the_advert_is_the_projects_own_without_notes_and_with_real_pay():
    said = content(CHATBOT)
    text = said.advert.text
    assert "Answer and book calls" in text
    assert "nine calls in ten are booked" in text
    assert f"Pay: {figure(CHATBOT)}" in text
    assert "put in" not in text
    assert "61,350" not in text
    learn, bring = text.index("What you can learn here"), text.index("What you bring")
    assert bring < learn


def test_an_advert_states_no_price_of_a_supplier_and_says_where_pay_must_be_stated():
    overseas = content(CHATBOT | {"engagement_type": "embedded_offshore"})
    assert "Pay:" not in overseas.advert.text
    colorado = content(CHATBOT | {"place": "US-CO", "engagement_type": "agency"})
    assert any("add yours before you copy it" in line for line in colorado.advert.warnings)


def test_german_titles_carry_the_mark_for_all_genders():
    assert all("(m/w/d)" in title for title in content(CHATBOT, language="de").advert.titles)


def test_the_month_of_a_source_is_said_in_the_readers_language():
    given = RECOMMENDED["use_team"]  # a rule of the rulebook and the role's texts name this source
    english, german = (words_of(content(given, language=language)).count for language in ("en", "de"))
    assert english("5 June 2026") == german("5. Juni 2026") > 0


def test_random_sheets_have_a_brief_each():
    """No sheet breaks a brief, and each tells one figure."""
    rulebook, pick = shipped_rulebook(), random.Random(7)
    for _number in range(150):
        answers: dict[str, object] = {}
        for question in rulebook.questions:
            if question.free or question.worked_out or pick.random() < 0.3:
                continue
            value = pick.choice(question.choices).id
            answers[question.id] = [value] if question.many else value
        if answers.get("team") == ["unsure"]:
            del answers["team"]
        answers["place"] = pick.choice(["GB", "US", "DE", "US-CA", "IN", "BR", "GLOBAL"])
        if answers.get("work") != "other":
            answers.pop("trade", None)
        for audience in ("house", "client"):
            said = content(answers, audience)
            assert said.box[1].words
            assert bool(said.advert) == (said.recommendation in HIRING and said.role != "none"), answers


def test_every_answer_stands_in_the_annex_and_every_unanswered_question_is_named():
    annex = content(CHATBOT).section("answers")
    bullets = next(block for block in annex.blocks if isinstance(block, Bullets))
    assert {item.label for item in bullets.items} >= {"Budget:", "Place of work:", "What it should do:"}
    assert "Sensitivity" in annex.blocks[-1].words


@pytest.mark.parametrize(
    ("place", "said"), [("US", "forbidden (United States: California,"), ("DE", "European Union")]
)
def test_where_past_pay_may_not_be_asked_about_the_advert_says_so(place, said):
    found = content({**RECOMMENDED["hire_then_review"], "place": place}).advert
    assert found is not None
    assert any(
        line.startswith("Do not ask applicants what they earned") and said in line for line in found.warnings
    )
