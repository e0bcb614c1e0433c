"""A pasted description in; suggested answers with their evidence, role and course out, without saving."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rolematcher.decisions.services import standing
from rolematcher.editions.services import rulebook_of
from rolematcher.intake.reading import description_read, found_in, reading_as_dict
from rolematcher.intake.words import reading_words
from rolematcher.reading.record import Reading
from rolematcher.rules import Rulebook


@dataclass(frozen=True, slots=True)
class Line:
    """One text, and its id where the line gave one."""

    text: str
    id: dict[str, object] = field(default_factory=dict)


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
        text = _text(file)
        lines = list(_lines(text))
        faulty = [number for number, line in lines if line is None]
        for number in faulty:
            self.stderr.write(f'line {number}: give a JSON object with the text under "text".')
        for line in (one for _, one in lines if one) if lines else (Line(text),):
            reading = description_read(line.text, day)
            if explain:
                self.stdout.write(_explained(rulebook, reading) + ("\n" if lines else ""))
            else:
                result = line.id | reading_as_dict(rulebook, reading, on=day)
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


def _lines(text: str) -> Iterator[tuple[int, Line | None]]:
    """The numbered JSON lines, None for a faulty one; no line where the first is no object: a text."""
    kept = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not kept or not isinstance(_parsed(kept[0][1]), dict):
        return
    for number, line in kept:
        yield number, _line(_parsed(line))


def _line(parsed: object) -> Line | None:
    """A line with a text, and the id that goes with its reading."""
    if not isinstance(parsed, dict) or not isinstance(parsed.get("text"), str):
        return None
    return Line(parsed["text"], {"id": parsed["id"]} if "id" in parsed else {})


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
