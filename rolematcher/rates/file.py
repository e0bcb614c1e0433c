"""A CSV file of rates, read row by row: bytes in, numbered rows of text out, or one fault of the whole file.

Hostile and broken files are refused early: memory stays at one row, whatever the size.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from rolematcher.engine.money.observation import COLUMNS, OTHER_NAMES

from .spreadsheets import restore

MOST_BYTES = 128 * 1024 * 1024
MOST_ROWS = 200_000
MOST_LINES = 2 * MOST_ROWS
"""Notes may hold line breaks, so a file may have more lines than rows."""
LONGEST_HEADS = 5_000

NEEDED = frozenset(COLUMNS) - {"seniority", "low", "typical", "high", "url", "sample", "proxy", "note"}
_HEAD = 4096


class RatesFileFault(ValueError):
    """The file as a whole cannot be read. The text says why and what to do."""


Row = tuple[int, dict[str, str] | str]
"""The row's number as a spreadsheet counts it (the heads are row 1), and its cells or what is wrong."""


def rows_of(file: BinaryIO) -> Iterator[Row]:
    """The rows of a CSV file under its heads, without empty ones. Raises RatesFileFault.

    Comma, semicolon or tab; UTF-8 with or without byte order mark. The apostrophe that an export puts
    before a cell that looks like a formula is taken away again.
    """
    _check_size(file)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    number = 1
    try:
        heads_line = text.readline(LONGEST_HEADS)
        delimiter = max(",;\t", key=heads_line.count)
        heads = _heads(next(csv.reader([heads_line], delimiter=delimiter), []))
        for cells in csv.reader(text, delimiter=delimiter):
            number += 1
            if not any(cells):
                continue
            if number - 1 > MOST_ROWS:
                raise RatesFileFault(
                    _("More than %(most)s rows. Split the file.") % {"most": f"{MOST_ROWS:,}"}
                )
            yield number, _named(heads, cells)
    except UnicodeDecodeError:
        raise RatesFileFault(
            _("Not UTF-8 text after row %(row)s. Save the file as “CSV UTF-8” and try again.")
            % {"row": number}
        ) from None
    except csv.Error:
        raise RatesFileFault(
            _("Row %(row)s cannot be read: a cell is far too long, or a quotation mark is not closed.")
            % {"row": number + 1}
        ) from None
    finally:
        if not text.closed:
            text.detach()


def _check_size(file: BinaryIO) -> None:
    """Refuse what is too big or no text at all, before any row is read."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if size > MOST_BYTES:
        raise RatesFileFault(
            _("The file is over %(most)s MB. Split it.") % {"most": MOST_BYTES // 1024 // 1024}
        )
    head = file.read(_HEAD)
    if not head.strip():
        raise RatesFileFault(_("The file is empty."))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        raise RatesFileFault(_("Not UTF-8 text. Save the file as “CSV UTF-8” and try again."))
    lines = head.count(b"\n")
    while chunk := file.read(1024 * 1024):
        lines += chunk.count(b"\n")
        if lines > MOST_LINES:
            raise RatesFileFault(_("More than %(most)s rows. Split the file.") % {"most": f"{MOST_ROWS:,}"})
    file.seek(0)


def _heads(cells: list[str]) -> list[str]:
    """The column names of the first row. Raises RatesFileFault where one is unknown, doubled or missing."""
    heads = [OTHER_NAMES.get(cell.strip().lower(), cell.strip().lower()) for cell in cells]
    unknown = [head[:40] for head in heads if head not in COLUMNS]
    if unknown:
        raise RatesFileFault(
            _("The first row must name the columns. Not known: %(unknown)s. Known: %(known)s.")
            % {"unknown": ", ".join(unknown[:5]) or "–", "known": ", ".join(COLUMNS)}
        )
    if len(set(heads)) < len(heads):
        twice = sorted({head for head in heads if heads.count(head) > 1})
        raise RatesFileFault(_("A column is there twice: %(columns)s.") % {"columns": ", ".join(twice)})
    if missing := sorted(NEEDED - set(heads)):
        raise RatesFileFault(_("A column is missing: %(columns)s.") % {"columns": ", ".join(missing)})
    return heads


def _named(heads: list[str], cells: list[str]) -> dict[str, str] | str:
    if len(cells) != len(heads):
        return _("has %(cells)s cells, the heads are %(heads)s. Check commas and quotation marks.") % {
            "cells": len(cells),
            "heads": len(heads),
        }
    return {head: restore(cell) for head, cell in zip(heads, cells, strict=True)}
