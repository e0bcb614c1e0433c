"""Names of places. In: the packaged tables (GeoNames, CC BY 4.0). Out: `Gazetteer`, which resolves them.

A name in a text may mean several places. A qualifier behind it decides ("London, Ontario"; "Cambridge, MA");
else the much larger one; else it stays doubtful.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .patterns import FILES, word_list
from .phrases import Phrasebook, Token

EVERYDAY = word_list("everyday_cities")
"""Cities named like everyday words or people: counted only with a qualifier or after "in"."""
AMBIGUOUS = 3.0
"""How much larger a place must be than its next namesake abroad to be the one meant."""
CLEAR_LEAD = 15.0
INSIDE = frozenset(("in", "near", "bei", "aus", "raum"))
NEVER = frozenset(("man", "most", "same", "data", "date", "march", "best", "mission", "job", "media", "see"))
SMALL = 100
"""Thousands of people from which on a town is known by its bare name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place named at the tokens [first, last): its country or group, its division, and how doubtful."""

    first: int
    last: int
    country: str
    division: str
    certain: bool
    doubtful: bool
    city: bool = False


@dataclass(frozen=True, slots=True)
class City:
    """One of the places a city's name may mean."""

    country: str
    state: str
    thousands: int


class Gazetteer:
    """The names of countries, divisions and cities."""

    def __init__(self) -> None:
        regions = tomllib.loads((FILES / "regions.toml").read_text(encoding="utf-8"))
        self._cities: dict[str, list[City]] = {}
        for row in csv.DictReader((FILES / "places.csv").read_text(encoding="utf-8").splitlines()):
            city = City(row["country"], row["state"], int(row["thousands"]))
            self._cities.setdefault(row["name"], []).append(city)
        self._states = {code.split("-")[1]: code for code in regions["divisions"] if code[:2] in ("US", "CA")}
        self._book = Phrasebook(regions["countries"] | regions["divisions"])
        self._longest = 4

    def places(self, tokens: tuple[Token, ...], text: str, *, place_line: bool = False) -> Iterator[Found]:
        """The places named in these words with what qualifies them. `place_line`: it names nothing else."""
        regions = {one.first: one for one in sorted(self._book.mentions(tokens), key=lambda one: one.last)}
        at = 0
        while at < len(tokens):
            found = self._city(tokens, at, text, regions, place_line) or self._region(
                tokens, at, text, regions
            )
            if found:
                yield found
            at = max(at + 1, found.last if found else 0)

    def _region(self, tokens: tuple[Token, ...], at: int, text: str, regions: dict) -> Found | None:
        mention = regions.get(at)
        if mention is None or not (
            tokens[at].raw[0].isupper() or mention.concept == "GLOBAL" or "weit" in mention.term
        ):
            return None
        after = text[tokens[mention.last - 1].end : tokens[mention.last - 1].end + 2]
        if after[:1] in ("$", "@") or (
            mention.last < len(tokens) and tokens[mention.last].fold in ("dollar", "us-dollar", "based$")
        ):
            return None
        if tokens[at].raw == "US" and at and tokens[at - 1].raw.isupper() and len(tokens[at - 1].raw) > 3:
            return None  # a heading in capitals: ABOUT US
        code = mention.concept
        return Found(
            at, mention.last, code[:2] if "-" in code else code, code if "-" in code else "", True, False
        )

    def _city(
        self, tokens: tuple[Token, ...], at: int, text: str, regions: dict, place_line: bool
    ) -> Found | None:
        if not tokens[at].raw[0].isupper():
            return None
        for size in range(min(self._longest, len(tokens) - at), 0, -1):
            last = at + size
            name = text[tokens[at].start : tokens[last - 1].end].lower()
            cities = self._cities.get(name)
            if cities and (size == 1 or "\n" not in name):
                return self._resolved(tokens, at, last, text, regions, cities, place_line)
        return self._unknown_town(tokens, at, text, regions)

    def _resolved(
        self,
        tokens: tuple[Token, ...],
        at: int,
        last: int,
        text: str,
        regions: dict,
        cities: list[City],
        place_line: bool,
    ) -> Found | None:
        end, country, division = self._qualifier(tokens, last, text, regions, cities)
        if country:
            return Found(at, end, country, division, True, False, city=True)
        region = regions.get(at)
        if region and region.last >= last:
            return None  # Singapore, Ontario: the country or state itself
        plain = tokens[at].fold
        small = max(city.thousands for city in cities) < SMALL
        if last - at == 1 and (plain in EVERYDAY or len(plain) < 4 or small):
            before = tokens[at - 1].fold if at else ""
            if not (place_line or before in INSIDE) or plain in NEVER:
                return None
        by_country: dict[str, int] = {}
        for city in cities:
            by_country[city.country] = max(by_country.get(city.country, 0), city.thousands)
        ranked = sorted(by_country.items(), key=lambda pair: -pair[1])
        lead = ranked[0][1] / max(ranked[1][1], 1) if len(ranked) > 1 else CLEAR_LEAD
        return Found(at, last, ranked[0][0], "", lead >= CLEAR_LEAD, lead < AMBIGUOUS, city=True)

    def _qualifier(
        self, tokens: tuple[Token, ...], last: int, text: str, regions: dict, cities: list[City]
    ) -> tuple[int, str, str]:
        """What stands right behind a city and says which one: its end, the country, the division."""
        if last >= len(tokens):
            return last, "", ""
        gap = text[tokens[last - 1].end : tokens[last].start]
        if not gap or len(gap) > 3 or gap.strip() not in (",", "(", "/", "-", ", (", ""):
            return last, "", ""
        region = regions.get(last)
        if region and tokens[last].raw[0].isupper() and (gap.strip() or region.term.startswith("=")):
            code = region.concept
            if "-" in code:
                return region.last, code[:2], code
            return (region.last, code, "") if len(code) == 2 else (last, "", "")
        short = tokens[last].raw
        if not gap.strip() or not short.isupper() or len(short) not in (2, 3):
            return last, "", ""
        state = self._states.get(short)
        if state and any(city.country == state[:2] and city.state == short for city in cities):
            return last + 1, state[:2], state
        if any(city.country == short for city in cities):
            return last + 1, short, ""
        country = {
            "DEU": "DE",
            "GBR": "GB",
            "USA": "US",
            "AUT": "AT",
            "CHE": "CH",
            "FRA": "FR",
            "NLD": "NL",
            "POL": "PL",
        }.get(short, "")
        return (
            (last + 1, country, "") if country else (last + 1, state[:2], state) if state else (last, "", "")
        )

    def _unknown_town(self, tokens: tuple[Token, ...], at: int, text: str, regions: dict) -> Found | None:
        """A town that the table does not hold, with a state behind it: "Lannon, WI"."""
        if (
            at + 1 >= len(tokens)
            or text[tokens[at].end : tokens[at + 1].start] != ", "
            or len(tokens[at].raw) < 3
        ):
            return None
        short = tokens[at + 1].raw
        state = self._states.get(short)
        if (
            state
            and short.isupper()
            and tokens[at].raw[1:].islower()
            and short not in ("OR", "IN", "ME", "OK", "HI")
        ):
            return Found(at, at + 2, state[:2], state, True, False, city=True)
        region = regions.get(at + 1)
        if (
            region
            and len(region.concept.split("-")[0]) == 2
            and tokens[at + 1].raw[0].isupper()
            and at not in regions
        ):
            return Found(
                at,
                region.last,
                region.concept[:2],
                region.concept if "-" in region.concept else "",
                True,
                False,
                city=True,
            )
        return None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, read once."""
    return Gazetteer()
