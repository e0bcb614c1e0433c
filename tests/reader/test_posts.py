"""Whole posts: the suggested answers lead to the right role, and a text of another trade is refused."""

import pytest

from rolematcher.engine.reader.outcome import reading_decided

from .texts import ON, OTHERS, POSTS


@pytest.mark.parametrize("post", POSTS, ids=[post["id"] for post in POSTS])
def test_a_post_leads_to_its_role_by_the_facts_a_person_would_fill_in(post, reading_of, rulebook):
    reading = reading_of(post["text"])
    assert reading_decided(rulebook, reading, on=ON).role == post["role"]
    answers = reading.answers()
    assert {fact: answers.get(fact) for fact in post["facts"]} == post["facts"]


@pytest.mark.parametrize("other", OTHERS, ids=[other["id"] for other in OTHERS])
def test_a_text_of_another_trade_is_refused_with_the_reason(other, reading_of, rulebook):
    reading = reading_of(other["text"])
    outcome = reading_decided(rulebook, reading, on=ON)
    assert (outcome.role, outcome.course) == (None, None), reading.answers()
    assert outcome.why == reading.why != ""
    assert reading.suggestion("work") is None


def test_there_are_enough_unrelated_texts_in_both_halves():
    halves = [other["split"] for other in OTHERS]
    assert len(OTHERS) >= 40
    assert min(halves.count("development"), halves.count("held_out")) >= 20


@pytest.mark.parametrize("text", ["", "   \n\n", "Hello!", "12345", "Please call me back tomorrow."])
def test_a_text_that_says_nothing_is_refused_and_suggests_nothing_about_the_work(text, reading_of):
    reading = reading_of(text)
    assert reading.refused
    assert "says nothing about" in reading.why
    assert reading.answers() == {}


def test_a_refused_text_keeps_its_money_place_and_time(reading_of):
    reading = reading_of("WordPress developer in Berlin for a shop website, €45 an hour, 20 hours a week.")
    assert reading.refused
    assert reading.trade == "web and software development"
    assert set(reading.answers()) >= {"budget", "timeline"}


def test_a_role_named_by_its_title_alone_is_not_refused_but_decides_nothing(reading_of):
    reading = reading_of("We are hiring an AI engineer.")
    assert not reading.refused
    assert reading.suggestion("work") is None
