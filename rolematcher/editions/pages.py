"""An edition in, what its pages show out: its tables in words, the comparison, the trace of a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.rules import Rulebook, RulebookError, Verdict
from rolematcher.rules.compare import Comparison, TableDifference, rulebook_compare
from rolematcher.rules.rulebook import FIRST, Rule, Source
from rolematcher.rules.wording import condition_label, fact_label
from rolematcher.web.names import said

from .check import Checked
from .models import Edition
from .services import rulebook_of
from .text_diff import DiffLine, text_diff
from .words import rules_words

TICKED = {"yes": lazy("yes"), "no": lazy("no"), "unsure": lazy("not sure")}
TRIED = {
    "applied": lazy("applied"),
    "failed": lazy("did not apply"),
    "unknown": lazy("an answer is missing"),
    "not_reached": lazy("not reached"),
}


@dataclass(frozen=True)
class RuleShown:
    """A rule with its conditions (what is read, the values that hold), its result and who says so."""

    rule: Rule
    conditions: tuple[tuple[str, tuple[str, ...]], ...]
    result: str
    source: Source | None
    against: tuple[Source, ...]
    tried: str | Promise = ""
    values: tuple[str, ...] = ()
    """In a trace: how it fared, and what its conditions were tried on."""


@dataclass(frozen=True)
class TableShown:
    """A table in words; in a trace with what it gave."""

    title: str
    first_wins: bool
    rules: tuple[RuleShown, ...]
    result: str = ""


@dataclass(frozen=True)
class ErrorShown:
    """An error in words, with its line."""

    words: str
    line: int | None


def errors_shown(checked: Checked) -> list[ErrorShown]:
    """Everything that keeps a text from being published, in words."""
    return [ErrorShown(rules_words(error.message), error.line) for error in checked.errors]


def tables_shown(rulebook: Rulebook) -> list[TableShown]:
    """The tables in words."""
    return [
        TableShown(
            said(table.title),
            table.take == FIRST,
            tuple(_rule_shown(rulebook, rule) for rule in table.rules),
        )
        for table in rulebook.tables
    ]


def trace_shown(rulebook: Rulebook, verdict: Verdict) -> list[TableShown]:
    """Every table as it was worked through for a verdict: how each rule fared, on which values."""
    values = dict(verdict.facts)
    shown = []
    for tried in verdict.trace:
        table = rulebook.table(tried.table)
        rules = tuple(
            _rule_shown(rulebook, rulebook.rule(one.rule), one.outcome, values) for one in tried.rules
        )
        shown.append(
            TableShown(
                said(table.title), table.take == FIRST, rules, _result(rulebook, tried.table, tried.result)
            )
        )
        values[tried.table] = tried.result
    return shown


def _rule_shown(
    rulebook: Rulebook, rule: Rule, outcome: str = "", values: Mapping[str, str] | None = None
) -> RuleShown:
    return RuleShown(
        rule=rule,
        conditions=tuple(
            (
                said(condition_label(rulebook, condition)),
                tuple(value_words(rulebook, condition.fact, value) for value in condition.allowed),
            )
            for condition in rule.when
        ),
        result=_result(rulebook, rule.table, rule.result),
        source=rulebook.source(rule.source) if rule.source else None,
        against=tuple(rulebook.source(key) for key in rule.against),
        tried=TRIED.get(outcome, ""),
        values=tuple(
            value_words(rulebook, condition.fact, (values or {}).get(condition.fact, ""))
            for condition in rule.when
        ),
    )


def _result(rulebook: Rulebook, table: str, result: str) -> str:
    words = {choice.id: choice.words for choice in rulebook.table(table).choices}
    return said(words.get(result, result))


def value_words(rulebook: Rulebook, fact: str, value: str) -> str:
    """A value of a fact or a table's result in words."""
    if fact in {table.id for table in rulebook.tables}:
        return _result(rulebook, fact, value)
    question = rulebook.question(rulebook.fact(fact).question)
    if question.many:
        return str(TICKED.get(value, value))
    return said(next((choice.words for choice in question.choices if choice.id == value), value))


def facts_words(rulebooks: tuple[Rulebook, ...], facts: Mapping[str, str]) -> str:
    """Facts of a case in words: "Kind of work: language; Team: nobody". Of either of two rulebooks."""
    said_facts = []
    for fact, value in facts.items():
        book = next((book for book in rulebooks if fact in {one.id for one in book.facts}), None)
        if book is None:
            said_facts.append(f"{fact}: {value}")
        else:
            said_facts.append(f"{said(fact_label(book, book.fact(fact)))}: {value_words(book, fact, value)}")
    return "; ".join(said_facts) or _("any case")


@dataclass(frozen=True)
class CaseShown:
    """Cases that come out otherwise: a smallest one in words, old and new role and recommendation."""

    words: str
    old: tuple[str, str]
    new: tuple[str, str]
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]
    sheets: int


@dataclass(frozen=True)
class CompareShown:
    """Two editions side by side."""

    found: Comparison
    cases: tuple[CaseShown, ...]
    lines: tuple[str, ...]


def compare_shown(old: Rulebook, new: Rulebook) -> CompareShown:
    """What comes out otherwise, in words. Raises RulebookError where one has too many answer sheets."""
    found = rulebook_compare(old, new)
    books = (old, new)
    cases = tuple(
        CaseShown(
            facts_words(books, one.facts),
            (one.old.role, one.old.recommendation),
            (one.new.role, one.new.recommendation),
            one.old_rules,
            one.new_rules,
            one.sheets,
        )
        for one in found.differences
    )
    lines = [rules_words(message) for message in found.news]
    lines += [_table_words(books, one) for one in found.tables]
    return CompareShown(found, cases, tuple(lines))


def _table_words(books: tuple[Rulebook, ...], one: TableDifference) -> str:
    book = next(book for book in books if one.table in {table.id for table in book.tables})
    values = {
        "table": said(book.table(one.table).title),
        "result": _result(book, one.table, one.result),
        "facts": facts_words(books, one.facts),
    }
    if one.given:
        return _("%(table)s: “%(result)s” is now also given for: %(facts)s.") % values
    return _("%(table)s: “%(result)s” is no longer given for: %(facts)s.") % values


@dataclass(frozen=True)
class ComparePage:
    """An edition against another: the text and the cases, or why they cannot be compared."""

    other: Edition | None
    lines: tuple[DiffLine, ...] = ()
    compared: CompareShown | None = None
    error: str = ""


def compare_page(edition: Edition) -> ComparePage:
    """Against the edition that decides now, or the one before where this is it."""
    published = Edition.objects.published().exclude(pk=edition.pk)
    other = (
        published.filter(number__lt=edition.number).first() if edition.number else None
    ) or published.first()
    if other is None:
        return ComparePage(None)
    lines = tuple(text_diff(other.text, edition.text))
    try:
        return ComparePage(other, lines, compare_shown(rulebook_of(other), rulebook_of(edition)))
    except RulebookError as error:
        return ComparePage(other, lines, error=rules_words(error.message))


def text_lines(edition: Edition) -> Iterator[tuple[int, str]]:
    """The text with its line numbers."""
    return enumerate(edition.text.splitlines(), start=1)
