"""The role by two readers and the rulebook, other trades, and texts that are no texts."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from rolematcher.reading.messages import MESSAGES
from rolematcher.reading.read import read
from rolematcher.rules import answers_read, settle, shipped_rulebook
from tests.reading.readings import ON, reading_of

HERE = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def test_of_posts_nobody_tuned_to_nine_in_ten_get_an_acceptable_role_and_most_others_are_refused():
    posts = cases("unread_posts.jsonl")
    needed = [post for post in posts if post["label"]]
    others = [post for post in posts if not post["label"]]
    right = sum(reading_of(post["text"]).role in post["expect"]["role"] for post in needed)
    refused = sum(reading_of(post["text"]).role is None for post in others)
    assert right >= 0.9 * len(needed)
    assert refused >= 0.75 * len(others)


def test_a_role_that_is_no_hint_is_one_that_the_rulebook_gives_too():
    rulebook = shipped_rulebook()
    for post in cases("unread_posts.jsonl"):
        reading = reading_of(post["text"])
        answers = answers_read(rulebook, reading.raw_answers())
        if reading.trade:
            assert settle(rulebook, answers, ON).role == "none"
        elif reading.role_strength != "hint" and answers.work != "unsure":
            assert settle(rulebook, answers, ON).role == reading.role


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("WordPress developer for our new website, with a contact form and a blog.", "web_development"),
        ("Power BI developer for sales dashboards and monthly reports. Copilot is welcome.", "data_analysis"),
        ("QA engineer: write test scripts in Playwright and keep the regression suite.", "testing"),
        ("Expert Advisor for MetaTrader 5 with stop loss and a backtest.", "trading_bot"),
        ("SEO specialist for keyword research and backlinks of our AI start-up.", "seo_marketing"),
        ("Platform engineer for Kubernetes clusters, Terraform and monitoring.", "infrastructure"),
        ("Data engineer for nightly loads with Airflow and dbt into Snowflake.", "data_engineering"),
        ("Webentwickler (m/w/d) für den Relaunch unserer Webseite mit TYPO3.", "web_development"),
    ],
)
def test_another_trade_is_named_and_gets_no_role(text, trade):
    reading = reading_of(text)
    assert (reading.role, reading.trade) == (None, trade)
    assert reading.raw_answers()["work"] == "other"
    assert reading.raw_answers()["trade"] == trade


def test_a_chatbot_on_a_website_is_no_web_development():
    assert reading_of("We want a chatbot on our website.").role == "ai_engineer"


def test_a_request_for_a_quote_says_nothing_of_a_role():
    reading = reading_of("Estimated timeline and fixed-cost quote please.")
    assert (reading.role, reading.trade, reading.ask) == (None, None, "work")


def test_one_sentence_is_a_hint_that_fills_in_nothing():
    reading = reading_of("Please connect our form to the calendar with Zapier.")
    assert (reading.role, reading.role_strength) == ("automation_specialist", "hint")
    assert "work" not in reading.raw_answers()
    assert reading.ask


def test_calls_answered_by_ai_are_ai_work_whatever_the_trade_of_who_asks():
    reading = reading_of("We are a group of dental practices. We want our phone calls answered by AI.")
    assert reading.trade is None
    assert reading.role in ("ai_engineer", "automation_specialist")


def test_a_language_that_is_not_read_is_named_and_its_amounts_are_read():
    reading = reading_of("Nous cherchons une personne pour le développement des outils. Budget : 4 000 €")
    assert reading.language == "fr"
    assert reading.message.id == "reading.language_not_read"
    assert reading.raw_answers()["budget"]["currency"] == "EUR"


HOSTILE = {
    "long": "Build a model that predicts demand from labelled records in Python. " * 300,
    "one word": "x" * 5_000,
    "digits": "1,234.5" * 2_800,
    "marks": "\u202e\u2066\u200b\u00ad" * 5_000,
    "binary": "".join(chr(at % 32) for at in range(20_000)),
    "scripts": "Данные データ 데이터 数据 בינה بيانات डेटा δεδομένα " * 400,
    "colons": "a: b: c| d - " * 1_500,
    "dollars": "$1 - $2 to $3 per " * 1_100,
    "lines": "\n" * 10_000 + "Hi",
    "empty": "",
    "surrogate": "\ud800 text \udfff",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_breaks_the_reader_or_keeps_anybody_waiting(kind):
    reading_of("warm up")
    start = time.process_time()
    reading = read(HOSTILE[kind], on=date(2026, 11, 26))
    assert time.process_time() - start < 0.8  # 0.3 s on an ordinary machine
    assert reading.message.id in MESSAGES


def test_every_message_of_the_unread_texts_is_on_the_list_with_its_values():
    for case in cases("unread_posts.jsonl") + cases("unread_sentences.jsonl"):
        reading = reading_of(case["text"])
        assert set(reading.message.values) <= set(MESSAGES[reading.message.id])


def test_marks_stand_where_the_words_were_pasted():
    for case in cases("unread_sentences.jsonl"):
        for one in reading_of(case["text"]).suggestions:
            for span in one.spans:
                assert case["text"][span.start : span.end] == span.text
