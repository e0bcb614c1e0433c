"""One grammar for amounts, at every door: what people write is understood, the rest refused with a cure."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.editions.words import rules_words
from rolematcher.values.amounts import Amount, amount_read, amount_text, amounts_in
from rolematcher.values.message import Message


def read(typed, language="en"):
    amount = amount_read(typed, language)
    assert isinstance(amount, Amount), amount
    return amount


@pytest.mark.parametrize(
    ("typed", "low", "high", "currency", "unit"),
    [
        ("120k", 120_000, None, "", ""),
        ("£45,000", 45_000, None, "GBP", ""),
        ("$3,000", 3_000, None, "USD", ""),
        ("€85.000", 85_000, None, "EUR", ""),
        ("1.234,50", "1234.50", None, "", ""),
        ("50-60k", 50_000, 60_000, "", ""),
        ("60k a year", 60_000, None, "", "year"),
        ("$3,000 for everything", 3_000, None, "USD", "project"),
        ("1.2 crore", 12_000_000, None, "INR", ""),
        ("18 to 25 lacs", 1_800_000, 2_500_000, "INR", ""),
        ("12-15 LPA", 1_200_000, 1_500_000, "INR", "year"),
        ("12,00,000", 1_200_000, None, "", ""),
        ("CHF 120'000", 120_000, None, "CHF", ""),
        ("120\u2019000", 120_000, None, "", ""),
        ("120 000,50", "120000.50", None, "", ""),
        ("120\u202f000 SEK", 120_000, None, "SEK", ""),
        ("500/600", 500, 600, "", ""),
        ("min 500 max 700", 500, 700, "", ""),
        ("min. 500 €, max. 700 €", 500, 700, "EUR", ""),
        ("entre 40 et 50 k€", 40_000, 50_000, "EUR", ""),
        ("von 50.000 bis 60.000 EUR im Jahr", 50_000, 60_000, "EUR", "year"),
        ("zwischen 500 und 600 € am Tag", 500, 600, "EUR", "day"),
        ("3k/month", 3_000, None, "", "month"),
        ("$120K-$150K/yr", 120_000, 150_000, "USD", "year"),
        ("CAD $100k", 100_000, None, "CAD", ""),
        ("65 T EUR", 65_000, None, "EUR", ""),
        ("15 tys. PLN", 15_000, None, "PLN", ""),
        ("10k fix", 10_000, None, "", "project"),
        ("EUR 85k OTE", 85_000, None, "EUR", ""),
        ("£450/day", 450, None, "GBP", "day"),
        ("£50/h - £60/h", 50, 60, "GBP", "hour"),
        ("85 € pro Stunde", 85, None, "EUR", "hour"),
        ("60 Tsd", 60_000, None, "", ""),
        ("1,2 Mio EUR", 1_200_000, None, "EUR", ""),
        ("120 T€", 120_000, None, "EUR", ""),
        ("120 TEUR", 120_000, None, "EUR", ""),
        ("60k p.a.", 60_000, None, "", "year"),
        ("4000 pm", 4_000, None, "", "month"),
        ("€ 600,- pro Tag", 600, None, "EUR", "day"),
        ("Tagessatz: 600", 600, None, "", "day"),
        ("hourly rate $45", 45, None, "USD", "hour"),
        ("60.000 brutto/Jahr", 60_000, None, "", "year"),
        ("$120k CAD", 120_000, None, "CAD", ""),
        ("TRY 45,000", 45_000, None, "TRY", ""),
        ("rs 50000 per month", 50_000, None, "INR", "month"),
        ("Budget: 3,000 USD fixed price", 3_000, None, "USD", "project"),
        (27.5, "27.5", None, "", ""),
        (120000.0, 120_000, None, "", ""),
        (Decimal("27.50"), "27.50", None, "", ""),
        ("007", 7, None, "", ""),
        ("0", 0, None, "", ""),
    ],
)
def test_what_people_write_is_understood(typed, low, high, currency, unit):
    amount = read(typed)
    assert (amount.low, amount.high) == (Decimal(low), Decimal(low if high is None else high))
    assert (amount.currency, amount.unit) == (currency, unit)


def test_the_words_before_an_amount_are_kept():
    assert read("about 60k").about
    assert read("ca. 60.000").about
    assert read("up to 60k").limit == "up_to"
    assert read("60k+").limit == read("ab 60k").limit == "from"


def test_the_language_decides_only_where_the_marks_leave_it_open():
    assert read("1.250k").low == 1_250
    assert read("1.250k", "de").low == 1_250_000
    assert read("45.000").approximate
    assert not read("45.000", "de").approximate
    assert not read("45,000").approximate
    for language in ("en", "de"):
        assert read("1.234,50", language).low == Decimal("1234.50")
        assert read("1,234.50", language).low == Decimal("1234.50")


def test_a_word_that_several_currencies_share_gives_none():
    amount = read("45000 kr")
    assert (amount.currency, amount.sign) == ("", "kr")
    assert read("$3,000").sign == "$"


WRONG = {
    "empty": [""],
    "not_amount": [
        *("1e3", "1_000", "NaN", "Inf", "0x10", "5 weeks", "abc", "."),
        *(None, True, [], float("nan"), Decimal("NaN")),
    ],
    "other_digits": ["²", "١٢٣", "１２０", "५००"],
    "below_zero": ["-5", "\u22125", "(5)"],
    "too_long": ["9" * 5_000],
    "too_many_digits": ["9" * 13, 10**400],
    "two_ways": ["1,000'000", "1,234.567"],
    "turned": ["60k-50k"],
    "two_currencies": ["50 EUR - 60 GBP"],
    "several": ["25-100/h or 5000 total"],
}


@pytest.mark.parametrize(("typed", "id"), [(typed, id) for id in WRONG for typed in WRONG[id]])
def test_what_is_no_amount_is_refused_with_its_cure(typed, id):
    wrong = amount_read(typed)
    assert isinstance(wrong, Message)
    assert wrong.id == f"values.amount.{id}"
    assert rules_words(wrong)


def test_a_text_gives_every_amount_with_the_place_it_stands():
    text = (
        "We raised $5M in 2024. Team of 5, 40 hours per week for 10-12 weeks, 60 % remote, 9 am-5 pm, "
        "401k, TOP 10 firm. Budget $550-1,350. Rate: 25-100 USD/hour. Gehalt 85.000 –\n95.000 € p.a."
    )
    found = amounts_in(text, "de")
    told = [(text[slice(*amount.span)], amount.low, amount.high, amount.unit) for amount in found]
    assert told == [
        ("$5M", 5_000_000, 5_000_000, ""),
        ("$550-1,350", 550, 1350, ""),
        ("25-100 USD/hour", 25, 100, "hour"),
        ("85.000 –\n95.000 € p.a.", 85_000, 95_000, "year"),
    ]


def test_numbers_that_stand_alone_are_given_only_when_asked_for():
    assert amounts_in("Budget: 60000") == ()
    assert amounts_in("Budget: 60000", bare=True)[0].low == 60_000


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=2))
def test_the_stored_form_reads_back_as_the_same_amount(amount):
    assert read(amount_text(amount)).low == amount


@given(st.integers(0, 10**12 - 1), st.sampled_from(",. '"))
def test_thousands_may_be_parted_four_ways(number, mark):
    assert read(f"{number:,}".replace(",", mark)).low == number


@given(st.one_of(st.text(max_size=200), st.floats(), st.integers(), st.decimals(), st.none(), st.binary()))
def test_anything_gives_an_amount_or_a_message_we_have_words_for(typed):
    found = amount_read(typed)
    if isinstance(found, Message):
        assert rules_words(found)
    else:
        assert 0 <= found.low <= found.high < 10**12


@given(st.text(alphabet="0123456789.,'k€$-/ mLacspertohMax", max_size=80))
def test_spans_lie_in_the_text_and_never_overlap(text):
    place = 0
    for amount in amounts_in(text, bare=True):
        start, stop = amount.span
        assert place <= start < stop <= len(text)
        place = stop


@pytest.mark.parametrize(
    "part", ["1", "1 ", "1,", "€", "1k-", "per hour ", "min ", "1.000", "about ", " ", "$1"]
)
def test_a_hostile_text_takes_no_time(part):
    started = time.process_time()
    amounts_in((part * 20_000)[:20_000], bare=True)
    assert time.process_time() - started < 0.3
