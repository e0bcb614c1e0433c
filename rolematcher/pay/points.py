"""What the model is fitted to: aggregates, observations and measured ratios in, points in dollars out.

Aggregates of a whole data set (`cells.csv`) stand for its rows; what single sources say joins them, and so do
a house's own placements, which count as its best data.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from rolematcher.pay.exchange import ExchangeTable
from rolematcher.pay.money import HOURS
from rolematcher.pay.observation import PAYROLL, Observation
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
_SOURCES = {"employer_posting": "ad", "raw_recomputed": "raw", "official": "raw", "house": "house"}
_RATIOS = (
    ("US", 0.76, 2026, "builtinpostings"),
    ("US", 0.78, 2024, "usbureauoflaborstatistics"),
    ("UA", 0.65, 2025, "douua"),
)
"""Automation specialist over AI engineer: Built In postings 0.76, official wages of the nearest occupations
0.78; low-code over software developer 0.785 where an AI engineer earns 1.2 times a developer (DOU, Stack
Overflow) 0.65."""
_UNKNOWN_SAMPLE = 15.0
_OFFICIAL_SAMPLE = 500.0
_DETAILED = 0.6
_group = itemgetter("dataset", "role", "place", "engagement")


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


def points_of(
    cells: Sequence[Mapping[str, str]], observations: Iterable[Observation], exchange: ExchangeTable
) -> list[Point]:
    """All points of the aggregates and the observations; what an aggregate already holds is left out."""
    single = (_single(row, exchange) for row in observations)
    found = [*map(_aggregate, _finest(cells)), *(point for point in single if point)]
    return [point for point in found if math.log(0.5) < point.log_pay < math.log(600)]


def ratio_points() -> list[Point]:
    """Automation specialist over AI engineer where one source has both: surer than either figure alone."""
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
        for place, value, year, publisher in _RATIOS
    ]


def _finest(cells: Sequence[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    """Cells by seniority instead of their sum where they hold most of it; single years serve growth only."""
    rows = [row for row in cells if not row["note"].startswith("single year")]
    detail: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows:
        if row["seniority"] != "all" and row["n"] != "official":
            detail[_group(row)] += float(row["n"])
    for row in rows:
        whole = row["seniority"] == "all" and row["n"] != "official"
        if not whole or detail[_group(row)] < _DETAILED * float(row["n"]):
            yield row


def _aggregate(row: Mapping[str, str]) -> Point:
    kind = {"freelance": "freelance_marketplace"}.get(row["engagement"], row["engagement"])
    return Point(
        role=row["role"],
        place=row["place"],
        engagement_type=_type(kind, row["kind"], row["place"]),
        seniority=row["seniority"],
        kind=_kind(kind, row["kind"]),
        year=float(row["year"]),
        log_pay=math.log(float(row["p50_usd"]) / float(HOURS["year"])),
        n=_OFFICIAL_SAMPLE if row["n"] == "official" else float(row["n"]),
        publisher=_DATA_SETS[row["dataset"].split("-")[0]],
        source="micro",
    )


def _single(row: Observation, exchange: ExchangeTable) -> Point | None:
    """An observation as a point; None for what an aggregate holds, an example, one end or a retainer."""
    example = row.is_example and row.interest != "employer_posting"
    if example or row.kind == "retainer" or row.publisher_key in _DATA_SETS.values():
        return None
    rate = exchange.rate(row.currency, "USD", row.day)
    if rate is None or (row.typical is None and len(row.given) == 1):
        return None
    middle = row.typical if row.typical is not None else (row.given[0] * row.given[-1]).sqrt()
    return Point(
        role=row.role,
        place="DE" if row.place == "DACH" else row.place,
        engagement_type=_type(row.engagement_type, row.kind, row.place),
        seniority=row.seniority,
        kind=_kind(row.engagement_type, row.kind),
        year=row.day.year + (row.day.month - 1) / 12,
        log_pay=math.log(float(middle * rate.rate / HOURS[row.unit])),
        n=float(row.sample_size or _UNKNOWN_SAMPLE),
        publisher=row.publisher_key,
        source=_SOURCES.get(row.interest, "said"),
        proxy=row.proxy,
    )


def _type(kind: str, pay: str, place: str) -> str:
    """In the US and Canada a contractor's advertised pay is pay on an agency's payroll, not an invoice."""
    payroll = kind == "contract" and pay in ("pay_rate", "base_pay") and place in PAYROLL_PLACES
    return PAYROLL if payroll else kind


def _kind(kind: str, pay: str) -> str:
    return "rate" if kind == "contract" or pay in ("pay_rate", "bill_rate") else pay
