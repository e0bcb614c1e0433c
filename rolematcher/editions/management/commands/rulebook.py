"""The rulebook from the command line: check, show, export, load, compare."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from rolematcher.editions.check import edition_check
from rolematcher.editions.models import Edition
from rolematcher.editions.pages import CompareShown, RuleShown, compare_shown, tables_shown
from rolematcher.editions.services import edition_draft, edition_packaged
from rolematcher.editions.words import rules_words
from rolematcher.rules import Rulebook, RulebookError, rulebook_read, shipped_text
from rolematcher.rules.answer_table import answer_table
from rolematcher.rules.dmn import dmn_files

PUBLISHED_NAME, SHIPPED_NAME = "published", "shipped"
WHICH = f"a file, - for standard input, '{PUBLISHED_NAME}' or '{SHIPPED_NAME}'"


class Command(BaseCommand):
    """`rulebook check`, `show`, `export`, `load` and `compare`."""

    requires_system_checks: list[str] = []  # they load every page; `make check` runs them
    help = "Check, show, export, load and compare rulebooks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, does in (
            ("check", "read it, try its tables and examples; exit status 1 with a line an error"),
            ("show", "print its tables and rules in words"),
            ("export", "write it as TOML, or its tables as DMN 1.3"),
        ):
            sub = verbs.add_parser(verb, help=does)
            sub.add_argument("which", nargs="?", default=PUBLISHED_NAME, help=f"{WHICH} (default: published)")
            if verb == "export":
                sub.add_argument("--dmn", metavar="DIR", help="write one DMN file a table into DIR")
        load = verbs.add_parser(
            "load", help="keep a rulebook as a draft, to be compared and published in the admin"
        )
        load.add_argument("which", help=WHICH)
        comparing = verbs.add_parser("compare", help="what a new rulebook answers otherwise than an old one")
        comparing.add_argument("old", help=WHICH)
        comparing.add_argument("new", help=WHICH)

    def handle(self, *args: str, verb: str, **options: object) -> None:
        """Run the sub-command. A wrong rulebook is an error with its place and cure."""
        try:
            getattr(self, f"_{verb}")(**options)
        except RulebookError as error:
            raise CommandError(rules_words(error.message)) from None

    def _check(self, *, which: str, **_options: object) -> None:
        checked = edition_check(text_of(which))
        for error in checked.errors:
            place = f"line {error.line}: " if error.line else ""
            self.stdout.write(f"{place}{error.words}")
        if checked.errors or checked.rulebook is None:
            sys.exit(1)
        self.stdout.write(checked_sentence(checked.rulebook))

    def _show(self, *, which: str, **_options: object) -> None:
        for table in tables_shown(rulebook_read(text_of(which))):
            takes = (
                "the first rule that matches wins" if table.first_wins else "every rule that matches speaks"
            )
            self.stdout.write(f"{table.title} ({takes})")
            for rule in table.rules:
                self.stdout.write("\n".join(rule_lines(rule)))

    def _export(self, *, which: str, dmn: str | None, **_options: object) -> None:
        text = text_of(which)
        if dmn is None:
            self.stdout.write(text, ending="")
            return
        folder = Path(dmn)
        folder.mkdir(parents=True, exist_ok=True)
        for name, xml in dmn_files(rulebook_read(text)).items():
            (folder / name).write_text(xml, encoding="utf-8")
            self.stdout.write(str(folder / name))

    def _load(self, *, which: str, **_options: object) -> None:
        text = text_of(which)
        rulebook_read(text)
        edition = edition_draft(None, text=text)
        self.stdout.write(f"Draft '{edition.title}' is saved; compare it and publish it in the admin.")

    def _compare(self, *, old: str, new: str, **_options: object) -> None:
        shown = compare_shown(rulebook_read(text_of(old)), rulebook_read(text_of(new)))
        self.stdout.write("\n".join(comparison_lines(shown)))


def text_of(which: str) -> str:
    """The text of a rulebook by name or file. Raises CommandError if there is none."""
    if which == PUBLISHED_NAME:
        try:
            return Edition.objects.current().text
        except (Edition.DoesNotExist, DatabaseError):
            return edition_packaged().text
    if which == SHIPPED_NAME:
        return shipped_text()
    try:
        raw = sys.stdin.buffer.read() if which == "-" else Path(which).read_bytes()
        return raw.decode("utf-8")
    except OSError as error:
        raise CommandError(f"{which}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{which}: is not UTF-8 text; save it as UTF-8.") from None


def checked_sentence(rulebook: Rulebook) -> str:
    """What was found of a rulebook without an error."""
    rules = sum(len(table.rules) for table in rulebook.tables)
    return (
        f"{rules} rules in {len(rulebook.tables)} tables: no case of {answer_table(rulebook).sheets:,} answer"
        f" sheets is left out, every rule decides something. {len(rulebook.examples)} examples come out as"
        " written, and each rule has one that fails without it."
    )


def rule_lines(shown: RuleShown) -> Iterator[str]:
    """A rule: when it applies, what it gives and why, what to do, who says so and who sees it otherwise."""
    rule = shown.rule
    yield f"  {rule.id}"
    for label, values in shown.conditions:
        yield f"    when  {label}: {' or '.join(values)}"
    yield f"    then  {shown.result}{' (provisional)' if rule.provisional else ''}: {rule.because}"
    if rule.do:
        yield f"    do    {rule.do}"
    against = "".join(f"; against: {source.publisher}" for source in shown.against)
    yield f"    from  {shown.source.publisher if shown.source else 'our guideline'}{against}"


def comparison_lines(shown: CompareShown) -> Iterator[str]:
    """A comparison in words: what is new, how many sheets change, a smallest case of each change."""
    found = shown.found
    if not shown.cases:
        yield f"Kind of work, role and recommendation are the same for all {found.sheets:,} answer sheets."
    else:
        yield f"{found.changed:,} of {found.sheets:,} answer sheets come out otherwise:"
    for words, one in shown.cases:
        yield f"  {one.sheets:,} sheets: {' / '.join(one.old[1:])} -> {' / '.join(one.new[1:])}"
        yield f"    for example: {words}"
        yield f"    by {' > '.join(one.old_rules) or 'no rule'} -> {' > '.join(one.new_rules) or 'no rule'}"
    yield from shown.lines
