"""A pasted description in; suggested answers with their evidence, role and course out, without saving."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rolematcher.decisions.services import standing
from rolematcher.editions.services import rulebook_of
from rolematcher.intake.reading import found_in, reading_as_dict
from rolematcher.intake.words import reading_words
from rolematcher.reading.read import read
from rolematcher.reading.record import Reading
from rolematcher.rules import Rulebook


class Command(BaseCommand):
    """`read FILE|-`: one text, or JSON lines with a `text` field."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = (
        "Read a description without saving. FILE (or - for standard input) holds one text, or one JSON object"
        " with a `text` field a line. Prints a JSON object a text; role is null when it is about other work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, and how to print."""
        parser.add_argument("file", help="a text, JSON lines with a `text` field, or - for standard input")
        parser.add_argument(
            "--explain", action="store_true", help="print sentences for people instead of JSON"
        )
        parser.add_argument("--on", type=date.fromisoformat, help="read as of this date (YYYY-MM-DD)")

    def handle(self, *args: object, file: str, explain: bool, on: date | None, **options: object) -> None:
        """Print each reading; a faulty line is a line on standard error and exit status 1."""
        stand = standing()
        if stand.note:
            self.stderr.write(stand.note)
        rulebook, day = rulebook_of(stand.edition), on or timezone.localdate()
        text, faulty = _text(file), False
        lines = _lines(text)
        for number, line in lines or [(1, {"text": text})]:
            if not isinstance(line, dict) or not isinstance(line.get("text"), str):
                self.stderr.write(f'line {number}: give a JSON object with the text under "text".')
                faulty = True
                continue
            reading = read(line["text"], on=day)
            if explain:
                self.stdout.write(_explained(rulebook, reading) + ("\n" if lines else ""))
            else:
                named = {"id": line["id"]} if "id" in line else {}
                result = named | reading_as_dict(rulebook, reading, on=day)
                self.stdout.write(json.dumps(result, ensure_ascii=False, indent=None if lines else 2))
        if faulty:
            sys.exit(1)


def _explained(rulebook: Rulebook, reading: Reading) -> str:
    """A reading in lines for people: where it leads, then every suggestion with the words it rests on."""
    rows = found_in(rulebook, reading, {})
    lines = [f'{row.label}: {row.value} ({row.strength})\n  "{" ".join(row.words.split())}"' for row in rows]
    return "\n".join([reading_words(reading.message), *lines])


def _text(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not UTF-8 text; save it as UTF-8 and try again.") from None


def _lines(text: str) -> list[tuple[int, object]]:
    """The numbered JSON lines, None for a faulty one; none where the first is no object: that is a text."""
    kept = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    parsed = [(number, _parsed(line)) for number, line in kept]
    return parsed if parsed and isinstance(parsed[0][1], dict) else []


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
