"""`manage.py decide`: an answer sheet in, the decision as JSON out; the same from a PDF that carries one."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone, translation

from rolematcher.briefs.content import content_of
from rolematcher.briefs.house import house_head
from rolematcher.briefs.pdf import BriefError, brief_pdf, decision_of_pdf
from rolematcher.briefs.record import decision_record
from rolematcher.briefs.word import brief_docx
from rolematcher.decisions.decided import WorkedOut
from rolematcher.decisions.services import Standing, decision_work_out, standing
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_packaged, rulebook_of
from rolematcher.editions.words import answers_words
from rolematcher.rules import AnswersInvalid, answers_read


class Command(BaseCommand):
    """Decide an answer sheet without keeping it; replay a brief."""

    help = (
        "Decide answer sheets without keeping them (one JSON object, or one a line);"
        " or replay the decision that a PDF carries."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """File or replay, and where documents go."""
        parser.add_argument("file", nargs="?", help="the answer sheet as JSON, - for standard input")
        parser.add_argument("--replay", type=Path, metavar="PDF", help="decide again what this PDF carries")
        parser.add_argument("--pdf", type=Path, metavar="OUT", help="write the brief as PDF")
        parser.add_argument("--docx", type=Path, metavar="OUT", help="write the brief as Word file")
        parser.add_argument("--client", action="store_true", help="write the client copy instead")
        parser.add_argument("--on", type=dt.date.fromisoformat, metavar="DATE", help="decide as of this day")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")

    def handle(self, **options: object) -> None:
        """Print the decision, write what was asked for."""
        replay, file, on = options["replay"], options["file"], options["on"]
        if bool(replay) == bool(file):
            raise CommandError("Give one answer sheet, or --replay with a PDF.")
        with translation.override(str(options["language"])):
            if isinstance(replay, Path):
                self._replay(replay)
                return
            day = on if isinstance(on, dt.date) else timezone.localdate()
            sheets = _sheets(_read(str(file)))
            if len(sheets) > 1 and (options["pdf"] or options["docx"]):
                raise CommandError("A document needs a single decision; give one JSON object, not lines.")
            self._decide(sheets, day, options)

    def _decide(self, sheets: list[tuple[int, object]], day: dt.date, options: dict[str, object]) -> None:
        """Print a JSON object a sheet; a faulty sheet is a line on standard error and exit status 1."""
        stand, faults = standing(), False
        for number, raw in sheets:
            try:
                work = _decided(raw, stand, day)
            except CommandError as error:
                faults = True
                for line in str(error).splitlines():
                    self.stderr.write(f"line {number}: {line}")
                continue
            self._documents(work, options)
            self._print(decision_record(work), indent=2 if len(sheets) == 1 else None)
        if faults:
            sys.exit(1)

    def _print(self, record: dict[str, object], indent: int | None = 2) -> None:
        self.stdout.write(json.dumps(record, ensure_ascii=False, indent=indent))

    def _documents(self, work: WorkedOut, options: dict[str, object]) -> None:
        if not (options["pdf"] or options["docx"]):
            return
        house = None
        with suppress(DatabaseError):
            house = house_head()
        content = content_of(work, audience="client" if options["client"] else "house", house=house)
        for name, make in (("pdf", brief_pdf), ("docx", brief_docx)):
            target = options[name]
            if isinstance(target, Path):
                try:
                    target.write_bytes(make(content).data)
                except OSError as error:
                    raise CommandError(f"{target} cannot be written: {error.strerror}.") from None
                self.stderr.write(f"Written: {target}")

    def _replay(self, pdf: Path) -> None:
        """Decide the brief's answers again by the edition that decided; does it come out the same?"""
        try:
            kept = decision_of_pdf(pdf.read_bytes())
        except OSError as error:
            raise CommandError(f"{pdf} cannot be read: {error.strerror}.") from None
        except BriefError as error:
            raise CommandError(str(error)) from None
        edition, day = _edition(kept), dt.date.fromisoformat(str(kept["decided_on"]))
        work = _decided(kept["answers"], Standing(edition, standing().figures), day)
        same_verdict = work.verdict_typed.model_dump(mode="json") == kept["verdict"]
        same_pay = work.pay_typed.model_dump(mode="json") == kept["pay"]
        record = decision_record(work) | {"replayed": {"same_verdict": same_verdict, "same_pay": same_pay}}
        self._print(record)
        if not same_verdict:
            raise CommandError("The decision comes out otherwise than the brief says.")


def _read(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.read()
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}.") from None


def _sheets(text: str) -> list[tuple[int, object]]:
    """The numbered sheets: one JSON object, or one a line. What is no JSON stays text, to be refused."""
    whole = _parsed(text)
    # Not `splitlines`: JSON may hold other line separators, such as U+2028, inside its texts.
    lines = enumerate(text.split("\n") if whole is text else [], 1)
    return [(number, _parsed(line)) for number, line in lines if line.strip()] or [(1, whole)]


def _parsed(text: str) -> object:
    try:
        # Numbers with a point, NaN and Infinity stay text: there is one rule for amounts and no floats.
        return json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return text


def _decided(raw: object, stand: Standing, day: dt.date) -> WorkedOut:
    try:
        answers = answers_read(rulebook_of(stand.edition), raw)
    except AnswersInvalid as invalid:
        lines = (f"{field}: {words}" if field else words for field, words in answers_words(invalid))
        raise CommandError("\n".join(lines)) from None
    return decision_work_out(answers, edition=stand.edition, on=day, figures=stand.figures)


def _edition(kept: dict[str, object]) -> Edition:
    """The edition that decided. Raises CommandError where it is not here."""
    named, found = kept["edition"], edition_packaged()
    sha256 = str(named.get("sha256")) if isinstance(named, dict) else ""
    if found.sha256 != sha256:
        with suppress(DatabaseError):  # there may be no database at all
            found = Edition.objects.filter(sha256=sha256).first() or found
    if found.sha256 != sha256:
        raise CommandError("The edition of the rulebook that decided is not in this installation.")
    return found
