"""Rates from the command line: what is on file, a file in, a file out."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.rates.coverage import LOCAL, Coverage, Covered, cell_values, rates_coverage
from rolematcher.rates.importing import ImportRefused, Preview, changes_words, rates_import, rates_preview
from rolematcher.rates.model_verbs import MODEL_VERBS, add_model_verbs
from rolematcher.rates.models import ROLES, RateObservation
from rolematcher.rates.pricing import figures_on_file
from rolematcher.rates.services import rates_export, rates_workbook
from rolematcher.rates.tables import RatesFileFault
from rolematcher.web.names import ENGAGEMENT_TYPE

SHORT = {"sourced": "", "old": "old", "derived": "derived", "modelled": "model", "none": "–"}


class Command(BaseCommand):
    """`rates coverage`, `rates import FILE|-` and `rates export [FILE]`."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = "Show, import and export rate observations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        coverage = verbs.add_parser("coverage", help="what is known by role, place and engagement type")
        coverage.add_argument("--on", type=date.fromisoformat, help="as of this date (YYYY-MM-DD)")
        coverage.add_argument("--json", action="store_true", help="every cell with its status, as JSON")
        _add_import(verbs.add_parser("import", help="read a file; nothing is saved if a row is refused"))
        add_model_verbs(verbs)
        exporting = verbs.add_parser("export", help="write all observations as CSV, or as .xlsx")
        exporting.add_argument("file", nargs="?", default="-", help="where to (default: standard output)")

    def handle(self, *args: object, verb: str, **options: object) -> None:
        """Run the sub-command. Exit status 1 where a row was refused and nothing was saved."""
        if verb in MODEL_VERBS:
            MODEL_VERBS[verb](self.stdout.write, **options)
            return
        if verb != "import" and not RateObservation.objects.exists():
            call_command("setup_data", verbosity=0)
            self.stderr.write("The data that ships with the product was not loaded yet; it is now.")
        getattr(self, f"_{verb}")(**options)

    def _coverage(self, *, on: date | None, json: bool, **_options: object) -> None:
        coverage = rates_coverage(figures_on_file(), on=on or timezone.localdate())
        self.stdout.write(_as_json(coverage) if json else _as_table(coverage))

    def _import(
        self,
        *,
        file: str,
        check: bool,
        despite_refused: bool,
        month_first: bool | None,
        user: str | None,
        **_options: object,
    ) -> None:
        who, on = _user(user), timezone.localdate()
        with _opened(file) as stream:
            try:
                if check:
                    preview = rates_preview(stream, on=on, month_first=month_first)
                else:
                    preview = rates_import(
                        stream, user=who, on=on, month_first=month_first, despite_refused=despite_refused
                    )
            except RatesFileFault as fault:
                raise CommandError(f"{file}: {fault}") from None
            except ImportRefused as refused:
                self._report(refused.preview)
                raise CommandError(f"{refused} (--day-first, --month-first, --despite-refused)") from None
        self._report(preview)
        if preview.refused and not preview.saved:
            sys.exit(1)

    def _report(self, preview: Preview) -> None:
        for fault in preview.faults:
            self.stderr.write(str(fault))
        if preview.stopped:
            self.stderr.write("Too many refused rows; reading stopped here.")
        for change in preview.changes:
            words = changes_words(change.changes)
            self.stdout.write(f"row {change.row}, {change.publisher} ({change.cell}): {words}")
        told = preview.consequences
        if told.changed:
            self.stdout.write(f"{told.changed} of {told.total} decisions would get another figure:")
        for one in told.listed:
            self.stdout.write(f"{one.number}: {one.before or '–'} → {one.after or '–'}")
        new, changed, same, refused = preview.counts
        done = "Saved" if preview.saved else "Not saved"
        self.stdout.write(f"{done}: {new} new, {changed} changed, {same} same, {refused} refused.")

    def _export(self, *, file: str, **_options: object) -> None:
        if file == "-":
            for line in rates_export():
                self.stdout.write(line.removeprefix("\ufeff"), ending="")
        elif file.endswith(".xlsx"):
            with rates_workbook() as book:
                Path(file).write_bytes(book.read())
        else:
            with Path(file).open("w", encoding="utf-8", newline="") as out:
                out.writelines(rates_export())


def _add_import(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="CSV file or workbook, or - for standard input")
    parser.add_argument("--check", action="store_true", help="only show what would change")
    parser.add_argument("--despite-refused", action="store_true", help="save the good rows all the same")
    dates = parser.add_mutually_exclusive_group()
    for name, month_first, words in (
        ("--day-first", False, "01/06/2026 is 1 June"),
        ("--month-first", True, "it is 6 January"),
    ):
        dates.add_argument(name, dest="month_first", action="store_const", const=month_first, help=words)
    parser.add_argument("--user", help="who imports, for the history of changes")


def _opened(file: str) -> BinaryIO:
    """The file to read, able to go back to its start."""
    try:
        return io.BytesIO(sys.stdin.buffer.read()) if file == "-" else Path(file).open("rb")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def _user(name: str | None) -> User | None:
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody called {name}.") from None


def _as_json(coverage: Coverage) -> str:
    cells = [cell_values(cell) for cell in coverage.cells]
    return json.dumps({"on": coverage.on.isoformat(), "counts": coverage.counts, "cells": cells}, indent=2)


def _as_table(coverage: Coverage) -> str:
    """The places with something on file: grade and number of publishers, or what else there is."""
    heads = ["place", *(f"{role}, {ENGAGEMENT_TYPE[kind]}" for _role, role in ROLES for kind in LOCAL)]
    rows = [[row.name, *map(_short, row.cells)] for row in coverage.rows if row.on_file]
    widths = [max(len(line[column]) for line in [heads, *rows]) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *rows]
    ]
    counts = ", ".join(f"{count} {status}" for status, count in coverage.counts.items())
    return "\n".join([*lines, f"Cells: {counts}."])


def _short(cell: Covered) -> str:
    """Such as "B 2 old"."""
    found = cell.estimate
    grade = [f"{found.grade} {found.publishers}"] if cell.status in ("sourced", "old") else []
    return " ".join(filter(None, [*grade, SHORT[cell.status]]))
