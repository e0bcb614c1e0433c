"""Answers as JSON in; role, course, reasons, trace and sourced estimates as JSON out, without saving."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rolematcher.decisions.commandline import decided_as_dict, decided_pdf, replayed, standing
from rolematcher.engine.decision.answers import AnswersInvalid


class Command(BaseCommand):
    """`decide FILE|-`: one JSON object of answers, or one a line."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = (
        "Decide without saving. FILE (or - for standard input) holds one JSON object of answers, or one a"
        " line. A key left out means not sure; an empty team means nobody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, and where the brief should go."""
        parser.add_argument(
            "file", help="file of answers, - for standard input, or a PDF brief with --replay"
        )
        parser.add_argument("--pdf", metavar="OUT", help="also write the brief of a single decision to OUT")
        parser.add_argument("--on", type=date.fromisoformat, help="decide as of this date (YYYY-MM-DD)")
        parser.add_argument(
            "--replay",
            action="store_true",
            help="decide again from the answers attached to a PDF brief and compare",
        )

    def handle(
        self, *args: Any, file: str, pdf: str | None, on: date | None, replay: bool, **options: Any
    ) -> None:
        """Print a JSON object per sheet; a faulty sheet is a line on standard error and exit status 1."""
        self.stand = standing()
        if self.stand.note:
            self.stderr.write(self.stand.note)
        if replay:
            self._replay(file)
            return
        sheets, single = _sheets(_text(file))
        if pdf and not single:
            raise CommandError("--pdf takes a single decision; give one JSON object instead of lines.")
        faults = 0
        for number, sheet in sheets:
            try:
                work = self.stand.work_out(_object(sheet), on=on or timezone.localdate())
            except (AnswersInvalid, ValueError) as error:
                faults += 1
                for fault in getattr(error, "errors", None) or [error]:
                    self.stderr.write(f"line {number}: {fault}")
                continue
            self.stdout.write(
                json.dumps(decided_as_dict(work), ensure_ascii=False, indent=2 if single else None)
            )
            if pdf:
                _written(Path(pdf), decided_pdf(work))
        if faults:
            sys.exit(1)

    def _replay(self, file: str) -> None:
        # Imported here: the brief's package loads the renderer, which deciding must not wait for.
        from rolematcher.briefs.pdf import BriefUnreadable

        try:
            result = replayed(_bytes(file))
        except BriefUnreadable as error:
            raise CommandError(f"{file}: {error}") from None
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        if not result["same"]:
            sys.exit(1)


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def _written(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def _text(file: str) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not UTF-8 text; save it as UTF-8 and try again.") from None


def _sheets(text: str) -> tuple[list[tuple[int, Any]], bool]:
    """Numbered sheets, and whether there is just one. A line that is no JSON stays text, to be refused."""
    try:
        return [(1, _loaded(text))], True
    except (ValueError, RecursionError):
        # Not `splitlines`: JSON may hold other line separators, such as U+2028, inside its texts.
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [(number, _parsed(line)) for number, line in lines or [(1, text)]], False


def _loaded(text: str) -> Any:
    # Numbers with a point, NaN and Infinity stay text: the engine has one rule for amounts and no floats.
    return json.loads(text, parse_float=str, parse_constant=str)


def _parsed(line: str) -> Any:
    try:
        return _loaded(line)
    except (ValueError, RecursionError):
        return line


def _object(sheet: Any) -> dict[str, Any]:
    if not isinstance(sheet, dict):
        raise ValueError('this is not a JSON object of answers such as {"work": "language"}')
    return sheet
