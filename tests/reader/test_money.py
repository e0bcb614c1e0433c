"""Amounts out of texts: currency, period and range, and money that is not pay."""

import pytest

from rolematcher.engine.reader.money import money_of


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "per"),
    [
        ("$40-60/hr", "40", "60", "USD", "hour"),
        ("£450 a day", "450", "450", "GBP", "day"),
        ("12 LPA", "1200000", "1200000", "INR", "year"),
        ("6-9 LPA", "600000", "900000", "INR", "year"),
        ("₹15-20 lakh", "1500000", "2000000", "INR", "year"),
        ("10,00,000 INR per annum", "1000000", "1000000", "INR", "year"),
        ("Rs. 50,000 per month", "50000", "50000", "INR", "month"),
        ("€5k fixed", "5000", "5000", "EUR", "project"),
        ("Budget: 1,200 USD", "1200", "1200", "USD", "project"),
        ("80-100k USD per year", "80000", "100000", "USD", "year"),
        ("Salary: $120,000 - $150,000", "120000", "150000", "USD", "year"),
        ("The base pay range is $161,500 to $190,000", "161500", "190000", "USD", "year"),
        ("$30.00/hr-$45.00/hr", "30.00", "45.00", "USD", "hour"),
        ("CA$120k-140k a year", "120000", "140000", "CAD", "year"),
        ("Compensation: 55 000 PLN per year", "55000", "55000", "PLN", "year"),
        ("45.000 € brutto pro Jahr", "45000", "45000", "EUR", "year"),
        ("£60-70k, remote", "60000", "70000", "GBP", "year"),
        ("USD 3000/month", "3000", "3000", "USD", "month"),
        ("Hourly rate 25 to 35 EUR", "25", "35", "EUR", "hour"),
        ("$90 AUD per hour", "90", "90", "AUD", "hour"),
    ],
)
def test_pay_is_read_with_its_range_currency_and_period(text, low, high, currency, per):
    money = money_of(text)
    assert money is not None
    assert (str(money.low), str(money.high), money.currency, money.per) == (low, high, currency, per)


@pytest.mark.parametrize(
    "text",
    [
        "We raised $12M last year.",
        "Our customers process invoices over $5000.",
        "Annual revenue of $40,000,000.",
        "$1,500 per year learning budget",
        "A quota of 900k EUR.",
        "5+ years of experience, 3 shops, 40 colleagues",
        "Version 3.11 of 2026",
        "$250 a week",
        "",
    ],
)
def test_other_money_and_other_numbers_are_no_pay(text):
    assert money_of(text) is None


def test_pay_is_found_beside_other_money():
    money = money_of("We raised $12M. The pay is $90k–$110k annually, plus a $2,000 referral bonus.")
    assert money is not None
    assert (str(money.low), str(money.high), money.per) == ("90000", "110000", "year")


def test_of_a_range_the_upper_end_is_filled_in_and_both_ends_are_kept(reading_of):
    suggestion = reading_of("Chatbot with GPT-4, $40-60/hr.").suggestion("budget")
    assert suggestion.value == {"amount": "60", "currency": "USD", "per": "hour", "kind": "pay"}
    assert (suggestion.detail["low"], suggestion.detail["high"]) == ("40", "60")
    assert "upper end" in suggestion.words
    assert [span.text for span in suggestion.supports] == ["$40-60/hr"]


def test_a_budget_for_the_whole_project_includes_everything(answers_of):
    assert answers_of("Chatbot with GPT-4, 4,000 EUR fixed.")["budget"] == {
        "amount": "4000",
        "currency": "EUR",
        "per": "project",
        "kind": "total",
    }
