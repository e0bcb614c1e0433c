"""Answers get one clean form; every error is listed with its field and cure; not sure is never no."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from rolematcher.editions.words import answers_words
from rolematcher.rules import Answers, AnswersInvalid, answers_json, answers_read, facts_of
from tests.examples import up_to

ON = date(2026, 11, 21)
BUDGET = {"amount": "120,000", "currency": "usd", "unit": "year", "kind": "pay"}


def errors(rulebook, raw):
    with pytest.raises(AnswersInvalid) as caught:
        answers_read(rulebook, raw)
    assert all(answers_words(caught.value))
    return dict(caught.value.errors)


def test_the_clean_form_reads_back_as_itself_and_is_json(rulebook):
    raw = {
        "work": "agent",
        "team": ["ml", "ai", "ml"],
        "budget": BUDGET,
        "place": "us-ca",
        "remote": "yes",
        "timeline": {"needed_by": date(2027, 1, 31), "hours_a_week": "40"},
        "must_haves": [" RAG ", "RAG", ""],
        "client": "Müller & Søn\n<Ltd>",
        "description": "one\r\ntwo",
        "team_hours": 12,
        "success": ("It runs",),
    }
    clean = answers_read(rulebook, raw)
    assert clean.budget and clean.budget.amount == Decimal(120_000) and clean.budget.currency == "USD"
    assert clean.team == ("ai", "ml") or clean.team == ("ml", "ai")
    assert clean.timeline and clean.timeline.needed_by == date(2027, 1, 31)
    assert (clean.place, clean.must_haves, clean.client) == ("US-CA", ("RAG",), "Müller & Søn <Ltd>")
    kept = json.loads(json.dumps(answers_json(clean)))
    assert answers_read(rulebook, kept) == clean
    assert Answers.model_validate(kept) == clean


def test_the_same_answers_in_another_order_are_the_same_text(rulebook):
    one = answers_json(answers_read(rulebook, {"work": "agent", "data": "raw"}))
    other = answers_json(answers_read(rulebook, {"data": "raw", "work": "agent", "client": None}))
    assert json.dumps(one) == json.dumps(other)


@pytest.mark.parametrize("blank", [None, "", "unsure"])
def test_three_ways_of_not_knowing_are_one(rulebook, blank):
    names = ("work", "team", "engagement_type", "maintainer", "place", "budget", "timeline", "team_hours")
    assert answers_read(rulebook, {}) == answers_read(rulebook, dict.fromkeys(names, blank)) == Answers()


@pytest.mark.parametrize(
    ("team", "clean"),
    [
        ([], ()),
        (["nobody"], ()),
        ("nobody", ()),
        (["unsure"], None),
        ("ml", ("ml",)),
        (["automation", "developers"], ("developers", "automation")),
    ],
)
def test_nobody_and_not_sure_are_different_teams(rulebook, team, clean):
    assert answers_read(rulebook, {"team": team}).team == clean


@pytest.mark.parametrize(
    ("budget", "place", "read"),
    [
        ({"amount": "50-60k", "currency": "EUR", "unit": "year"}, None, (50_000, 60_000, "EUR", "year")),
        ("60k a year", "DE", (60_000, None, "EUR", "year")),
        ("$3,000 for everything", "CA-ON", (3_000, None, "CAD", "project")),
        ("$3,000 for everything", "DE", (3_000, None, "USD", "project")),
        ("$3,000 for everything", None, (3_000, None, "USD", "project")),
        ({"amount": "$90", "currency": "AUD", "unit": "hour"}, None, (90, None, "AUD", "hour")),
        ("800 per week", "GB", (800, None, "GBP", "week")),
        ({"amount": 90, "high": "110", "currency": "CHF", "unit": "hour"}, None, (90, 110, "CHF", "hour")),
    ],
)
def test_a_budget_is_taken_as_people_write_it(rulebook, budget, place, read):
    found = answers_read(rulebook, {"budget": budget, "place": place}).budget
    low, high, currency, unit = read
    assert found and (found.amount, found.currency, found.unit) == (Decimal(low), currency, unit)
    assert found.high == (None if high is None else Decimal(high))


def test_all_errors_are_listed_together(rulebook):
    found = errors(
        rulebook,
        {
            "wrok": "agent",
            "work": "agnt",
            "team": ["unsure", "ml"],
            "budget": {**BUDGET, "currency": "XXX"},
            "place": "Atlantis",
            "timeline": {"needed_by": "31.01.2027"},
            "must_haves": list("abcdef"),
            "client": "x" * 201,
            "lasts": "ongoing",
            "team_hours": -1,
        },
    )
    assert found["wrok"].values["near"] == "work"
    assert found["work"].values["near"] == "agent"
    assert {field: error.id for field, error in found.items()} == {
        "wrok": "answers.key_unknown",
        "work": "answers.choice_unknown",
        "team": "answers.stands_alone",
        "budget.currency": "answers.currency_unknown",
        "place": "values.place.unknown",
        "timeline.needed_by": "values.day.not_a_day",
        "must_haves": "answers.too_many",
        "client": "values.text.too_long",
        "lasts": "answers.key_unknown",
        "team_hours": "values.number.whole",
    }


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("budget", {**BUDGET, "amount": "0"}, ("budget.amount", "answers.budget_zero")),
        ("budget", {**BUDGET, "high": 5}, ("budget.high", "answers.budget_turned")),
        ("budget", {**BUDGET, "kind": "gross"}, ("budget.kind", "answers.choice_unknown")),
        ("budget", {**BUDGET, "unit": "yaer"}, ("budget.unit", "answers.choice_unknown")),
        ("budget", {**BUDGET, "amount": "50 a day"}, ("budget.unit", "answers.units_differ")),
        ("budget", {**BUDGET, "amount": "£50"}, ("budget.currency", "answers.currencies_differ")),
        ("budget", {**BUDGET, "perr": "week"}, ("budget", "answers.key_unknown")),
        ("budget", {"amount": "60k", "unit": "year"}, ("budget.currency", "answers.currency_missing")),
        ("budget", "60k kr a year", ("budget.currency", "answers.currency_missing")),
        ("budget", "60k EUR", ("budget.unit", "answers.unit_missing")),
        ("budget", ["60k"], ("budget", "answers.not_an_object")),
        ("timeline", {"lasts": "forever"}, ("timeline.lasts", "answers.choice_unknown")),
        ("timeline", {"weeks": 0}, ("timeline.weeks", "values.number.whole")),
        ("timeline", {"hours_a_week": 12.5}, ("timeline.hours_a_week", "values.number.whole")),
        ("timeline", ["soon"], ("timeline", "answers.not_an_object")),
        ("team", ["ml", "nobody"], ("team", "answers.stands_alone")),
        ("team", ["designers"], ("team", "answers.choice_unknown")),
        ("team", {"ml": True}, ("team", "answers.choice_unknown")),
        ("work", ["agent"], ("work", "answers.choice_unknown")),
        ("must_haves", "RAG", ("must_haves", "answers.not_a_list")),
        ("must_haves", [1], ("must_haves", "answers.not_text")),
        ("must_haves", ["x"] * 51, ("must_haves", "answers.too_many")),
        ("description", "x" * 5_001, ("description", "values.text.too_long")),
        ("description", "x\n" * 201 + "x", ("description", "values.text.too_many_lines")),
    ],
)
def test_a_wrong_value_is_named_with_its_cure(rulebook, field, value, error):
    assert {name: one.id for name, one in errors(rulebook, {field: value}).items()} == dict([error])


@pytest.mark.parametrize("raw", [None, [], "work", 3])
def test_what_is_not_an_object_is_refused(rulebook, raw):
    assert errors(rulebook, raw)["answers"].id == "answers.not_an_object"


def test_a_flood_of_unknown_names_is_cut_to_the_first_few(rulebook):
    with pytest.raises(AnswersInvalid) as caught:
        answers_read(rulebook, {f"name{number}": 1 for number in range(100_000)})
    assert len(caught.value.errors) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PARTS = st.dictionaries(
    st.sampled_from(["amount", "high", "currency", "unit", "kind", "needed_by", "lasts", "weeks"]),
    JSON | st.just("5") | st.sampled_from(["EUR", "year", "60k", "€50-60"]),
)


@up_to(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.dictionaries(
        st.sampled_from(sorted(Answers.model_fields)) | st.text(max_size=5), JSON | PARTS, max_size=6
    )
)
def test_any_json_is_read_or_refused_and_never_fails_otherwise(rulebook, raw):
    try:
        clean = answers_read(rulebook, raw)
    except AnswersInvalid as invalid:
        assert all(answers_words(invalid))
        return
    assert answers_read(rulebook, answers_json(clean)) == clean
    facts = facts_of(rulebook, clean, ON)
    assert all(facts[fact.id] in fact.values for fact in rulebook.facts)
