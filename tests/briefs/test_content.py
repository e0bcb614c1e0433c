"""What the brief says: one sentence for each course, reasons beside answers, nothing without its source."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest
from django.utils import translation

from rolematcher.briefs.content import content_of, file_name
from rolematcher.web.phrases import listed_form

from .made import CHATBOT, COURSES, content, preview

AMOUNT = re.compile(r"[A-Z]{3} [\d,.]+")
AMOUNT = re.compile(r"[A-Z]{3} [\d,.]+")
SENTENCES = {
    "hire": "Hire one AI engineer, mid-level, permanently employed.",
    "hire_then_review": "Hire one AI engineer, mid-level, on contract, for a try-out; "
    "decide about an ML engineer on a measured result after four to six weeks.",
    "hire_pair": "Hire a pair: first an ML engineer to train the model, "
    "then an AI engineer to put it to use, senior, on contract.",
    "own_team": "Use your own team: the person on your team who builds automations can do this; "
    "hire nobody now.",
    "buy": "Buy the ready-made product and take a few days of help to set it up; hire no engineer yet.",
    "collect_data_first": "Collect data first and hire nobody yet; "
    "an ML engineer, mid-level, on contract to hire, comes once there is something to train on.",
    "ask_first": "Ask one question before you hire; "
    "as far as can be told it will be an AI engineer, mid-level, on contract.",
}


@pytest.mark.parametrize("course", COURSES)
def test_every_course_is_one_sentence(course):
    said = content(**COURSES[course])
    assert said.course == course
    assert said.recommendation == SENTENCES[course]


def test_the_length_of_a_try_out_is_the_one_that_was_given():
    said = content(**COURSES["hire_then_review"] | {"timeline": {"weeks": 6, "hours_a_week": 40}})
    assert said.recommendation.startswith(
        "Hire one AI engineer, mid-level, on contract, for a try-out of six weeks; "
    )


@pytest.mark.parametrize("course", COURSES)
def test_every_reason_stands_beside_an_answer_and_names_its_source(course):
    said = content(**COURSES[course])
    assert len(said.why) == 3
    for line in said.why:
        assert line.because.endswith(".")
        assert line.answers
        assert line.source


@pytest.mark.parametrize("course", COURSES)
def test_nothing_is_left_unfilled_or_unsaid(course):
    for place, text in texts_of(content(**COURSES[course])):
        assert "%(" not in text, place
        assert "None" not in text or text.startswith("None:"), place
        assert "{" not in text or place in ("data", "chart"), place
        assert text == text.strip(), place


@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("place", ["US", "GB"])
def test_sentences_of_page_one_are_short_and_say_no_word_twice(course, place):
    said = content(**COURSES[course] | {"place": place})
    texts = [said.firmness.sentence, *said.firmness.changes, *(line.because for line in said.why)]
    texts += [
        said.recommendation,
        said.first_step,
        said.question,
        said.rates.verdict,
        said.rates.budget_steps,
    ]
    texts += [note for role in said.rates.roles for note in role.notes]
    for text in texts:
        assert not re.search(r"\b(\w+) \1\b", text), text
        for sentence in re.split(r"(?<=[.!?;])\s", text):
            assert len(sentence.split()) <= 27, sentence


def texts_of(item, place=""):
    """Every text in a content, with the field it stands in."""
    if isinstance(item, str):
        yield place, item
    elif isinstance(item, tuple):
        for part in item:
            yield from texts_of(part, place)
    elif is_dataclass(item):
        for field in fields(item):
            if field.name not in ("data", "chart", "text"):
                yield from texts_of(getattr(item, field.name), field.name)


def test_the_first_step_and_the_question_follow_from_the_course():
    asked = content(**COURSES["ask_first"])
    assert asked.question.startswith("What should the finished thing do?")
    assert asked.first_step.startswith("Send the question to the hiring manager today")
    assert asked.question_replies
    assert content(**COURSES["collect_data_first"]).first_step.startswith("From this week, write down")


def test_open_answers_that_cannot_change_the_role_are_called_firm():
    said = content(**CHATBOT)
    assert said.firmness.firm
    assert said.firmness.word == "Firm"
    assert "cannot change the role" in said.firmness.sentence


def test_open_answers_that_could_change_the_role_are_named():
    said = content(**COURSES["ask_first"])
    assert not said.firmness.firm
    assert said.firmness.word == "Open"
    assert said.firmness.sentence == (
        "the eight questions still open could make it an ML engineer or an automation specialist."
    )
    named = said.firmness.unanswered.removeprefix("Still open: ").removesuffix(".").split("; ")
    assert len(named) == 8
    assert named[0] == "What it should do"


def test_a_market_without_figures_says_so_and_draws_nothing():
    said = content(**CHATBOT | {"place": "IS", "budget": None})
    assert said.rates.own is None
    assert said.rates.chart == ""
    assert all(column.costs == "No sourced figure" for column in said.compared)
    assert said.cost.empty == "There is no sourced figure to work a cost out from."
    assert "no sourced figure" in said.search.ad.pay


def test_no_place_asks_for_one():
    said = content(**{key: value for key, value in CHATBOT.items() if key != "place"})
    assert said.rates.missing.startswith("Say where the person will work from")


def test_every_figure_has_publisher_title_and_date():
    said = content(**CHATBOT)
    rows = [row for group in said.rates.groups for row in group.rows]
    figures = [line for row in rows for line in row.figures]
    assert len(figures) > 20
    assert all(row.publisher and row.title and row.date and row.figures for row in rows)
    assert all(line.label and line.words for line in figures)
    assert {"Simplilearn", "Recruiting From Scratch"} <= {row.publisher for row in rows}


def test_skills_the_team_covers_are_taken_off_the_must_haves():
    alone, helped = (content(**CHATBOT | {"team": team}).search for team in ([], ["developers"]))
    assert not alone.covered
    assert [skill.covered for skill in helped.covered] == ["your developers"] * len(helped.covered)
    assert len(helped.must_haves) == len(alone.must_haves) - len(helped.covered)


@pytest.mark.parametrize("course", COURSES)
def test_there_are_five_must_haves_at_most_and_six_questions(course):
    search = content(**COURSES[course]).search
    assert 3 <= len(search.must_haves) + len(search.covered) <= 6
    assert len(search.must_haves) <= 5
    assert len(search.interview) == 6


def test_the_recruiters_own_musts_are_held_against_the_role():
    checked = content(**CHATBOT | {"musts": ["Python", "PyTorch", "LangChain"]}).search.musts
    assert [(must.must, must.drop) for must in checked] == [
        ("Python", False),
        ("PyTorch", True),
        ("LangChain", False),
    ]
    assert checked[1].verdict == "drop: the skill of another role (ML engineer)"


def test_risks_name_the_answer_that_raised_them():
    risks = content(**CHATBOT | {"harm": "dangerous"}).risks
    harm = next(risk for risk in risks if risk.title == "A wrong answer does harm")
    assert harm.answer == "When it is wrong: Someone's health, livelihood or rights could suffer"
    assert harm.do


def test_a_reason_that_begins_like_its_title_is_not_said_twice():
    risk = next(risk for risk in content(**CHATBOT).risks if risk.title.startswith("Nobody has tried"))
    assert risk.after_title.startswith(", so nobody knows")


def test_a_brief_for_two_people_has_order_gate_and_measure():
    said = content(**COURSES["hire_pair"])
    assert said.pair_heading == "Two people: order, gate, measure"
    assert any("Gate" in line.words for line in said.pair)
    assert any("first person" in note for note in said.cost.notes)


def test_the_three_roles_are_compared_and_the_way_to_the_others_is_told():
    columns = content(**CHATBOT).compared
    assert [column.role for column in columns] == ["ai_engineer", "ml_engineer", "automation_specialist"]
    assert columns[0].here == "Recommended."
    assert "answer" in columns[1].here


def test_a_budget_that_falls_short_gets_its_ways_out_each_with_a_price():
    said = content(
        **CHATBOT | {"budget": {"amount": "90000", "currency": "USD", "per": "year", "kind": "pay"}}
    )
    assert said.rates.verdict_id == "below_all"
    assert said.rates.ways_out[-1].label == "Do not start"
    assert all(any(sign.isdigit() for sign in way.words) for way in said.rates.ways_out[:-1])


def test_the_file_name_is_readable_and_safe():
    assert (
        file_name("RM-2026-00042", "Müller & Søn <Ltd>", "Chat/bot")
        == "RM-2026-00042-Müller-Søn-Ltd-Chat-bot.pdf"
    )
    assert file_name("", "", "") == "brief.pdf"
    assert len(file_name("RM-1", "x" * 300, "y" * 300)) <= 100
    assert "/" not in file_name("a", "../../etc/passwd", "")


@pytest.mark.parametrize("place", ["US", "GB", "DE", "IN", "AU", "UA", "GLOBAL", "IS"])
@pytest.mark.parametrize(
    "engagement", ["permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency"]
)
def test_every_sentence_of_the_engine_is_listed_for_translation(place, engagement):
    answers = CHATBOT | {
        "place": place,
        "engagement": engagement,
        "timeline": {"weeks": 12, "hours_a_week": 20},
    }
    for kind in ("pay", "total"):
        budget = {"amount": "30000", "currency": "USD", "per": "project", "kind": kind}
        money = preview(**answers | {"budget": budget}).money
        for text in engine_sentences(money):
            assert listed_form(text) or AMOUNT.fullmatch(text), text


def engine_sentences(money):
    """The sentences the brief takes from the money record as they are."""
    for way in money["budget"]["ways_out"]:
        yield way["words"]
        yield way["price"]
    for own in money["budget"]["roles"].values():
        if own["verdict"] == "cannot_compare":
            yield own["words"]
    cost = money["cost"]
    yield from cost["not_included"]
    yield from filter(None, (cost["period"], cost["ask"]))
    for estimate in money["roles"].values():
        yield from (source["why"] for source in estimate["sources"])


def test_content_is_in_the_active_language():
    with translation.override("de"):
        assert content_of(preview(**CHATBOT)).language == "de"
