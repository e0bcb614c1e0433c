"""One rate observation: a row of text in, a typed, checked, frozen record out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rolematcher.engine.amounts import AmountError, amount_read, amount_text
from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.dated import date_earliest
from rolematcher.engine.regions import GROUPS, REGIONS
from rolematcher.values.currencies import CURRENCIES

ROLES = ("ai_engineer", "ml_engineer", "automation_specialist")
ENGAGEMENTS = ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency")
LEVELS = ("junior", "mid", "senior")
SENIORITIES = ("all", *LEVELS)
UNITS = ("hour", "day", "month", "year")
KINDS = (
    "base_pay",  # salary before bonus, equity and benefits
    "total_pay",  # salary with bonus and equity
    "pay_unstated",  # the source does not say which of the two
    "pay_rate",  # what a contractor receives
    "bill_rate",  # what the client pays, provider's margin included
    "posted_budget",  # what clients write into their posts
    "retainer",  # a flat price for a result, not for hours
)
PAY_KINDS = KINDS[:3]
"""Kinds that are a salary."""
STATISTICS = ("median", "mean", "typical", "midpoint")
"""What the typical figure is: a median, an average, a stated figure or range, a posted range's middle."""
INTERESTS = ("official", "raw_recomputed", "recruiter", "vendor", "editorial", "employer_posting", "house")

COLUMNS = (
    *("role", "region", "engagement", "seniority", "currency", "unit", "kind"),
    *("low", "typical", "high", "statistic"),
    *("publisher", "interest", "title", "url", "as_of", "sample", "proxy", "note"),
)
OTHER_NAMES = {"median": "typical", "date": "as_of"}
"""Column names other files use for the same thing."""

_LIMITS = {"publisher": 200, "title": 300, "url": 500, "sample": 200, "note": 2000, "region": 20}
_OTHER_SCHEME = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CURRENCIES = frozenset(CURRENCIES)
_COUNT = re.compile(r"(?:\bn\s*=\s*)(\d[\d,]*)|^(\d[\d,]*)\b")


@dataclass(frozen=True, slots=True)
class Observation:
    """What one publisher said about one cell of the market on one date.

    Figures are per `unit` in `currency`; at least one is present and those present are in order.
    `proxy` marks a figure for a neighbouring occupation. `as_of` keeps the precision it was printed with.
    """

    role: str
    region: str
    engagement: str
    seniority: str
    currency: str
    unit: str
    kind: str
    low: Decimal | None
    typical: Decimal | None
    high: Decimal | None
    statistic: str
    publisher: str
    interest: str
    title: str
    url: str
    as_of: str
    sample: str
    proxy: bool
    note: str

    @property
    def cell(self) -> tuple[str, str, str]:
        """Role, region and engagement: figures of two cells are never mixed."""
        return self.role, self.region, self.engagement

    @property
    def measure(self) -> tuple[str, str, str]:
        """Kind, currency and unit: figures of two measures are never mixed."""
        return self.kind, self.currency, self.unit

    @property
    def day(self) -> date:
        """The earliest day the printed date can mean."""
        return date_earliest(self.as_of)

    @property
    def house(self) -> str:
        """The publisher's bare name, by which votes are counted: "KORE1 (via X)" is KORE1."""
        return house_of(self.publisher)

    @property
    def sample_size(self) -> int | None:
        """How many records stand behind the figure, where the source says so."""
        return sample_size_read(self.sample)


@lru_cache(maxsize=8192)
def house_of(publisher: str) -> str:
    """A publisher's name without the remark in brackets, lower case, single spaces."""
    bare = publisher.split("(", 1)[0].strip() or publisher
    return " ".join(bare.casefold().split())


@lru_cache(maxsize=8192)
def sample_size_read(sample: str) -> int | None:
    """The number of records in a sample remark: "n=525 records", "530 postings"; None where none is given."""
    found = _COUNT.search(sample)
    return int((found[1] or found[2]).replace(",", "")) if found else None


def observation_read(row: Mapping[str, str]) -> Observation:
    """A typed observation from a row of text. Raises FigureError naming the column and the cure."""
    text = {OTHER_NAMES.get(name, name): (value or "").strip() for name, value in row.items() if name}
    for column in COLUMNS:
        _check_text(column, text.setdefault(column, ""))
    low, typical, high = (_figure(column, text[column]) for column in ("low", "typical", "high"))
    _check_order(low, typical, high)
    date_earliest(text["as_of"])
    return Observation(
        role=_one_of("role", text["role"], ROLES),
        region=_region(text["region"]),
        engagement=_one_of("engagement", text["engagement"], ENGAGEMENTS),
        seniority=_one_of("seniority", text["seniority"] or "all", SENIORITIES),
        currency=_currency(text["currency"]),
        unit=_one_of("unit", text["unit"], UNITS),
        kind=_one_of("kind", text["kind"], KINDS),
        low=low,
        typical=typical,
        high=high,
        statistic=_one_of("statistic", text["statistic"], STATISTICS),
        publisher=_present("publisher", text["publisher"]),
        interest=_one_of("interest", text["interest"], INTERESTS),
        title=text["title"],
        url=_address(text["url"]),
        as_of=text["as_of"],
        sample=text["sample"],
        proxy=_one_of("proxy", text["proxy"] or "no", ("yes", "no")) == "yes",
        note=text["note"],
    )


def observation_row(observation: Observation) -> dict[str, str]:
    """The row of text that reads back as this observation; equal observations give equal text."""
    row = {column: getattr(observation, column) for column in COLUMNS}
    row["proxy"] = "yes" if observation.proxy else "no"
    return {column: _as_text(value) for column, value in row.items()}


def _as_text(value: str | Decimal | None) -> str:
    if value is None:
        return ""
    return amount_text(value) if isinstance(value, Decimal) else value


def _check_text(column: str, value: str) -> None:
    limit = _LIMITS.get(column, 40)
    if len(value) > limit:
        raise FigureError(column, f"{len(value):,} characters, at most {limit:,} are kept. Shorten it.")
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in value):
        raise FigureError(column, "contains a control character. Remove it.")


def _figure(column: str, value: str) -> Decimal | None:
    if not value:
        return None
    try:
        amount = amount_read(value)
    except AmountError as error:
        raise FigureError(column, str(error)) from None
    if amount <= 0:
        raise FigureError(column, "must be more than zero. Leave it empty where the source gives none.")
    return amount


def _check_order(low: Decimal | None, typical: Decimal | None, high: Decimal | None) -> None:
    given = [amount for amount in (low, typical, high) if amount is not None]
    if not given:
        raise FigureError("typical", "no figure given. Fill in low, typical or high.")
    if given != sorted(given):
        raise FigureError("low", "low, typical and high must be in rising order. Swap them.")


def _one_of(column: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        names = ", ".join(name or "(empty)" for name in allowed)
        raise FigureError(column, f"'{value[:40]}' is not known. It is one of {names}.")
    return value


def _region(value: str) -> str:
    if value not in REGIONS:
        groups = ", ".join(sorted(GROUPS))
        raise FigureError(
            "region", f"'{value[:40]}' is neither a country code such as US nor one of {groups}."
        )
    return value


def _address(value: str) -> str:
    """Any text that is not an address of another kind: only web addresses are ever made links."""
    if _OTHER_SCHEME.match(value):
        raise FigureError("url", f"'{value[:40]}' is not a web address beginning with http:// or https://.")
    return value


def _currency(value: str) -> str:
    if value not in _CURRENCIES:
        raise FigureError("currency", f"'{value[:40]}' is not a currency code in use, such as USD.")
    return value


def _present(column: str, value: str) -> str:
    if not value:
        raise FigureError(column, "is empty. Every figure needs its publisher.")
    return value
