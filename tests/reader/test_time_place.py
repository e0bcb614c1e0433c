"""Durations, hours, dates and places out of texts."""

import datetime as dt

import pytest

from rolematcher.engine.reader.time import time_of

from .texts import ON

BOT = "We need a chatbot on the OpenAI API. "


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The project takes six weeks.", 6, 6),
        ("Duration: 3-6 months", 13, 26),
        ("A contract of 12 months", 52, 52),
        ("Must be done within 10 days", 2, 2),
        ("six months to begin with", 26, 26),
        ("2-year contract", 104, 104),
    ],
)
def test_a_duration_is_read_in_weeks(text, low, high):
    weeks = time_of(text).weeks
    assert weeks is not None
    assert (round(weeks.low), round(weeks.high)) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "5+ years of experience",
        "at least 3 years in a similar role",
        "Over the last 6 months we grew fast.",
        "We meet every 2 weeks.",
        "Four years of history are there.",
        "30 days of holiday",
        "3 days a week in the office",
    ],
)
def test_other_times_are_no_duration(text):
    assert time_of(text).weeks is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20 hrs/week", 20, 20),
        ("15 to 20 hours a week", 15, 20),
        ("30+ hours per week", 30, 30),
        ("full-time", 40, 40),
    ],
)
def test_hours_a_week_are_read(text, low, high):
    hours = time_of(text).hours
    assert hours is not None
    assert (hours.low, hours.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("needed by 15 March 2027", dt.date(2027, 3, 15)),
        ("Deadline: February 14th, 2027", dt.date(2027, 2, 14)),
        ("go live 2027-01-31", dt.date(2027, 1, 31)),
        ("ready by end of April", dt.date(2027, 4, 30)),
        ("launch on 5 December", dt.date(2026, 12, 5)),
    ],
)
def test_the_day_it_is_needed_by_is_read(text, day):
    found = time_of(text, on=ON).needed_by
    assert found is not None
    assert found[0] == day


@pytest.mark.parametrize(
    "text", ["needed by 31 February 2027", "was due by 3 May 2021", "this may be ready", "by hand"]
)
def test_a_day_that_is_none_or_is_past_is_not_suggested(text):
    assert time_of(text, on=ON).needed_by is None


def test_a_date_without_a_year_needs_the_day_of_reading():
    assert time_of("needed by 15 March").needed_by is None


def test_a_start_is_kept_beside_the_fields(reading_of):
    suggestion = reading_of(BOT + "Start in January, 20 hours a week.").suggestion("timeline")
    assert suggestion.detail["starts"] == "January"
    assert suggestion.value["hours_a_week"] == 20


@pytest.mark.parametrize(
    ("text", "lasts"),
    [
        ("A six-week project.", "one_off"),
        ("A contract of six months.", "3_to_12_months"),
        ("Ongoing work.", "ongoing"),
        ("Permanent position with pension.", "ongoing"),
        ("One-time project.", "one_off"),
    ],
)
def test_how_long_the_work_lasts_is_told(text, lasts, answers_of):
    assert answers_of(BOT + text)["timeline"]["lasts"] == lasts


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Location: Berlin", "DE"),
        ("The person is based in the UK.", "GB"),
        ("Remote, candidates from Latin America.", "LATAM"),
        ("Hybrid in New York", "US"),
        ("Remote (India)", "IN"),
        ("Work from anywhere.", "GLOBAL"),
    ],
)
def test_a_place_tied_to_the_work_is_suggested(text, place, answers_of):
    assert answers_of(BOT + text)["place"] == place


@pytest.mark.parametrize(
    "text",
    [
        "It must answer in the style of our Paris and Tokyo brochures, whatever the customer asks of it.",
        "ABOUT US\nNothing more.",
        "It helps us to sort mail.",
        "Remote, EU time zones.",
    ],
)
def test_a_place_merely_named_or_no_place_suggests_none(text, answers_of):
    assert "place" not in answers_of(BOT + text)
