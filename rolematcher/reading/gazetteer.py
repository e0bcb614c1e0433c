"""Names of places. In: the packaged tables (GeoNames, CC BY 4.0). Out: `Gazetteer`, which resolves them.

A name in a text may mean several places. A qualifier behind it decides ("London, Ontario"; "Cambridge, MA");
else the much larger one; else it stays doubtful.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .patterns import FILES, word_list
from .phrases import Mention, Phrasebook, Token

EVERYDAY = word_list("everyday_cities")
"""Cities named like everyday words or people: counted only with a qualifier or after "in"."""
AMBIGUOUS = 3.0
"""How much larger a place must be than its next namesake abroad to be the one meant."""
CLEAR_LEAD = 15.0
INSIDE = frozenset(("in", "near", "bei", "aus", "raum", "base"))
WORK_PLACE = frozenset(
    (
        "ort",
        "loc",
        "location",
        "standort",
        "standorten",
        "arbeitsort",
        "dienstort",
        "einsatzort",
        "leistungsort",
    )
)
OFFICES = frozenset(
    ("office", "site", "plant", "branch", "depot", "campus", "hub", "warehouse", "büro", "werk")
)
BETWEEN = frozenset(("ist", "is", "wäre", "wird"))
NEVER = frozenset(("man", "most", "same", "data", "date", "march", "best", "mission", "job", "media", "see"))
QUALIFIES = frozenset((",", "(", "/", "-", ", (", ""))
"""What may stand between a city and what says which one is meant."""
THREE_LETTERS = {
    "DEU": "DE",
    "GBR": "GB",
    "USA": "US",
    "AUT": "AT",
    "CHE": "CH",
    "FRA": "FR",
    "NLD": "NL",
    "POL": "PL",
}
STATES_OF_AUSTRALIA = frozenset(("NSW", "VIC", "QLD", "WA", "SA", "TAS", "ACT", "NT"))
STATES_LIKE_WORDS = frozenset(("OR", "IN", "ME", "OK", "HI"))
MONEY = frozenset(("dollar", "us-dollar"))
SMALL = 100
"""Thousands of people from which on a town is known by its bare name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place named at the tokens [first, last): its country or group, and how doubtful."""

    first: int
    last: int
    country: str
    certain: bool
    doubtful: bool
    city: bool = False
    namesakes: frozenset[str] = frozenset()
    """Other countries that hold a city of that name, where nothing behind it says which is meant."""


@dataclass(frozen=True, slots=True)
class City:
    """One of the places a city's name may mean."""

    country: str
    state: str
    thousands: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that are looked through, with the countries and states named at each of them."""

    tokens: tuple[Token, ...]
    text: str
    regions: Mapping[int, Mention]
    place_line: bool
    title: bool

    def gap(self, at: int) -> str:
        """What stands between the word before `at` and the word at `at`; "" at the end."""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start] if at < len(self.tokens) else ""

    def is_name(self, at: int) -> bool:
        """Does the word begin with a capital?"""
        return self.tokens[at].raw[0].isupper()

    def is_apart(self, first: int, last: int) -> bool:
        """May a city that is small or named like a word be meant: on a place line, in a title, after "in"?"""
        name = self.tokens[first].fold
        town = self.title and name not in EVERYDAY and len(name) > 3
        tied = self.place_line or town or self._follows_in(first) or self._names_an_office(last)
        return tied and name not in NEVER

    def _follows_in(self, first: int) -> bool:
        """Does the name follow "in", "near" or the word for a place of work?"""
        before = [token.fold for token in self.tokens[max(0, first - 2) : first]]
        if before and before[-1] in BETWEEN:
            before.pop()
        return bool(before and before[-1] in INSIDE | WORK_PLACE)

    def _names_an_office(self, last: int) -> bool:
        """Is it the name of an office: "our Taunton office"?"""
        return last < len(self.tokens) and self.tokens[last].fold in OFFICES and self.gap(last) == " "


class Gazetteer:
    """The names of countries, divisions and cities."""

    def __init__(self) -> None:
        regions = tomllib.loads((FILES / "regions.toml").read_text(encoding="utf-8"))
        self._cities: dict[str, list[City]] = {}
        for row in csv.DictReader((FILES / "places.csv").read_text(encoding="utf-8").splitlines()):
            city = City(row["country"], row["state"], int(row["thousands"]))
            self._cities.setdefault(row["name"], []).append(city)
        codes = (code.split("-") for code in regions["divisions"])
        self._countries_of_states = {state: country for country, state in codes if country in ("US", "CA")}
        self._book = Phrasebook(regions["countries"] | regions["divisions"])
        self._longest = 4

    def places(
        self, tokens: tuple[Token, ...], text: str, *, place_line: bool = False, title: bool = False
    ) -> Iterator[Found]:
        """The places named in these words with what qualifies them.

        `place_line`: it names nothing else. `title`: a title, where a small town may stand by its bare name.
        """
        regions = {one.first: one for one in sorted(self._book.mentions(tokens), key=lambda one: one.last)}
        words = _Words(tokens, text, regions, place_line, title)
        at = city_ends = 0
        while at < len(tokens):
            found = self._city(words, at) or _region(words, at)
            if found and not (found.city and city_ends == at and words.gap(at).strip() == "("):
                yield found  # no district: "Sydney (Alexandria)"
            city_ends = found.last if found and found.city else 0
            at = max(at + 1, found.last if found else 0)

    def _city(self, words: _Words, at: int) -> Found | None:
        if not words.is_name(at):
            return None
        tokens = words.tokens
        for size in range(min(self._longest, len(tokens) - at), 0, -1):
            last = at + size
            name = words.text[tokens[at].start : tokens[last - 1].end].lower()
            cities = self._cities.get(name)
            if cities and (size == 1 or "\n" not in name):
                return self._resolved(words, at, last, cities)
        return self._unknown_town(words, at)

    def _resolved(self, words: _Words, at: int, last: int, cities: list[City]) -> Found | None:
        """The city that the words behind it say, else the largest of the name."""
        if qualified := self._qualified(words, last, cities):
            return Found(at, *qualified, certain=True, doubtful=False, city=True)
        region = words.regions.get(at)
        if region and region.last >= last:
            return None  # Singapore, Ontario: the country or state itself
        if last - at == 1 and _is_everyday(words.tokens[at].fold, cities) and not words.is_apart(at, last):
            return None
        return _largest(at, last, cities)

    def _qualified(self, words: _Words, last: int, cities: list[City]) -> tuple[int, str] | None:
        """What stands right behind a city and says which one: its end and the country."""
        gap = words.gap(last)
        mark = gap.strip()
        if not gap or len(gap) > 3 or mark not in QUALIFIES:
            return None
        region = words.regions.get(last)
        if region and words.is_name(last):
            country, _, state = region.concept.partition("-")
            of_it = (country, state) in {(city.country, city.state) for city in cities}
            if not (mark or of_it or region.term.startswith("=")):  # "Ames Iowa", no "Essen Deutschland"
                return None
            return (region.last, country) if len(country) == 2 else None
        country = self._by_letters(words.tokens[last].raw, cities, marked=bool(mark))
        return (last + 1, country) if country else None

    def _by_letters(self, short: str, cities: list[City], *, marked: bool) -> str:
        """The country that two or three capitals behind a city say: that of a state, or itself; "" for none.

        Without a mark between ("Wellington NZ") only those of a place of that name.
        """
        if not short.isupper() or len(short) not in (2, 3):
            return ""
        country = self._countries_of_states.get(short, "")
        if (country, short) in {(city.country, city.state) for city in cities}:
            return country
        countries = {city.country for city in cities}
        if short in STATES_OF_AUSTRALIA and "AU" in countries:
            return "AU"
        if short in countries:
            return short
        return THREE_LETTERS.get(short, country) if marked else ""

    def _unknown_town(self, words: _Words, at: int) -> Found | None:
        """A town that the table does not hold, with a state or country behind it: "Lannon, WI"."""
        town = words.tokens[at].raw
        if words.gap(at + 1) != ", " or len(town) < 3:
            return None
        short = words.tokens[at + 1].raw
        state_of = self._countries_of_states.get(short)
        if state_of and short.isupper() and town[1:].islower() and short not in STATES_LIKE_WORDS:
            return Found(at, at + 2, state_of, certain=True, doubtful=False, city=True)
        article = words.tokens[at + 1].fold == "the"  # "Bleiswijk, the Netherlands"
        region = words.regions.get(at + 1 + article)
        if region and words.is_name(at + 1 + article) and at not in words.regions:
            country = _country(region)
            if len(country) == 2:
                return Found(at, region.last, country, certain=True, doubtful=False, city=True)
        return None


def _region(words: _Words, at: int) -> Found | None:
    """A country, state or group named by itself."""
    mention = words.regions.get(at)
    if mention is None or _is_no_place(words, at, mention):
        return None
    return Found(at, mention.last, _country(mention), certain=True, doubtful=False)


def _is_no_place(words: _Words, at: int, mention: Mention) -> bool:
    """Money (US$), an address at a site, a heading in capitals (ABOUT US), or a word in small letters."""
    tokens, last = words.tokens, mention.last
    if not (words.is_name(at) or mention.concept == "GLOBAL" or "weit" in mention.term):
        return True
    if words.text[tokens[last - 1].end : tokens[last - 1].end + 1] in ("$", "@"):
        return True
    if last < len(tokens) and tokens[last].fold in MONEY:
        return True
    before = tokens[at - 1].raw if at else ""
    if before[-1:].isdigit():  # "15'000 Franken"
        return True
    return tokens[at].raw == "US" and before.isupper() and len(before) > 3


def _country(region: Mention) -> str:
    """The country (or group) that a region is or lies in."""
    return region.concept.partition("-")[0]


def _is_everyday(plain: str, cities: list[City]) -> bool:
    """Is the name a word or a person's, too short, or that of a small town only?"""
    return plain in EVERYDAY or len(plain) < 4 or max(city.thousands for city in cities) < SMALL


def _largest(at: int, last: int, cities: list[City]) -> Found:
    """The largest city of the name; doubtful where one abroad is nearly as large."""
    by_country: dict[str, int] = {}
    for city in cities:
        by_country[city.country] = max(by_country.get(city.country, 0), city.thousands)
    ranked = sorted(by_country.items(), key=lambda pair: -pair[1])
    lead = ranked[0][1] / max(ranked[1][1], 1) if len(ranked) > 1 else CLEAR_LEAD
    others = frozenset(country for country, _ in ranked[1:])
    return Found(at, last, ranked[0][0], lead >= CLEAR_LEAD, lead < AMBIGUOUS, True, others)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once."""
    return Gazetteer()
