"""Short ways to write observations and to work out the money in tests."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from rolematcher.engine.money.conversion import ConversionFact, conversion_read
from rolematcher.engine.money.estimate import Estimate, cell_estimate
from rolematcher.engine.money.money_brief import money_work_out
from rolematcher.engine.money.observation import Observation, observation_read
from rolematcher.engine.money.places import places_read
from rolematcher.engine.money.rate_index import RateIndex
from rolematcher.packaged import packaged_text

TODAY = date(2026, 11, 21)
PLACES = places_read(packaged_text("places.toml"))

_ROW = {
    "role": "ai_engineer",
    "region": "US",
    "engagement": "permanent",
    "seniority": "all",
    "currency": "USD",
    "unit": "year",
    "kind": "base_pay",
    "statistic": "median",
    "publisher": "Alpha",
    "interest": "editorial",
    "title": "A survey",
    "as_of": "2026-06",
}


def row(**columns: str) -> dict[str, str]:
    """A row of text: a plain salary in the US unless told otherwise."""
    given = {**_ROW, **columns}
    if not any(given.get(name) for name in ("low", "typical", "high")):
        given["typical"] = "100000"
    return given


def seen(publisher: str = "Alpha", typical: str = "", **columns: str) -> Observation:
    """An observation: a plain salary in the US unless told otherwise."""
    return observation_read(row(publisher=publisher, typical=typical, **columns))


def estimate(*rows: Observation, seniority: str = "all", on: date = TODAY, **options: object) -> Estimate:
    """The estimate of the cell the first row is in."""
    return cell_estimate(rows, cell=rows[0].cell, seniority=seniority, on=on, **options)


def figures(estimated: Estimate) -> tuple[int, ...] | None:
    """Low, typical and high as whole numbers."""
    return tuple(int(amount) for amount in estimated.figures) if estimated.figures else None


def on_file() -> tuple[RateIndex, tuple[ConversionFact, ...]]:
    """The observations and facts that ship with the product."""
    rates = csv.DictReader(io.StringIO(packaged_text("rates.csv")))
    facts = csv.DictReader(io.StringIO(packaged_text("facts.csv")))
    return RateIndex(map(observation_read, rates)), tuple(map(conversion_read, facts))


SHIPPED = on_file()


def money(
    place: str = "US",
    basis: str = "permanent",
    role: str = "ai_engineer",
    level: str = "",
    *,
    rates: object = None,
    facts: object = None,
    exchange: object = (),
    need: str = "",
    on: date = TODAY,
    **answers: object,
) -> dict:
    """The money of a decision on the shipped figures, or on `rates` and `facts`."""
    return money_work_out(
        SHIPPED[0] if rates is None else rates,
        SHIPPED[1] if facts is None else facts,
        answers={"place": place, **answers},
        role=role,
        basis=basis,
        level=level,
        need=need,
        on=on,
        exchange=exchange,
        places=PLACES,
    )


def budget(amount: str, currency: str = "USD", per: str = "year", kind: str = "pay") -> dict[str, str]:
    """A budget as the answers hold it."""
    return {"amount": amount, "currency": currency, "per": per, "kind": kind}


def fact(key: str, value: str, unit: str, region: str = "US", **columns: str) -> ConversionFact:
    """A conversion fact published in 2026."""
    return conversion_read(
        {"key": key, "value": value, "unit": unit, "region": region, "publisher": "Omega", "as_of": "2026"}
        | columns
    )


def sources(shown: dict, part: str) -> dict[str, str | None]:
    """Publisher and typical figure of the sources that play a part in a shown estimate."""
    return {entry["publisher"]: entry["typical"] for entry in shown["sources"] if entry["part"] == part}


def amount(text: object) -> Decimal:
    """An amount of the JSON record."""
    return Decimal(str(text))
