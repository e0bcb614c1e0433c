"""Rates from the command line: what is on file, a CSV file in, a CSV file out."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition
from rolematcher.engine.money.estimate_words import ENGAGEMENT_WORDS, ROLE_WORDS
from rolematcher.engine.money.observation import ROLES
from rolematcher.rates.compare import Preview
from rolematcher.rates.coverage import Coverage, Covered, rates_coverage
from rolematcher.rates.export import rates_export
from rolematcher.rates.file import RatesFileFault
from rolematcher.rates.importing import ImportRefused, rates_import, rates_preview
from rolematcher.rates.model_verbs import MODEL_VERBS, add_model_verbs
from rolematcher.rates.models import RateObservation
from rolematcher.rates.services import figures_on_file


class Command(BaseCommand):
    """`rates coverage`, `rates import FILE|-` and `rates export [FILE]`."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = "Show, import and export rate observations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        coverage = verbs.add_parser("coverage", help="what is on file by role, region and engagement")
        coverage.add_argument("--on", type=date.fromisoformat, help="as of this date (YYYY-MM-DD)")
        coverage.add_argument("--json", action="store_true", help="as JSON")
        importing = verbs.add_parser("import", help="read a CSV file; nothing is saved if a row is refused")
        importing.add_argument("file", help="CSV file, or - for standard input")
        importing.add_argument("--check", action="store_true", help="only show what would change")
        importing.add_argument(
            "--despite-refused", action="store_true", help="save the good rows all the same"
        )
        importing.add_argument("--user", help="who imports, for the history of changes")
        add_model_verbs(verbs)
        exporting = verbs.add_parser("export", help="write all observations as CSV")
        exporting.add_argument("file", nargs="?", default="-", help="where to (default: standard output)")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        """Run the sub-command. Exit status 1 where a row was refused and nothing was saved."""
        if verb in MODEL_VERBS:
            MODEL_VERBS[verb](self.stdout.write, **options)
            return
        if verb != "import" and not Edition.objects.exists() and not RateObservation.objects.exists():
            call_command("setup_data", verbosity=0)
            self.stderr.write("The data that ships with the product was not loaded yet; it is now.")
        getattr(self, f"_{verb}")(**options)

    def _coverage(self, *, on: date | None, json: bool, **_options: Any) -> None:
        coverage = rates_coverage(figures_on_file(), on=on or timezone.localdate())
        self.stdout.write(_as_json(coverage) if json else _as_table(coverage))

    def _import(
        self, *, file: str, check: bool, despite_refused: bool, user: str | None, **_options: Any
    ) -> None:
        with _opened(file) as stream:
            try:
                if check:
                    preview = rates_preview(stream, progress=self._progress)
                else:
                    preview = rates_import(
                        stream, user=_user(user), despite_refused=despite_refused, progress=self._progress
                    )
            except RatesFileFault as fault:
                raise CommandError(f"{file}: {fault}") from None
            except ImportRefused as refused:
                self._report(refused.preview)
                raise CommandError(str(refused)) from None
        self._report(preview)
        if preview.refused and not preview.saved:
            sys.exit(1)

    def _progress(self, rows: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{rows:,} rows read", ending="")

    def _report(self, preview: Preview) -> None:
        for fault in preview.faults:
            self.stderr.write(str(fault))
        if preview.stopped:
            self.stderr.write("Too many refused rows; reading stopped here.")
        for change in preview.changes:
            words = "; ".join(
                f"{column} {before or '–'} → {after or '–'}" for column, before, after in change.changes
            )
            self.stdout.write(f"row {change.row}, {change.publisher} ({change.cell}): {words}")
        new, changed, same, refused = preview.counts
        done = "Saved" if preview.saved else "Not saved"
        self.stdout.write(f"{done}: {new} new, {changed} changed, {same} same, {refused} refused.")

    def _export(self, *, file: str, **_options: Any) -> None:
        if file == "-":
            for line in rates_export():
                self.stdout.write(line.removeprefix("\ufeff"), ending="")
            return
        with Path(file).open("w", encoding="utf-8", newline="") as out:
            out.writelines(rates_export())


def _opened(file: str) -> BinaryIO:
    """The file to read, able to go back to its start."""
    try:
        if file != "-":
            return Path(file).open("rb")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    copy = tempfile.TemporaryFile()  # noqa: SIM115  closed by the caller
    shutil.copyfileobj(sys.stdin.buffer, copy)
    copy.seek(0, io.SEEK_SET)
    return copy


def _user(name: str | None) -> User | None:
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody called {name}.") from None


def _as_json(coverage: Coverage) -> str:
    cells = [{**asdict(cell), "hole": cell.hole} for cell in coverage.cells]
    return json.dumps({"on": coverage.on.isoformat(), "holes": coverage.holes, "cells": cells}, indent=2)


def _as_table(coverage: Coverage) -> str:
    heads = ["place", "engagement", *(ROLE_WORDS[role] for role in ROLES)]
    rows = [
        [row.region_name, ENGAGEMENT_WORDS[row.engagement], *map(_cell_words, row.cells)]
        for row in coverage.rows
    ]
    widths = [max(len(line[column]) for line in [heads, *rows]) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in [heads, *rows]
    ]
    key = "Grade, publishers, * older than 12 months, levels with a figure of their own, – nothing on file."
    return "\n".join([*(line.rstrip() for line in lines), f"{key} Holes: {coverage.holes}."])


def _cell_words(cell: Covered) -> str:
    """Such as "B 2* junior mid"."""
    if cell.hole:
        return "–"
    words = [f"{cell.grade} {cell.publishers}{'*' if cell.stale else ''}"] if cell.grade else []
    return " ".join([*words, *cell.levels])
