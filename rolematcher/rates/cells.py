"""One row of a file as people write it in; the cells of our own files out, or what a date leaves open.

Choices in any case ("AI engineer", "Per year"), amounts by the grammar of every other door (£45,000, 120k),
dates as spreadsheets write them (Jun-26, 01/06/2026, 46174). What cannot be read is left as it is: the pay
room says what is wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from babel import Locale
from django.utils.translation import gettext as _

from rolematcher.pay.observation import CHOICES
from rolematcher.values.amounts import amount_read, amount_text
from rolematcher.values.message import Message
from rolematcher.web.spreadsheets import restore

from .models import AMOUNTS, COLUMNS
from .tables import RatesFileFault

ALSO_CALLED = {
    "median": "typical",
    "region": "place",
    "country": "place",
    "engagement": "engagement_type",
    "level": "seniority",
    "per": "unit",
    "source": "publisher",
    "address": "url",
    "link": "url",
    "date": "as_of",
}
"""Heads that people write for a column's name."""
NEEDED = ("role", "place", "engagement_type", "kind", "publisher", "interest", "as_of")
_YES, _NO = frozenset({"yes", "true", "1", "y", "ja", "x"}), frozenset({"no", "false", "0", "n", "nein", ""})
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T].*)?")
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})[. -]+)?([^\W\d]{3,9})\.?[ -]+(\d{4}|\d{2})")
_SERIAL = re.compile(r"[34567]\d{4}(?:\.0+)?")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet's own dates."""
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T].*)?)?)?")


@dataclass(slots=True)
class Reading:
    """How a file is read: `month_first` for 01/06/2026, and the first such date that leaves it open."""

    month_first: bool | None = None
    open_date: str = field(default="")


def heads_of(cells: list[str]) -> list[str]:
    """The column names of the first row. Raises RatesFileFault where one is unknown, doubled or missing."""
    heads = [_head(cell) for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    unknown = [head[:40] for head in heads if head not in COLUMNS]
    if unknown:
        raise RatesFileFault(
            _("The first row must name the columns. Not known: %(unknown)s. Known: %(known)s.")
            % {"unknown": ", ".join(unknown[:5]) or "–", "known": ", ".join(COLUMNS)}
        )
    if twice := sorted({head for head in heads if heads.count(head) > 1}):
        raise RatesFileFault(_("A column is there twice: %(columns)s.") % {"columns": ", ".join(twice)})
    if missing := [name for name in NEEDED if name not in heads]:
        raise RatesFileFault(_("A column is missing: %(columns)s.") % {"columns": ", ".join(missing)})
    return heads


def _head(cell: str) -> str:
    name = re.sub(r"[\s_-]+", "_", cell.strip().casefold())
    return ALSO_CALLED.get(name, name)


def text_of(heads: list[str], cells: list[str], reading: Reading) -> dict[str, str] | str:
    """A row as the cells of our own files; or what is wrong with its shape."""
    given = [restore(cell).strip() for cell in cells]
    while len(given) > len(heads) and not given[-1]:
        given.pop()
    if len(given) > len(heads):
        return _("has %(cells)s cells, the heads are %(heads)s. Check commas and quotation marks.") % {
            "cells": len(given),
            "heads": len(heads),
        }
    text = dict.fromkeys(COLUMNS, "") | dict(zip(heads, given, strict=False))
    for name, allowed in CHOICES.items():
        text[name] = _choice(text[name], allowed)
    text["place"], text["currency"] = text["place"].upper(), text["currency"].upper()
    proxy = text["proxy"].casefold()
    text["proxy"] = "yes" if proxy in _YES else "no" if proxy in _NO else text["proxy"]
    text["seniority"], text["statistic"] = text["seniority"] or "all", text["statistic"] or "typical"
    text["cautions"] = " ".join(text["cautions"].replace(",", " ").split())
    text["as_of"] = date_text(text["as_of"], reading)
    for name in AMOUNTS:
        _amount(text, name)
    return text


def _choice(typed: str, allowed: tuple[str, ...]) -> str:
    """The choice that was meant, whatever its case and however its words are parted; else as typed."""
    if typed in allowed:
        return typed
    name = (
        re.sub(r"[\s_-]+", "_", typed.casefold()).removeprefix("an_").removeprefix("a_").removeprefix("per_")
    )
    return name if name in allowed else typed


def _amount(text: dict[str, str], name: str) -> None:
    """The amount without its marks; a currency or unit that stands beside it fills the row's own."""
    typed = text[name]
    if _NUMBER.fullmatch(typed):
        text[name] = amount_text(Decimal(typed))
        return
    found = amount_read(typed)
    if isinstance(found, Message) or found.low != found.high:
        return
    for column, said in (("currency", found.currency), ("unit", found.unit)):
        text[column] = text[column] or said
        if said and said != text[column]:
            return  # two currencies or units in one row: the amount stays as typed, and is refused
    text[name] = amount_text(found.low)


def date_text(typed: str, reading: Reading) -> str:
    """A date with the precision it has: "2026", "2026-06" or "2026-06-05"; as typed where it is none."""
    if found := _ISO.fullmatch(typed):
        return _parts(*found.groups()) or typed
    if _SERIAL.fullmatch(typed):
        return (_FIRST_DAY + timedelta(days=int(float(typed)))).isoformat()
    if found := _MONTH.fullmatch(typed):
        return _parts(found[2], found[1], None) or typed
    if found := _NAMED.fullmatch(typed):
        month = _months().get(found[2].casefold())
        return (_parts(_year(found[3]), str(month), found[1]) if month else "") or typed
    if found := _DAY.fullmatch(typed):
        return _numbered(typed, found, reading)
    return typed


def _numbered(typed: str, found: re.Match[str], reading: Reading) -> str:
    """Three numbers: with dots the day comes first; else as agreed, where both can be the month."""
    first, mark, second, year = found.groups()
    both = int(first) <= 12 and int(second) <= 12 and first != second and mark != "."
    if both and reading.month_first is None:
        reading.open_date = reading.open_date or typed
    month_first = mark != "." and (bool(reading.month_first) if both else int(second) > 12)
    day, month = (second, first) if month_first else (first, second)
    return _parts(_year(year), month, day) or typed


def _parts(year: str, month: str | None, day: str | None) -> str:
    """Year, month and day as one text; "" where there is no such day."""
    try:
        found = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return found[: 10 if day else 7 if month else 4]


def _year(written: str) -> str:
    return written if len(written) == 4 else f"20{written}"


@cache
def _months() -> dict[str, int]:
    """The months' names and short names in English and German."""
    found: dict[str, int] = {"mrz": 3, "sept": 9}
    for language in ("en", "de"):
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            found |= {name.rstrip(".").casefold(): number for number, name in names.items()}
    return found
