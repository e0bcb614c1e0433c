"""What other programs get: JobPosting and Occupation, held against the vocabulary of Schema.org."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rolematcher.briefs.content import job_posting_of, occupation_of

from .made import CHATBOT, COURSES, preview

VOCABULARY = json.loads((Path(__file__).parent / "schema_org.json").read_text())
PLAIN = {
    str: {"Text", "URL", "Date", "Duration", "CategoryCode"},
    int: {"Number", "Integer"},
    float: {"Number"},
}


def faults(record: dict, place: str = "") -> list[str]:
    """Where a record uses a type or property in a way the vocabulary does not know."""
    kind = record["@type"]
    if kind not in VOCABULARY["classes"]:
        return [f"{place}: no type {kind}"]
    found = []
    for name, value in record.items():
        if name in ("@context", "@type"):
            continue
        known = VOCABULARY["properties"].get(name)
        if known is None or not set(known["on"]) & set(VOCABULARY["classes"][kind]):
            found.append(f"{place}{kind} has no {name}")
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                taken = VOCABULARY["classes"].get(item["@type"], [])
                found += [] if set(known["takes"]) & set(taken) else [f"{name} takes no {item['@type']}"]
                found += faults(item, f"{place}{name}.")
            elif not set(known["takes"]) & PLAIN[type(item)]:
                found.append(f"{name} takes no {type(item).__name__}")
    return found


@pytest.mark.parametrize("course", COURSES)
def test_exports_use_only_words_of_the_vocabulary(course):
    made = preview(**COURSES[course])
    posting = job_posting_of(made)
    assert faults(occupation_of(made)) == []
    assert posting is None or faults(posting) == []


def test_the_check_itself_finds_wrong_words():
    assert faults({"@type": "JobPosting", "salary": 1}) == ["JobPosting has no salary"]
    assert faults({"@type": "JobPosting", "title": 1}) == ["title takes no int"]
    assert faults({"@type": "JobPosting", "estimatedSalary": {"@type": "Place"}}) == [
        "estimatedSalary takes no Place"
    ]


@pytest.mark.parametrize("course", ["own_team", "buy", "collect_data_first", "ask_first"])
def test_nothing_is_advertised_where_nobody_is_to_be_hired(course):
    assert job_posting_of(preview(**COURSES[course])) is None


def test_the_posting_carries_title_duties_place_and_sourced_pay():
    posting = job_posting_of(preview(**CHATBOT | {"remote": "yes", "timeline": {"hours_a_week": 20}}))
    assert posting["title"] == "AI engineer"
    assert posting["hiringOrganization"]["name"] == CHATBOT["client"]
    assert posting["jobLocation"]["address"]["addressCountry"] == "US"
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert posting["employmentType"] == ["PART_TIME"]
    assert posting["datePosted"] == "2026-11-21"
    assert "What you will do" in posting["description"]
    middle, span = posting["estimatedSalary"]
    assert middle["duration"] == "P1Y"
    assert span["value"]["minValue"] <= middle["median"] <= span["value"]["maxValue"]


def test_a_price_that_is_not_pay_is_left_out():
    made = preview(**CHATBOT | {"engagement": "agency", "budget": None})
    assert made.money["roles"]["ai_engineer"]["kind"] == "bill_rate"
    assert "estimatedSalary" not in job_posting_of(made)


def test_the_occupation_says_how_good_its_figure_is():
    occupation = occupation_of(preview(**CHATBOT))
    assert "sources, January 2025 to July 2026" in occupation["disambiguatingDescription"]
    assert occupation["occupationLocation"] == {"@type": "Country", "name": "US"}


def test_a_market_without_figures_exports_none():
    assert "estimatedSalary" not in occupation_of(preview(**CHATBOT | {"place": "IS"}))
