"""One rule for amounts: digits, thousands apart, a dot before decimals; nothing ambiguous is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.amounts import AmountError, amount_read, amount_text, whole_read


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("120000", "120000"),
        (" 120,000 ", "120000"),
        ("120 000.50", "120000.50"),
        ("120\u00a0000", "120000"),
        ("120\u202f000", "120000"),
        ("120'000", "120000"),
        ("120\u2019000", "120000"),
        ("12,00,000", "1200000"),
        ("27.5", "27.5"),
        ("0", "0"),
        ("007", "7"),
        ("999999999999", "999999999999"),
        (120000, "120000"),
        (120000.0, "120000"),
        (27.5, "27.5"),
        (Decimal("27.50"), "27.50"),
    ],
)
def test_an_amount_is_read(typed, amount):
    assert amount_read(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "NaN",
        "Inf",
        "-inf",
        "1e400",
        "1e5",
        "-0",
        "-5",
        "\u22125",
        "(5)",
        "1_000",
        "",
        " ",
        ".",
        "5.",
        ".5",
        "+5",
        "１２０",
        "٥٠٠",
        "५००",
        "²",
        "½",
        "120k",
        "$120",
        "120 USD",
        "1,5",
        "1,50",
        "12,000,00",
        "120 000,50",
        "1 2",
        "1,000'000",
        "5.123",
        "45.000",
        "45.000,00",
        "1.200.000",
        "0x10",
        "1\n000",
        "9" * 13,
        "9" * 100_000,
        "１",
        "\x00",
        None,
        True,
        [],
        {},
        float("nan"),
        float("inf"),
        1e300,
        -0.0,
        -1,
        10**400,
        b"5",
        0.1 + 0.2,
        Decimal("NaN"),
        Decimal("1E+9"),
    ],
)
def test_what_is_not_clearly_an_amount_is_refused_with_a_cure(typed):
    with pytest.raises(AmountError) as caught:
        amount_read(typed)
    assert len(str(caught.value)) < 200
    assert str(caught.value).endswith(".")


def test_a_dot_before_three_digits_is_not_guessed():
    with pytest.raises(AmountError, match="can be read in two ways"):
        amount_read("45.000")


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=2))
def test_the_stored_form_reads_back_as_the_same_amount(amount):
    assert amount_read(amount_text(amount)) == amount


@given(st.integers(0, 10**12 - 1))
def test_thousands_may_be_parted_three_ways(number):
    for separator in ", '":
        assert amount_read(f"{number:,}".replace(",", separator)) == number


@given(st.one_of(st.text(max_size=80), st.floats(), st.integers(), st.decimals(), st.none(), st.binary()))
def test_anything_else_gives_an_amount_error_and_no_other(typed):
    try:
        amount = amount_read(typed)
    except AmountError:
        return
    assert 0 <= amount < 10**12


@pytest.mark.parametrize(("typed", "number"), [("40", 40), (40, 40), (" 1 ", 1), ("80", 80)])
def test_a_whole_number_is_read(typed, number):
    assert whole_read(typed, least=1, most=80) == number


@pytest.mark.parametrize(
    "typed", ["0", "81", "40.0", 40.0, True, "-1", "４０", "1e1", "", None, "9" * 1000, 10**30]
)
def test_a_number_out_of_bounds_or_not_whole_is_refused(typed):
    with pytest.raises(AmountError, match="is not a whole number from 1 to 80"):
        whole_read(typed, least=1, most=80)
