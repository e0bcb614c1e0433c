"""Reading the description: suggestions to accept beside the questions, nothing filled in by itself."""

from __future__ import annotations

import html
import json
import re

import pytest

from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft

CHATBOT = (
    "We need a chatbot that answers questions from our internal documents. We do not want to train our own"
    " model. Budget $60-80/hr, 20 hours a week, remote."
)


def hints(client, form) -> str:
    answer = client.post(f"/drafts/{form['key']}/keep/", form)
    return answer.content.decode()


def suggested(page: str, name: str) -> dict | None:
    found = re.search(rf'id="suggest-{name}" hx-swap-oob="true">(.+?)</div>', page, re.DOTALL)
    accept = found and re.search(r'data-accept="([^"]+)"', found[1])
    return json.loads(html.unescape(accept[1])) if accept else None


@pytest.fixture
def blank(fields):
    """A form with a description and nothing else."""
    return fields(**dict.fromkeys(["work", "evidence", "team", "data", "wish", "app", "platform", "stage"]))


def test_suggestions_stand_beside_their_questions(ana, blank):
    page = hints(ana, {**blank, "description": CHATBOT})
    assert suggested(page, "work") == {"work": "language"}
    assert suggested(page, "wish") == {"wish": "no"}
    assert suggested(page, "budget")["budget_amount"] == "80"


def test_nothing_is_filled_in_by_itself(ana, blank):
    hints(ana, {**blank, "description": CHATBOT})
    assert "work" not in Draft.objects.get().fields


def test_the_words_it_rests_on_are_shown_and_marked(ana, blank):
    page = html.unescape(hints(ana, {**blank, "description": CHATBOT}))
    assert "“train our own model”" in page
    assert re.search(r"<mark[^>]*>train our own", page)


def test_a_suggestion_goes_once_it_is_accepted(ana, blank):
    page = hints(ana, {**blank, "description": CHATBOT, "work": "language"})
    assert suggested(page, "work") is None
    assert suggested(page, "wish") == {"wish": "no"}


def test_a_suggestion_against_her_answer_says_so(ana, blank):
    page = hints(ana, {**blank, "description": CHATBOT, "wish": "scratch"})
    assert "you answered otherwise" in page


def test_hints_are_sent_again_only_when_they_change(ana, blank):
    form = {**blank, "description": CHATBOT}
    state = re.search(r'id="hints" value="(\w+)"', hints(ana, form))[1]
    assert "suggest-work" not in hints(ana, {**form, "hints": state, "seen": "1"})
    assert "suggest-work" in hints(ana, {**form, "hints": state, "seen": "1", "work": "agent"})


def test_other_work_is_named_and_nothing_about_the_work_is_suggested(ana, blank):
    text = "Looking for a plumber to replace the pipes and the boiler in our office bathroom, two weeks."
    page = hints(ana, {**blank, "description": text})
    assert "This reads like other work." in page
    assert suggested(page, "work") is None


@pytest.mark.parametrize("text", ["", "  \n", "We are looking for"])
def test_nothing_is_said_against_a_text_that_is_still_being_typed(ana, blank, text):
    page = hints(ana, {**blank, "description": text, "work": "language"})
    assert "This reads like other work." not in page


def test_accepted_answers_carry_their_words_into_the_decision(ana, blank):
    ana.post("/new/", {**blank, "description": CHATBOT, "work": "language", "wish": "scratch"})
    evidence = Decision.objects.get().evidence
    assert set(evidence) == {"work"}
    assert all(CHATBOT[span["start"] : span["end"]] == span["text"] for span in evidence["work"]["for"])


def test_markup_in_a_description_stays_text(ana, blank):
    page = hints(ana, {**blank, "description": "<script>alert(1)</script> a chatbot that answers questions"})
    assert "<script>alert" not in page
