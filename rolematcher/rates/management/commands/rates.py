"""Rates from the command line: what is on file, a file in, a file out, one cell, and the model anew."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.pay.backtest import COVERAGE, MOST_ERROR, limits_missed
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.making import model_backtest, model_fit
from rolematcher.pay.market import Market
from rolematcher.pay.observation import FILED_TYPES, SENIORITIES
from rolematcher.pay.places import is_place
from rolematcher.pay.plausible import places_near
from rolematcher.pay.release import FILES, Tested, release_texts
from rolematcher.pay.report import Estimate
from rolematcher.rates.coverage import LOCAL, Coverage, Covered, cell_values, rates_coverage
from rolematcher.rates.importing import ImportRefused, Preview, changes_words, rates_import, rates_preview
from rolematcher.rates.models import ROLES
from rolematcher.rates.pricing import figures_on_file
from rolematcher.rates.services import rates_export, rates_workbook
from rolematcher.rates.tables import RatesFileFault
from rolematcher.rates.words import pay_words
from rolematcher.web.names import ENGAGEMENT_TYPE, STATUS, money_range, place_name

SHORT = {"sourced": "", "old": "old", "derived": "derived", "modelled": "model", "none": "–"}


class Command(BaseCommand):
    """`rates coverage`, `import FILE|-`, `export [FILE]`, `estimate ROLE PLACE`, `fit FOLDER`, `backtest`."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = "Show, import and export rate observations; fit the pay model to them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        coverage = verbs.add_parser("coverage", help="what is known by role, place and engagement type")
        coverage.add_argument("--json", action="store_true", help="every cell with its status, as JSON")
        _add_import(verbs.add_parser("import", help="read a file; nothing is saved if a row is refused"))
        exporting = verbs.add_parser("export", help="write all observations as CSV, or as .xlsx")
        exporting.add_argument("file", nargs="?", default="-", help="where to (default: standard output)")
        cell = verbs.add_parser("estimate", help="what one role pays at one place, and how sure that is")
        cell.add_argument("role", choices=[role for role, _words in ROLES])
        cell.add_argument("place", help="a country such as DE, a division such as US-CA, or a group")
        cell.add_argument("--type", default="permanent", dest="engagement_type", choices=FILED_TYPES)
        cell.add_argument("--seniority", default="all", choices=SENIORITIES)
        cell.add_argument("--json", action="store_true", help="as JSON")
        fit = verbs.add_parser("fit", help="fit the model to what is on file and write a new release")
        fit.add_argument("folder", type=Path, help="where modelled.csv, release.json and backtest.csv go")
        test = verbs.add_parser(
            "backtest", help="errors and coverage of the model beside three naive guesses"
        )
        for dated in (coverage, cell, fit, test):
            dated.add_argument("--on", type=date.fromisoformat, help="as of this date (YYYY-MM-DD)")

    def handle(self, *args: object, verb: str, **options: object) -> None:
        """Run the sub-command. Exit status 1 where a row was refused, or a release is past its limits."""
        if "on" in options:
            options["on"] = options["on"] or timezone.localdate()
        getattr(self, f"_{verb}")(**options)

    def _coverage(self, *, on: date, json: bool, **_options: object) -> None:
        coverage = rates_coverage(_figures(), on=on)
        self.stdout.write(_coverage_json(coverage) if json else _coverage_table(coverage))

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

    def _estimate(
        self,
        *,
        role: str,
        place: str,
        engagement_type: str,
        seniority: str,
        on: date,
        json: bool,
        **_options: object,
    ) -> None:
        place = place.strip().upper()
        if not is_place(place):
            near = ", ".join(f"{code} ({place_name(code)})" for code in places_near(place))
            raise CommandError(f"{place!r} is not a place. Nearest: {near}.")
        found = Market(_figures(), on).estimate(role, place, engagement_type, seniority)
        self.stdout.write(_as_json(found.model_dump(mode="json")) if json else _estimate_words(found))

    def _fit(self, *, folder: Path, on: date, **_options: object) -> None:
        release = model_fit(_figures(), on=on)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in zip(FILES, release_texts(release), strict=True):
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"Release of {on}: {release.card.figures} figures, written to {folder}.")
        self._stop_past_limits(release.tested)

    def _backtest(self, *, on: date, **_options: object) -> None:
        tested = model_backtest(_figures(), on=on).tested
        for line in tested:
            self.stdout.write(line.model_dump_json())
        self._stop_past_limits(tested)

    def _stop_past_limits(self, tested: Sequence[Tested]) -> None:
        missed = limits_missed(tested)
        for line in missed:
            self.stderr.write(
                f"{line.test}, {line.slice}: median error {line.median_error}, inside {line.coverage}. "
                f"A release may be off by {MOST_ERROR} and must hold {COVERAGE[0]} to {COVERAGE[1]}."
            )
        if missed:
            sys.exit(1)


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


def _figures() -> Figures:
    """Those on file; the packaged ones before the database is set up."""
    try:
        return figures_on_file()
    except DatabaseError:
        return figures_packaged()


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


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _coverage_json(coverage: Coverage) -> str:
    cells = [cell_values(cell) for cell in coverage.cells]
    return _as_json({"on": coverage.on.isoformat(), "counts": coverage.counts, "cells": cells})


def _coverage_table(coverage: Coverage) -> str:
    """The places with something on file: grade and number of publishers, or what else there is."""
    heads = ["place", *(f"{role}, {ENGAGEMENT_TYPE[kind]}" for _role, role in ROLES for kind in LOCAL)]
    rows = [[row.name, *map(_short, row.cells)] for row in coverage.rows if row.on_file]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
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


def _estimate_words(found: Estimate) -> str:
    lines = [f"{place_name(found.place)}: {STATUS[found.status]}"]
    if found.span:
        span = money_range(found.span.low, found.span.high, found.currency, found.unit)
        usual = f", typically {found.typical:,}" if found.typical is not None else ""
        lines.append(f"{span}{usual} (grade {found.grade})")
    if found.model and found.status != "modelled":
        model = found.model
        lines.append(f"The model's range: {money_range(model.low, model.high, model.currency, model.unit)}")
    lines += [pay_words(one) for one in (found.reason, found.formula, *found.notes) if one]
    for source in found.sources:
        span = money_range(source.low, source.high, source.currency, source.unit)
        lines.append(f"- {source.publisher}, {source.as_of}: {span} ({source.part})")
    return "\n".join(lines)
