"""Short ways to write rows of rates and files of them."""

from __future__ import annotations

import csv
import datetime as dt
import io

from rolematcher.rates.models import COLUMNS

TODAY = dt.date(2026, 11, 21)
POST = {"work": "language", "evidence": "untested", "app": "yes", "engagement_type": "permanent"}
"""Answers that a permanent AI engineer is advised for."""
_ROW = {
    "role": "ai_engineer",
    "place": "US",
    "engagement_type": "permanent",
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


def columns(**changed: str) -> dict[str, object]:
    """The columns of such a row on file."""
    return {**row(**changed), "proxy": False}


def file_of(
    *rows: dict[str, str],
    heads: tuple[str, ...] = COLUMNS,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> io.BytesIO:
    """A CSV file of rows of text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode(encoding))
