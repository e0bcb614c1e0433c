"""Answers get one clean form; every fault is listed with its field and cure; not sure is never no."""

import json
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from rolematcher.engine.decision.answers import answers_read, facts_of
from rolematcher.engine.errors import AnswersInvalid
from tests.examples import up_to

TODAY = date(2026, 11, 21)
BUDGET = {"amount": "120,000", "currency": "usd", "per": "year", "kind": "pay"}


def faults(rulebook, raw):
    with pytest.raises(AnswersInvalid) as caught:
        answers_read(rulebook, raw)
    return {error.field: error.message for error in caught.value.errors}


def test_no_answers_at_all_are_a_clean_sheet_of_unknowns(rulebook):
    clean = answers_read(rulebook, {})
    assert clean["work"] == clean["stage"] == "unsure"
    assert clean["team"] is None and clean["budget"] is None and clean["timeline"] is None
    assert clean["engagement"] == "open" and clean["keeper"] == "undecided"
    assert clean["musts"] == [] and clean["description"] == ""


def test_the_clean_form_reads_back_as_itself_and_is_json(rulebook):
    raw = {
        "work": "agent",
        "team": ["ml", "ai", "ml"],
        "budget": BUDGET,
        "place": "de",
        "remote": "yes",
        "timeline": {"needed_by": "2027-01-31", "hours_a_week": "40"},
        "musts": [" RAG ", "RAG", ""],
        "client": "Müller & Søn\n<Ltd>",
        "description": "one\r\ntwo",
        "team_hours": 12,
        "success": ("It runs",),
    }
    clean = answers_read(rulebook, raw)
    assert clean["budget"] == {"amount": "120000", "currency": "USD", "per": "year", "kind": "pay"}
    assert clean["team"] == ["ml", "ai"]
    assert clean["timeline"] == {
        "needed_by": "2027-01-31",
        "lasts": "unsure",
        "hours_a_week": 40,
        "weeks": None,
    }
    assert (clean["place"], clean["musts"], clean["client"]) == ("DE", ["RAG"], "Müller & Søn <Ltd>")
    assert answers_read(rulebook, json.loads(json.dumps(clean))) == clean


def test_the_same_answers_in_another_order_are_the_same_text(rulebook):
    one = answers_read(rulebook, {"work": "agent", "data": "raw"})
    other = answers_read(rulebook, {"data": "raw", "work": "agent", "client": None})
    assert json.dumps(one) == json.dumps(other)


@pytest.mark.parametrize("blank", [None, "", "unsure"])
def test_three_ways_of_not_knowing_are_one(rulebook, blank):
    chosen = dict.fromkeys(("work", "team", "engagement", "keeper"), blank)
    given = dict.fromkeys(("place", "budget", "timeline", "team_hours"), blank)
    clean = answers_read(rulebook, chosen | given)
    assert clean == answers_read(rulebook, {})


@pytest.mark.parametrize(
    ("team", "clean"),
    [
        ([], []),
        (["nobody"], []),
        ("nobody", []),
        (["unsure"], None),
        ("ml", ["ml"]),
        (["automation", "developers"], ["developers", "automation"]),
    ],
)
def test_nobody_and_not_sure_are_different_teams(rulebook, team, clean):
    assert answers_read(rulebook, {"team": team})["team"] == clean


def test_all_faults_are_listed_together(rulebook):
    found = faults(
        rulebook,
        {
            "wrok": "agent",
            "work": "agnt",
            "team": ["unsure", "ml"],
            "budget": {**BUDGET, "currency": "XXX"},
            "place": "Atlantis",
            "timeline": {"needed_by": "31.01.2027"},
            "musts": list("abcdef"),
            "client": "x" * 201,
            "market": "eu",
            "team_hours": -1,
        },
    )
    assert found.pop("market") == "is worked out from other answers; leave it out."
    assert "did you mean 'work'?" in found.pop("wrok")
    assert "did you mean 'agent'?" in found.pop("work")
    assert "goes with nothing else" in found.pop("team")
    assert "three-letter code such as EUR" in found.pop("budget")
    assert "two-letter country code" in found.pop("place")
    assert found.pop("timeline") == "'31.01.2027' is not a date; write it as 2027-01-31."
    assert found.pop("musts") == "has 6 entries; 5 are allowed, keep the most important."
    assert found.pop("client") == "has 201 characters; 200 are allowed, shorten it."
    assert "whole number from 0 to 1000" in found.pop("team_hours")
    assert not found


@pytest.mark.parametrize(
    ("field", "value", "cure"),
    [
        ("budget", {**BUDGET, "amount": "45.000"}, "can be read in two ways"),
        ("budget", {**BUDGET, "amount": "0"}, "leave it empty if no budget is set"),
        ("budget", {**BUDGET, "amount": float("nan")}, "is not an amount"),
        ("budget", {"amount": 5, "currency": "EUR", "per": "year"}, "'kind' cannot be nothing"),
        ("budget", {**BUDGET, "per": "week"}, "it is one of hour, day, month, year, project"),
        ("budget", {**BUDGET, "perr": "week"}, "does not know 'perr'; did you mean 'per'?"),
        ("budget", 120000, "must be an object of amount, currency, per, kind"),
        ("budget", {**BUDGET, "currency": ["EUR"]}, "the currency cannot be a list"),
        ("timeline", {"needed_by": "2027-02-30"}, "is not a day of the calendar"),
        ("timeline", {"needed_by": "２０２７-01-31"}, "is not a date"),
        ("timeline", {"needed_by": datetime(2027, 1, 31)}, "is not a date"),
        ("timeline", {"lasts": "forever"}, "it is one of one_off, 3_to_12_months"),
        ("timeline", {"weeks": 0}, "whole number from 1 to 520"),
        ("timeline", {"hours_a_week": 12.5}, "whole number from 1 to 80"),
        ("timeline", ["soon"], "must be an object"),
        ("team", ["ml", "nobody"], "'nobody' goes with nothing else"),
        ("team", ["designers"], "cannot hold 'designers'"),
        ("team", {"ml": True}, "cannot hold a table"),
        ("work", ["agent"], "cannot be a list"),
        ("work", 3, "cannot be 3"),
        ("remote", True, "cannot be true"),
        ("place", 49, "is not a place"),
        ("place", "UK", "did you mean GB?"),
        ("musts", "RAG", "must be a list of up to 5 texts"),
        ("musts", [1], "must be text, not 1"),
        ("musts", ["x"] * 51, "has 51 entries"),
        ("success", ["a", "b", "c", "d"], "3 are allowed"),
        ("description", "x" * 5_001, "5,000 are allowed"),
        ("description", "x\n" * 201 + "x", "200 are allowed"),
        ("description", {"text": "x"}, "must be text, not a table"),
        ("description", "a" + "\u0301" * 40, "piles more than"),
        ("client", "\ud800", "damaged character"),
    ],
)
def test_a_wrong_value_is_named_with_its_cure(rulebook, field, value, cure):
    assert cure in faults(rulebook, {field: value})[field]


@pytest.mark.parametrize("raw", [None, [], "work", 3])
def test_what_is_not_an_object_is_refused(rulebook, raw):
    assert "must be one object of answers" in faults(rulebook, raw)["answers"]


def test_a_flood_of_unknown_names_is_cut_to_the_first_few(rulebook):
    assert len(faults(rulebook, {f"name{number}": 1 for number in range(100_000)})) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = [
    "work",
    "team",
    "budget",
    "place",
    "timeline",
    "musts",
    "success",
    "description",
    "client",
    "keeper",
]
PARTS = st.dictionaries(
    st.sampled_from(["amount", "currency", "per", "kind", "needed_by", "lasts", "weeks"]), JSON | st.just("5")
)


@up_to(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), JSON | PARTS, max_size=6))
def test_any_json_is_read_or_refused_and_never_fails_otherwise(rulebook, raw):
    try:
        clean = answers_read(rulebook, raw)
    except AnswersInvalid as error:
        assert error.errors
        return
    assert answers_read(rulebook, clean) == clean
    assert set(facts_of(rulebook, clean, on=TODAY)) == {fact.id for fact in rulebook.facts}
