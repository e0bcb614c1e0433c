"""One observation: a row of text in, a frozen record out. What a row must be is checked in `plausible`.

Dates stay as sources print them (a year, a month or a day); a publisher has one voice however it is spelt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from rolematcher.values.frozen import Frozen

ROLES = ("ai_engineer", "ml_engineer", "automation_specialist")
ENGAGEMENT_TYPES = ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency")
PAYROLL = "contract_payroll"
"""A contractor on an agency's payroll (US, CA): paid about like an employee, not like one who invoices."""
FILED_TYPES = (*ENGAGEMENT_TYPES, PAYROLL)
LEVELS = ("junior", "mid", "senior")
SENIORITIES = ("all", *LEVELS)
UNITS = ("hour", "day", "week", "month", "year")
PAY_KINDS = ("base_pay", "total_pay", "pay_unstated")
"""Kinds that are a salary: without bonus and equity, with them, not said which."""
KINDS = (*PAY_KINDS, "pay_rate", "bill_rate", "posted_budget", "retainer")
STATISTICS = ("median", "mean", "typical", "midpoint", "example")
INTERESTS = ("official", "raw_recomputed", "recruiter", "vendor", "editorial", "employer_posting", "house")
CAUTIONS = ("after_tax", "one_city", "some_employers", "example")
"""What changes how a figure reads; the last is no statistic and never votes."""
GROUPS = ("GLOBAL", "OFFSHORE", "LATAM", "DACH")

CHOICES = {
    "role": ROLES,
    "engagement_type": FILED_TYPES,
    "seniority": SENIORITIES,
    "unit": UNITS,
    "kind": KINDS,
    "statistic": STATISTICS,
    "interest": INTERESTS,
    "proxy": ("yes", "no"),
}
"""What each column of choices may hold."""
COLUMNS = (
    *("role", "place", "engagement_type", "seniority", "currency", "unit", "kind", "low", "typical", "high"),
    *("statistic", "publisher", "interest", "title", "url", "as_of", "sample", "proxy", "cautions", "note"),
)
_COUNT = re.compile(r"\bn\s*=\s*(\d[\d,]*)|^(\d[\d,]*)\b")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ALIASES = {
    "foorilla": "aijobsnet",
    "aijobsnetfoorilla": "aijobsnet",
    "aijobs": "aijobsnet",
    "gehaltde": "stepstone",
    "stepstonede": "stepstone",
    "stackoverflowdevelopersurvey": "stackoverflow",
    "dou": "douua",
    "datasciencejobscouk": "itjobswatch",
    "bls": "usbureauoflaborstatistics",
    "yardworkunattributed": "yardwork",
}
"""Names of one house; datascience-jobs.co.uk takes its figures over from IT Jobs Watch."""
_LONGEST_IDENTITY = 200


class Observation(Frozen):
    """What one publisher said about one cell on one date; amounts per `unit` in `currency`.

    At least one of the three amounts is present and those present are in order. `proxy`: for a neighbouring
    occupation. `as_of` keeps the precision it was printed with. `insisted`: why a person kept an odd figure.
    """

    role: str
    place: str
    engagement_type: str
    seniority: str = "all"
    currency: str
    unit: str
    kind: str
    low: Decimal | None = None
    typical: Decimal | None = None
    high: Decimal | None = None
    statistic: str = "typical"
    publisher: str
    interest: str
    title: str = ""
    url: str = ""
    as_of: str
    sample: str = ""
    proxy: bool = False
    cautions: tuple[str, ...] = ()
    note: str = ""
    insisted: str = ""

    @cached_property
    def day(self) -> date:
        """The earliest day the printed date can mean."""
        return date_earliest(self.as_of)

    @cached_property
    def publisher_key(self) -> str:
        """The publisher's identity, by which votes are counted."""
        return publisher_identity(self.publisher)

    @cached_property
    def sample_size(self) -> int | None:
        """How many records stand behind the figure ("n=525 records", "530 postings"), where that is said."""
        found = _COUNT.search(self.sample)
        return int((found[1] or found[2]).replace(",", "")) if found else None

    @property
    def is_example(self) -> bool:
        """Whether it is one case and no statistic: said to be an example, or one person's own price."""
        return self.statistic == "example" or (self.sample_size == 1 and self.interest != "house")

    @cached_property
    def given(self) -> tuple[Decimal, ...]:
        """The amounts present, in order."""
        return tuple(amount for amount in (self.low, self.typical, self.high) if amount is not None)

    @property
    def middle(self) -> Decimal:
        """The typical figure, else the middle of the range, else the one end there is."""
        return self.typical if self.typical is not None else (self.given[0] + self.given[-1]) / 2


def date_earliest(text: str) -> date:
    """The earliest day "2026", "2026-06" or "2026-06-05" can mean, so that no figure looks newer than it is.

    Raises ValueError where the text is no such date.
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part or 1) for part in found.groups())
    return date(year, month, day)


def months_between(printed: str, on: date) -> int:
    """Whole months from a printed date to a day; negative where the date lies ahead."""
    day = date_earliest(printed)
    return (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)


def publisher_identity(name: str) -> str:
    """The name without remark in brackets, marks, case, accents and invisible characters.

    "StepStone (via X)", "STEPSTONE" and "Step\u200bStone" are one; compatibility forms go first.
    """
    text = unicodedata.normalize("NFKC", name)
    bare = text.split("(", 1)[0].strip() or text
    folded = unicodedata.normalize("NFKD", bare.casefold())
    letters = "".join(sign for sign in folded if sign.isalnum())
    return (_ALIASES.get(letters, letters) or folded.strip())[:_LONGEST_IDENTITY]


def observation_read(row: Mapping[str, str]) -> Observation:
    """The record of a row that `observation_errors` found nothing wrong with."""
    given = {name: text for name in (*COLUMNS, "insisted") if (text := (row.get(name) or "").strip())}
    cautions = given.get("cautions", "").split()
    return Observation.model_validate({**given, "proxy": given.get("proxy") == "yes", "cautions": cautions})
