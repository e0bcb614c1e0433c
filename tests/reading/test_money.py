"""Whose money it is: pay and budgets are read, everything else is left alone."""

from __future__ import annotations

import itertools

import pytest

from tests.reading.readings import budget, reading_of

TASK = "Our mail should be sorted by a language model. "

SIGNS = {
    "USD": ("${}", "USD {}", "{} dollars"),
    "EUR": ("€{}", "{} €", "{} EUR"),
    "GBP": ("£{}", "GBP {}"),
    "CHF": ("CHF {}",),
}
OFFERS = (
    ("Salary: {}", "year", (84_000, 120_500), "{:,}"),
    ("The pay is {} a year.", "year", (84_000, 120_500), "{:,}"),
    ("Compensation {} per annum plus equity.", "year", (96_000,), "{}"),
    ("Budget: {}", "project", (750, 4_200, 12_500), "{:,}"),
    ("Our budget is {} for the whole project.", "project", (4_200,), "{}"),
    ("We can pay {} per hour.", "hour", (35, 85), "{}"),
    ("Rate: {}/hr", "hour", (35, 85), "{}"),
    ("Day rate {}", "day", (480, 650), "{}"),
    ("We pay {} a month.", "month", (2_400, 5_100), "{:,}"),
)
GERMAN = (
    ("Jahresgehalt {} €", "year", (62_000, 78_500)),
    ("Gehalt: {} Euro im Jahr", "year", (62_000,)),
    ("Stundensatz: {} €", "hour", (75, 110)),
    ("Tagessatz: {} EUR", "day", (640,)),
    ("Budget {} Euro", "project", (2_500, 9_000)),
    ("Wir zahlen {} € pro Stunde.", "hour", (75,)),
)
DISTRACTORS = (
    "The board approved €120,000 for new forklifts.",
    "Orders above €5,000 need an approved supplier.",
    "Claims up to £3,000 are approved by a clerk.",
    "We manage $500,000 of other people's money.",
    "Our shop sells chairs for $249 each.",
    "The current licence costs €1,900 a month.",
    "Last year's revenue was $4.1 million.",
    "We raised £2.5M from two investors.",
    "Customers spend about $60 an order.",
    "Each lost parcel costs us €35.",
    "You get a learning budget of $1,500.",
    "Plans start at $19 per month.",
    "The referral bonus is $750.",
    "Unser Umsatz lag bei 3 Mio. Euro.",
    "Die Software kostet 450 € im Monat.",
)


def written() -> list[tuple[str, str, str, str]]:
    cases = []
    for (offer, unit, amounts, shape), (code, signs) in itertools.product(OFFERS, SIGNS.items()):
        for amount, sign in itertools.product(amounts, signs):
            cases.append((offer.format(sign.format(shape.format(amount))), str(amount), code, unit))
    for offer, unit, amounts in GERMAN:
        for amount in amounts:
            cases.append((offer.format(f"{amount:,}".replace(",", ".")), str(amount), "EUR", unit))
    return cases


def test_offers_are_read_in_many_ways_of_writing_beside_other_money():
    wrong = []
    for at, (offer, amount, currency, unit) in enumerate(written()):
        other = DISTRACTORS[at % len(DISTRACTORS)]
        for text in (TASK + offer, f"{other} {offer}", f"{offer}\n{other}"):
            found = budget(text)
            if found is None or found[:4] != (amount, amount, currency, unit):
                wrong.append((text, found))
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("other", DISTRACTORS)
def test_other_money_alone_is_no_budget(other):
    assert budget(TASK + other) is None


@pytest.mark.parametrize("join", ["-", " - ", "–", " to ", " bis "])
@pytest.mark.parametrize(("low", "high"), [("$40", "$60"), ("$40", "60"), ("40", "$60")])
def test_both_ends_of_a_range_stay(join, low, high):
    found = budget(f"{TASK}Hourly rate: {low}{join}{high} per hour")
    assert found and found[:4] == ("40", "60", "USD", "hour")


def test_two_amounts_that_contradict_are_both_shown_and_fill_in_nothing():
    text = "Hourly: $20 - $35\nWe set aside a budget of $5,500 for all of it."
    found = [one for one in reading_of(text).suggestions if one.fact == "budget"]
    assert [one.strength for one in found] == ["hint", "hint"]
    assert "budget" not in reading_of(text).raw_answers()


@pytest.mark.parametrize(
    "text",
    ["In total we have 300 orders.", "Pay attention to detail.", "Budget to be agreed.", "US$ account"],
)
def test_words_of_money_without_an_amount_say_nothing(text):
    assert budget(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Location: Leeds\nSalary is about 60k a year.", ("60000", "60000", "GBP", "year", "likely")),
        ("Standort: Bremen\nGehalt um die 60k", ("60000", "60000", "EUR", "year", "likely")),
        ("On-site in Warsaw. The budget is 20k overall.", ("20000", "20000", "PLN", "project", "likely")),
        ("Location: Leeds\nWe process 60k orders a year.", None),
        ("Salary is about 60k a year.", None),
    ],
)
def test_an_amount_without_a_currency_takes_that_of_the_place(text, read):
    assert budget(TASK + "\n" + text) == read


def test_the_currency_of_a_place_that_is_a_hint_is_a_hint():
    text = TASK + "We are a bakery in Leeds. Salary around 40k a year."
    found = reading_of(text).suggestion("budget")
    assert (found.value.currency, found.strength) == ("GBP", "hint")


@pytest.mark.parametrize("word", ["about", "around", "roughly", "just above", "ungefähr", "etwa"])
def test_a_word_of_how_exact_it_is_takes_no_budget_away(word):
    found = budget(f"{TASK}Budget is {word} £450/day for about four months.")
    assert found and (found[0], found[2], found[3]) == ("450", "GBP", "day")


@pytest.mark.parametrize(
    "other", ["We lose about £900 a week.", "The wages of our drivers are about £2,400 a month."]
)
def test_what_is_lost_or_paid_to_others_is_no_budget(other):
    assert budget(TASK + other) is None


@pytest.mark.parametrize("said", ["75k EUR for a year", "€75,000 for the year", "75.000 € für ein Jahr"])
def test_a_sum_for_a_year_is_a_years_pay(said):
    found = budget(f"{TASK}Budget: around {said}.")
    assert found and (found[0], found[3]) == ("75000", "year")


@pytest.mark.parametrize(
    ("said", "low", "currency", "unit", "strength"),
    [
        ("There is a budget of £52-58k for the permanent hire.", "52000", "GBP", "year", "likely"),
        ("Permanent role in Oslo. Budget NOK 900,000.", "900000", "NOK", "year", "likely"),
        ("Permanent role. Budget $18,000 for the whole project.", "18000", "USD", "project", "clear"),
        ("€4,500 tops for everything.", "4500", "EUR", "project", "likely"),
        ("The ceiling is €22,000.", "22000", "EUR", "project", "clear"),
        ("The owners signed off $64,000 for this.", "64000", "USD", "project", "clear"),
        ("Höchstens darf es 9.000 Euro kosten.", "", "", "", ""),
        ("Kosten darf es höchstens 9.000 Euro.", "9000", "EUR", "project", "likely"),
        ("Dafür stehen 35.000 Euro bereit.", "35000", "EUR", "project", "likely"),
        ("Permanent, Calgary. We pay up to 135k.", "135000", "CAD", "year", "likely"),
    ],
)
def test_a_budget_is_read_in_the_words_people_use(said, low, currency, unit, strength):
    read = budget(TASK + said)
    assert (read[0], *read[2:]) == (low, currency, unit, strength) if low else read is None
