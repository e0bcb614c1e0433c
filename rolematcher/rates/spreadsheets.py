"""Values in, spreadsheet cells out that no spreadsheet program will run as a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d{1,3})?%?")
"""What starts with a sign but is only a number: it stays a number."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "|")
"""First characters, narrow or full width, that make Excel, LibreOffice or Sheets read a cell as a formula."""


def neutralise(cell: Any) -> Any:
    """The cell as it may stand in a CSV or XLSX file. Numbers, dates and None pass unchanged.

    Text that a spreadsheet would run, also behind spaces or apostrophes, gets an apostrophe in
    front; a negative number written as text does not. `restore` takes it away again.
    """
    if cell is None or isinstance(cell, bool | int | float | Decimal | date | datetime):
        return cell
    text = str(cell)
    start = text.lstrip("' \u00a0")
    if start.startswith(RISKY) and not NUMBER.fullmatch(text):
        return "'" + text
    return text


def restore(cell: str) -> str:
    """What `neutralise` was given: takes away the apostrophe that it put in front, and no other."""
    if cell.startswith("'") and neutralise(cell[1:]) == cell:
        return cell[1:]
    return cell
