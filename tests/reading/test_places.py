"""Where the person works from: a qualifier beats the city, the role's place beats the company's."""

from __future__ import annotations

import itertools

import pytest

from tests.reading.readings import firm, reading_of

PLACES = {
    "Lyon": "FR",
    "Leipzig": "DE",
    "Salzburg": "AT",
    "Pune": "IN",
    "Lagos": "NG",
    "Austin": "US",
    "Toronto": "CA",
    "Cambridge, MA": "US",
    "Cambridge, UK": "GB",
    "London, Ontario": "CA",
    "Hyderabad, Pakistan": "PK",
    "Birmingham, Alabama": "US",
    "Tuscaloosa, AL": "US",
    "Valencia, Spain": "ES",
    "Vancouver, WA": "US",
    "Melbourne, Florida": "US",
    "Portugal": "PT",
    "Saudi Arabia": "SA",
    "Nordrhein-Westfalen": "DE",
    "Ontario": "CA",
}
SAYS = (
    "The role is based in {}.",
    "Location: {}",
    "On-site in {}.",
    "You must live in {}.",
    "Our office in {} is where you will work.",
    "Standort: {}",
)
OTHERS = (
    "Our headquarters are in Seoul.",
    "Most of our customers are in Brazil.",
    "We ship to Chile and Peru.",
    "We are a Dublin-based company.",
    "We pay in US dollars.",
)


def test_the_place_of_the_role_is_read_whatever_else_is_named():
    wrong = []
    for (place, country), says in itertools.product(PLACES.items(), SAYS):
        for other in OTHERS:
            found = firm(f"Sort our mail with a language model. {other}\n{says.format(place)}", "place")
            if found != country:
                wrong.append((says.format(place), other, found))
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.parametrize(
    "other", [*OTHERS, "We speak Spanish with our clients.", "Nice reading in the Orange room."]
)
def test_somebody_elses_place_fills_in_nothing(other):
    assert firm(f"Sort our mail with a language model. {other}", "place") is None


def test_a_city_of_two_countries_without_a_word_more_is_left_open():
    assert firm("The role is based in Valencia.", "place") is None
    assert firm("The role is based in Cambridge.", "place") is None


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("This is a fully remote role.", "yes"),
        ("100 % remote", "yes"),
        ("Remote: ja", "yes"),
        ("You work on site with the team.", "no"),
        ("Vor ort in Kassel", "no"),
        ("Einsatzort: Kassel, 60 % remote", "partly"),
        ("Hybrid, two days a week in the office", "partly"),
        ("Arbeit zum Teil vor Ort in Kassel.", "partly"),
        ("Homeoffice an 3 Tagen möglich.", "partly"),
        ("No remote work from abroad.", None),
        ("Kein Remote aus dem Ausland.", None),
    ],
)
def test_remote_is_said_only_where_it_is_all_or_nothing(text, remote):
    assert firm(text, "remote") == remote


@pytest.mark.parametrize(
    ("says", "country"),
    [
        ("An accountancy firm in Leeds wants its mail sorted.", "GB"),
        ("Unser Kunde, ein Maschinenbauer bei Ulm, braucht Hilfe.", "DE"),
        ("A retail group headquartered in Oslo.", "NO"),
    ],
)
def test_the_companys_place_is_a_hint_where_no_other_is_named(says, country):
    found = reading_of(says).suggestion("place")
    assert (found.value, found.strength) == (country, "hint")


def test_of_two_companies_places_none_is_shown():
    assert reading_of("A firm in Leeds buys from a firm in Lyon.").suggestion("place") is None


def test_a_yes_and_a_no_to_remote_work_are_a_hint_at_partly():
    found = reading_of("This is a fully remote role. You work on site with the team.").suggestion("remote")
    assert (found.value, found.strength) == ("partly", "hint")
