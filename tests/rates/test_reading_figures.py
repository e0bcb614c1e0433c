"""Rows of text become observations and facts, or an error that names the column and the cure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.conversion import conversion_read, conversion_row
from rolematcher.engine.money.observation import observation_read, observation_row, sample_size_read

from .market import SHIPPED, row


@pytest.mark.parametrize(
    ("columns", "column", "cure"),
    [
        ({"role": "wizard"}, "role", "one of ai_engineer, ml_engineer"),
        ({"region": "Texas"}, "region", "country code such as US"),
        ({"engagement": "barter"}, "engagement", "one of permanent"),
        ({"seniority": "guru"}, "seniority", "one of all, junior"),
        ({"currency": "dollars"}, "currency", "currency code"),
        ({"currency": "ZZZ"}, "currency", "currency code"),
        ({"unit": "fortnight"}, "unit", "one of hour"),
        ({"kind": "salary"}, "kind", "one of base_pay"),
        ({"interest": "friend"}, "interest", "one of official"),
        ({"statistic": "vibe"}, "statistic", "one of median"),
        ({"proxy": "maybe"}, "proxy", "one of yes, no"),
        ({"publisher": ""}, "publisher", "needs its publisher"),
        ({"typical": "-5"}, "typical", "without a sign"),
        ({"typical": "0"}, "typical", "more than zero"),
        ({"typical": "lots"}, "typical", "digits only"),
        ({"typical": "1e5"}, "typical", "digits only"),
        ({"typical": "45.000"}, "typical", "two ways"),
        ({"typical": "9" * 13}, "typical", "more than 12 digits"),
        ({"typical": "=1+1"}, "typical", "digits only"),
        ({"low": "9", "typical": "8"}, "low", "rising order"),
        ({"low": "9", "high": "8"}, "low", "rising order"),
        ({"as_of": "June 2026"}, "as_of", "Write 2026"),
        ({"as_of": "2026-13"}, "as_of", "not a day in the calendar"),
        ({"as_of": "2026-02-30"}, "as_of", "not a day in the calendar"),
        ({"as_of": ""}, "as_of", "Write 2026"),
        ({"note": "x" * 2001}, "note", "at most 2,000"),
        ({"title": "a\x00b"}, "title", "control character"),
        ({"url": "javascript:alert(1)"}, "url", "http"),
    ],
)
def test_a_faulty_column_is_named_with_its_cure(columns, column, cure):
    with pytest.raises(FigureError) as caught:
        observation_read(row(**columns))
    assert caught.value.field == column
    assert cure in caught.value.message


def test_a_row_without_any_figure_is_refused():
    with pytest.raises(FigureError, match="Fill in low, typical or high"):
        observation_read({**row(), "typical": ""})


def test_thousands_may_be_marked_as_people_type_them():
    assert observation_read(row(typical="120,000")).typical == Decimal(120000)
    assert observation_read(row(typical="15,50,000.50")).typical == Decimal("1550000.50")


def test_columns_of_other_names_for_the_same_thing_are_understood():
    named = row()
    named["median"], named["date"] = named.pop("typical"), named.pop("as_of")
    assert observation_read(named) == observation_read(row())


def test_every_shipped_observation_and_fact_reads_back_as_itself():
    rates, facts = SHIPPED
    assert all(observation_read(observation_row(one)) == one for one in rates)
    assert all(conversion_read(conversion_row(one)) == one for one in facts)


@pytest.mark.parametrize(
    ("sample", "size"),
    [
        ("n=525 records", 525),
        ("n = 29 of 11,686", 29),
        ("530 live ads", 530),
        ("5,412 freelancers", 5412),
        ("own notes", None),
        ("own placements of 2026", None),
        ("", None),
    ],
)
def test_the_sample_size_is_read_where_the_source_gives_one(sample, size):
    assert sample_size_read(sample) == size


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"key": "Not A Key"}, "key"),
        ({"key": ""}, "key"),
        ({"value": ""}, "value"),
        ({"value": "30-20"}, "value"),
        ({"publisher": ""}, "publisher"),
        ({"as_of": "soon"}, "as_of"),
        ({"value": "x" * 201}, "value"),
    ],
)
def test_a_faulty_fact_names_its_column(columns, column):
    plain = {
        "key": "hours_per_year",
        "value": "2080",
        "unit": "hours",
        "region": "US",
        "publisher": "Bureau",
        "as_of": "2026",
    }
    with pytest.raises(FigureError) as caught:
        conversion_read({**plain, **columns})
    assert caught.value.field == column


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("0.76", "0.76", "0.76"),
        ("25-30", "25", "30"),
        ("1.70-2.17", "1.70", "2.17"),
        ("15-1221, by title", None, None),
        ("-5", None, None),
    ],
)
def test_a_facts_value_is_a_number_a_range_or_a_text(value, low, high):
    read = conversion_read(
        {"key": "a", "value": value, "unit": "x", "region": "US", "publisher": "B", "as_of": "2026"}
    )
    assert (read.low, read.high) == (low and Decimal(low), high and Decimal(high))
