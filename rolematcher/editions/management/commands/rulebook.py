"""The rulebook from the command line: check, show, export, load, compare, and write down what it answers."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from rolematcher.accounts.models import User
from rolematcher.editions.check import edition_check
from rolematcher.editions.services import (
    SHIPPED,
    EditionConflict,
    EditionFaulty,
    edition_draft,
    edition_publish,
)
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rulebook
from rolematcher.engine.proof.cases import role_cases
from rolematcher.engine.proof.compare import Comparison, compare
from rolematcher.engine.proof.dmn import dmn_files
from rolematcher.engine.proof.golden import golden_texts
from rolematcher.engine.rulebook.listing import rulebook_listing
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.packaged import packaged_text

PUBLISHED_NAME, SHIPPED_NAME = "published", "shipped"
WHICH = f"a file, - for standard input, '{PUBLISHED_NAME}' or '{SHIPPED_NAME}'"


class Command(BaseCommand):
    """`rulebook check`, `show`, `export`, `load`, `compare` and `golden`."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = "Check, show, export, load and compare rulebooks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, does in (
            ("check", "read it, prove its tables and try its examples; exit status 1 with a line a fault"),
            ("show", "print its tables and rows in words"),
            ("export", "write it as TOML, or its tables as DMN 1.3"),
        ):
            sub = verbs.add_parser(verb, help=does)
            sub.add_argument("which", nargs="?", default=PUBLISHED_NAME, help=f"{WHICH} (default: published)")
            if verb == "export":
                sub.add_argument("--dmn", metavar="DIR", help="write one DMN file a table into DIR")
        load = verbs.add_parser("load", help="publish a rulebook as the next edition")
        load.add_argument("which", help=WHICH)
        load.add_argument("--user", help="who publishes; needs the right to")
        load.add_argument("--reason", default="", help="why; everybody who asks later reads this")
        load.add_argument("--draft", action="store_true", help="only leave it as a draft")
        comparing = verbs.add_parser("compare", help="what a new rulebook answers otherwise than an old one")
        comparing.add_argument("old", help=WHICH)
        comparing.add_argument("new", help=WHICH)
        comparing.add_argument("--json", action="store_true", help="as JSON")
        golden = verbs.add_parser("golden", help="compare the golden tables with what the rulebook answers")
        golden.add_argument("--write", action="store_true", help="write them anew")
        golden.add_argument(
            "--dir", default=str(settings.BASE_DIR / "tests" / "golden"), help="where they are"
        )

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        """Run the sub-command. A wrong rulebook is an error with its place and cure."""
        try:
            getattr(self, f"_{verb}")(**options)
        except RulebookError as error:
            raise CommandError(str(error)) from None

    def _check(self, *, which: str, **_options: Any) -> None:
        checked = edition_check(text_of(which))
        for fault in checked.faults:
            place = f"line {fault.line}: " if fault.line else ""
            self.stdout.write(f"{place}{fault.message}")
        if checked.faults or checked.rulebook is None:
            sys.exit(1)
        self.stdout.write(proved_sentence(checked.rulebook))

    def _show(self, *, which: str, **_options: Any) -> None:
        self.stdout.write(rulebook_listing(rulebook_read(text_of(which))), ending="")

    def _export(self, *, which: str, dmn: str | None, **_options: Any) -> None:
        text = text_of(which)
        if dmn is None:
            self.stdout.write(text, ending="")
            return
        folder = Path(dmn)
        folder.mkdir(parents=True, exist_ok=True)
        for name, xml in dmn_files(rulebook_read(text)).items():
            (folder / name).write_text(xml, encoding="utf-8")
            self.stdout.write(str(folder / name))

    def _load(self, *, which: str, user: str | None, reason: str, draft: bool, **_options: Any) -> None:
        text = text_of(which)
        rulebook_read(text)
        if draft:
            edition = edition_draft(user_named(user) if user else None, text=text)
            self.stdout.write(f"Draft '{edition.title}' is saved; nothing is published yet.")
            return
        publisher = user_named(user)
        if not reason.strip():
            raise CommandError('Say why it is published: --reason "...".')
        faults = edition_check(text).faults
        if faults:
            raise CommandError("\n".join(fault.message for fault in faults))
        try:
            with transaction.atomic():
                edition = edition_draft(publisher, text=text)
                edition = edition_publish(edition, user=publisher, reason=reason, seen=edition.saved_version)
        except PermissionDenied:
            raise CommandError(f"{publisher} may not publish; ask somebody who may edit rules.") from None
        except (EditionFaulty, EditionConflict, ValueError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Edition {edition.number} is published and decides from now on.")

    def _compare(self, *, old: str, new: str, json: bool, **_options: Any) -> None:
        found = compare(rulebook_read(text_of(old)), rulebook_read(text_of(new)))
        self.stdout.write(as_json(found) if json else "\n".join(comparison_lines(found)))

    def _golden(self, *, write: bool, dir: str, **_options: Any) -> None:
        folder = Path(dir)
        stale = []
        for name, text in golden_texts(rulebook_read(packaged_text(SHIPPED))).items():
            path = folder / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(str(path))
            if write:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        if stale and not write:
            raise CommandError(f"{', '.join(stale)}: the rulebook answers otherwise now; --write them anew.")
        self.stdout.write(
            f"Written anew: {', '.join(stale)}" if stale else "The golden tables are up to date."
        )


def text_of(which: str) -> str:
    """The text of a rulebook by name or file. Raises CommandError if there is none."""
    if which == PUBLISHED_NAME:
        return standing().edition.text
    if which == SHIPPED_NAME:
        return packaged_text(SHIPPED)
    try:
        raw = sys.stdin.buffer.read() if which == "-" else Path(which).read_bytes()
        return raw.decode("utf-8")
    except OSError as error:
        raise CommandError(f"{which}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{which}: is not UTF-8 text; save it as UTF-8.") from None


def user_named(name: str | None) -> User:
    """The account that publishes. Raises CommandError without a name or where there is none."""
    if not name:
        raise CommandError("Say who publishes: --user NAME.")
    try:
        return User.objects.get(username=name, is_active=True)
    except User.DoesNotExist:
        raise CommandError(f"There is no active account '{name}'.") from None


def proved_sentence(rulebook: Rulebook) -> str:
    """What was proved of a rulebook without a fault."""
    cases = role_cases(rulebook)
    rules = sum(len(table.rules) for table in rulebook.tables)
    return (
        f"{rules} rules in {len(rulebook.tables)} tables: no case is left out and every row can decide. "
        f"Role and course: {cases.sheets:,} answer sheets in {len(cases.cases)} cases. "
        f"{len(rulebook.examples)} examples come out as written."
    )


def comparison_lines(found: Comparison) -> Iterator[str]:
    """A comparison in words: what is new, how many sheets change, a smallest case of each change."""
    yield from found.news
    if not found.differences:
        yield f"Need, role and course are the same for all {found.sheets:,} answer sheets."
    else:
        yield f"{found.changed:,} of {found.sheets:,} answer sheets come out otherwise:"
    for one in found.differences:
        yield f"  {one.sheets:,} sheets: {' / '.join(one.old)} -> {' / '.join(one.new)}"
        yield f"    for example: {one.words}"
        yield f"    by {' > '.join(one.old_rules) or 'no row'} -> {' > '.join(one.new_rules) or 'no row'}"
    yield from (str(table) for table in found.tables)


def as_json(found: Comparison) -> str:
    """A comparison for scripts."""
    return json.dumps(found.as_dict(), ensure_ascii=False, indent=2)
