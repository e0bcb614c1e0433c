"""What the model is fitted to: aggregates, observations and measured ratios in, points in dollars out.

Aggregates of a whole data set (`cells.csv`) stand for its rows; what single sources say joins them, and so do
a house's own placements, which count as its best data.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rolematcher.pay.exchange import ExchangeTable
from rolematcher.pay.money import HOURS
from rolematcher.pay.observation import PAYROLL, ROLES, Observation
from rolematcher.pay.places import PAYROLL_PLACES

_DATA_SETS = {
    "SO2025": "stackoverflow",
    "aijobs": "aijobsnet",
    "DOU": "douua",
    "data_jobs": "datajobspostings2023",
    "Upwork": "upworkpostings",
    "OEWS": "usbureauoflaborstatistics",
}
"""The publisher whose single figures an aggregate replaces: nobody speaks twice."""
_UNKNOWN_SAMPLE = 15.0
_OFFICIAL_SAMPLE = 500.0
_DETAILED = 0.6


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: the logarithm of dollars an hour, where it is from, how many records, which source.

    `source` is micro (aggregate), raw, said, ad or house. `against` makes it a ratio to that role.
    """

    role: str
    place: str
    engagement_type: str
    seniority: str
    kind: str
    year: float
    log_pay: float
    n: float
    publisher: str
    source: str
    proxy: bool = False
    against: str = ""

    @property
    def country_and_type(self) -> str:
        """What the third back-test leaves out."""
        return f"{self.place}|{self.engagement_type}"


def points_of(
    cells: Sequence[Mapping[str, str]], observations: Iterable[Observation], exchange: ExchangeTable
) -> list[Point]:
    """All points of the aggregates and the observations; what an aggregate already holds is left out."""
    found = [_aggregate(row) for row in _finest(cells)]
    aggregated = set(_DATA_SETS.values())
    for row in observations:
        example = row.is_example and row.interest != "employer_posting"
        if row.publisher_key in aggregated or row.kind == "retainer" or example:
            continue
        point = _single(row, exchange)
        if point is not None:
            found.append(point)
    return [point for point in found if math.log(0.5) < point.log_pay < math.log(600)]


def ratio_points() -> list[Point]:
    """Automation specialist over AI engineer where one source has both: surer than either figure alone.

    Built In postings 0.76, official wages of the nearest occupations 0.78; low-code over software developer
    0.785 where an AI engineer earns 1.2 times a developer (DOU, Stack Overflow) 0.65.
    """
    known = (("US", 0.76, 2026, "builtinpostings"), ("US", 0.78, 2024, "usbureauoflaborstatistics"))
    return [
        Point(
            role="automation_specialist",
            place=place,
            engagement_type="permanent",
            seniority="all",
            kind="base_pay",
            year=year,
            log_pay=math.log(value),
            n=200,
            publisher=publisher,
            source="ratio",
            against="ai_engineer",
        )
        for place, value, year, publisher in (*known, ("UA", 0.65, 2025, "douua"))
    ]


def _finest(cells: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Cells by seniority instead of their sum where they hold most of it; single years serve growth only."""
    rows = [row for row in cells if not row["note"].startswith("single year")]
    detail: dict[tuple[str, ...], float] = {}
    for row in rows:
        if row["seniority"] != "all" and row["n"] != "official":
            key = _group(row)
            detail[key] = detail.get(key, 0.0) + float(row["n"])
    return [
        row
        for row in rows
        if row["seniority"] != "all"
        or row["n"] == "official"
        or detail.get(_group(row), 0.0) < _DETAILED * float(row["n"])
    ]


def _group(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["dataset"], row["role"], row["place"], row["engagement"]


def _aggregate(row: Mapping[str, str]) -> Point:
    kind = {"freelance": "freelance_marketplace"}.get(row["engagement"], row["engagement"])
    set_name = row["dataset"].split("-")[0]
    return Point(
        role=row["role"],
        place=row["place"],
        engagement_type=_type(kind, row["kind"], row["place"]),
        seniority=row["seniority"],
        kind=_kind(kind, row["kind"]),
        year=float(row["year"]),
        log_pay=math.log(float(row["p50_usd"]) / float(HOURS["year"])),
        n=_OFFICIAL_SAMPLE if row["n"] == "official" else float(row["n"]),
        publisher=_DATA_SETS[set_name],
        source="micro",
    )


def _single(row: Observation, exchange: ExchangeTable) -> Point | None:
    if row.typical is None and len(row.given) < len(("low", "high")):
        return None
    rate = exchange.rate(row.currency, "USD", row.day)
    if rate is None:
        return None
    middle = row.typical if row.typical is not None else (row.given[0] * row.given[-1]).sqrt()
    source = {"employer_posting": "ad", "raw_recomputed": "raw", "official": "raw", "house": "house"}
    kind = "contract" if row.engagement_type == "contract" else row.engagement_type
    return Point(
        role=row.role,
        place="DE" if row.place == "DACH" else row.place,
        engagement_type=_type(kind, row.kind, row.place),
        seniority=row.seniority,
        kind=_kind(kind, row.kind),
        year=row.day.year + (row.day.month - 1) / 12,
        log_pay=math.log(float(middle * rate.rate / HOURS[row.unit])),
        n=float(row.sample_size or _UNKNOWN_SAMPLE),
        publisher=row.publisher_key,
        source=source.get(row.interest, "said"),
        proxy=row.proxy,
    )


def _type(kind: str, pay: str, place: str) -> str:
    """In the US and Canada a contractor's advertised pay is pay on an agency's payroll, not an invoice."""
    return (
        PAYROLL
        if kind == "contract" and pay in ("pay_rate", "base_pay") and place in PAYROLL_PLACES
        else kind
    )


def _kind(kind: str, pay: str) -> str:
    return "rate" if kind == "contract" or pay in ("pay_rate", "bill_rate") else pay


def is_tested(point: Point) -> bool:
    """Whether a point is one of the figures the product shows, so that leaving it out is a fair test."""
    return point.role in ROLES and not point.against
