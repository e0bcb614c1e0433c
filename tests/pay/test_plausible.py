"""A row that cannot be true is refused with its reason and its cure; what is odd may be insisted on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rolematcher.pay.figures import figures_packaged, rows_packaged
from rolematcher.pay.observation import observation_read
from rolematcher.pay.plausible import RowError, observation_errors

from .sheets import ON

ROW = {
    "role": "ai_engineer", "place": "SE", "engagement_type": "permanent", "seniority": "mid",
    "currency": "SEK", "unit": "month", "kind": "base_pay", "low": "55000", "typical": "", "high": "70000",
    "publisher": "Somebody", "interest": "recruiter", "as_of": "2026-05", "statistic": "typical",
    "proxy": "no",
}  # fmt: skip


def errors(insist: str = "", **changed: str) -> tuple[RowError, ...]:
    return observation_errors(ROW | changed, figures_packaged(), on=ON, insist=insist)


@pytest.mark.parametrize(
    ("changed", "column", "reason", "cure"),
    [
        ({"low": "50", "high": "75", "unit": "year"}, "typical", "low_pay", "thousands"),
        ({"unit": "year"}, "typical", "low_pay", "unit"),
        ({"unit": "day"}, "typical", "high_pay", "unit"),
        (
            {"engagement_type": "contract", "currency": "EUR", "unit": "day", "low": "5.5", "high": ""},
            *("typical", "hourly", "thousands"),
        ),
        ({"as_of": "2031"}, "as_of", "future", "today"),
        ({"as_of": "2019-01"}, "as_of", "old", "newer"),
        ({"as_of": "next year"}, "as_of", "date", "date"),
        ({"low": "90000"}, "low", "order", "swap"),
        ({"low": "10000"}, "high", "ratio", "one_unit"),
        ({"low": "", "high": ""}, "typical", "none_given", "fill"),
        ({"low": "much"}, "low", "amount", "write_digits"),
        ({"low": "-3"}, "low", "amount", "write_digits"),
        ({"low": "0.00"}, "low", "amount", "write_digits"),
        ({"low": "NaN"}, "low", "amount", "write_digits"),
        ({"low": "1e999"}, "low", "amount", "write_digits"),
        ({"low": "1,2,3"}, "low", "amount", "write_digits"),
        ({"publisher": ""}, "publisher", "empty", "fill"),
        ({"note": "a\x00b"}, "note", "sign", "sign"),
        ({"title": "x" * 301}, "title", "long", "shorten"),
        ({"url": "javascript:alert(1)"}, "url", "address", "address"),
    ],
)
def test_what_cannot_be_true_is_named_with_its_cure(
    changed: dict[str, str], column: str, reason: str, cure: str
) -> None:
    (error,) = errors(**changed)
    assert (error.column, error.reason.id, error.cure.id) == (column, f"pay.row.{reason}", f"pay.cure.{cure}")


@pytest.mark.parametrize(
    ("changed", "nearest"),
    [
        ({"place": "Swedn"}, "SE"),
        ({"unit": "hourly"}, "hour"),
        ({"currency": "EURO"}, "EUR"),
        ({"role": "ai engineer"}, "ai_engineer"),
        ({"unit": "year"}, "month"),
    ],
)
def test_an_unknown_word_or_unit_names_the_nearest_that_fits(changed: dict[str, str], nearest: str) -> None:
    (error,) = errors(**changed)
    choices = error.cure.values["choices"]
    assert isinstance(choices, tuple) and choices[0] == nearest


def test_a_publishers_two_units_must_agree() -> None:
    figures = figures_packaged()
    filed = replace(figures, all=[*figures.all, observation_read(ROW)])
    yearly = ROW | {"unit": "year", "low": "2500000", "high": "3000000"}
    (error,) = observation_errors(yearly, filed, on=ON)
    assert error.reason.id == "pay.row.other_unit"
    assert error.reason.values.keys() == {"publisher", "figure", "other"}


def test_a_person_may_insist_on_what_is_odd_but_not_on_what_is_wrong() -> None:
    assert errors(unit="year", insist="It is a part-time scheme.") == ()
    assert errors(unit="year", insist="  ") != ()
    assert errors(as_of="2031", insist="I know the future.") != ()


def test_every_shipped_row_passes_names_no_file_of_ours() -> None:
    rows = rows_packaged("pay/observations.csv")
    assert len(rows) == 337 == len({tuple(row.values()) for row in rows})
    for row in rows:
        assert observation_errors(row, figures_packaged(), on=ON) == ()
        assert ".txt" not in row["url"] and "rates.csv" not in row["note"]
        assert "seed" not in row["title"].casefold()
