"""An edition in, what its pages show out: its tables in words, the comparison, the trace of a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.rules import Rulebook, RulebookError, Verdict
from rolematcher.rules.compare import Comparison, Difference, rulebook_compare
from rolematcher.rules.rulebook import FIRST, Condition, Rule, Source
from rolematcher.rules.wording import condition_label, fact_label
from rolematcher.web.names import said

from .models import Edition
from .services import rulebook_of
from .words import rules_words

AROUND, MOST_LINES = 2, 3000
"""Lines shown around a difference of texts, and lines of it at most."""
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
    conditions: list[tuple[str, list[str]]]
    result: str
    source: Source | None
    against: list[Source]
    tried: str | Promise = ""
    values: Sequence[str] = ()
    """In a trace: how it fared, and what its conditions were tried on."""


@dataclass(frozen=True)
class TableShown:
    """A table in words; in a trace with what it gave."""

    title: str
    first_wins: bool
    rules: list[RuleShown]
    result: str = ""


def tables_shown(rulebook: Rulebook) -> list[TableShown]:
    """The tables in words."""
    return [
        TableShown(
            said(table.title), table.take == FIRST, [_rule_shown(rulebook, rule) for rule in table.rules]
        )
        for table in rulebook.tables
    ]


def trace_shown(rulebook: Rulebook, verdict: Verdict) -> list[TableShown]:
    """Every table as it was worked through for a verdict: how each rule fared, on which values."""
    values = dict(verdict.facts)
    shown = []
    for tried in verdict.trace:
        table = rulebook.table(tried.table)
        rules = [_rule_shown(rulebook, rulebook.rule(one.rule), one.outcome, values) for one in tried.rules]
        result = _result(rulebook, tried.table, tried.result)
        shown.append(TableShown(said(table.title), table.take == FIRST, rules, result))
        values[tried.table] = tried.result
    return shown


def _rule_shown(
    rulebook: Rulebook, rule: Rule, outcome: str = "", values: Mapping[str, str] | None = None
) -> RuleShown:
    def words(condition: Condition, value: str) -> str:
        return value_words(rulebook, condition.fact, value)

    return RuleShown(
        rule=rule,
        conditions=[
            (said(condition_label(rulebook, one)), [words(one, value) for value in one.allowed])
            for one in rule.when
        ],
        result=_result(rulebook, rule.table, rule.result),
        source=rulebook.source(rule.source) if rule.source else None,
        against=[rulebook.source(key) for key in rule.against],
        tried=TRIED.get(outcome, ""),
        values=[words(one, (values or {}).get(one.fact, "")) for one in rule.when],
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
    lines = []
    for fact, value in facts.items():
        label, words = fact, value
        for book in rulebooks:
            if fact in {one.id for one in book.facts}:
                label, words = said(fact_label(book, book.fact(fact))), value_words(book, fact, value)
                break
        lines.append(f"{label}: {words}")
    return "; ".join(lines) or _("any case")


@dataclass(frozen=True)
class CompareShown:
    """Two editions side by side: each difference with its smallest case in words, and what else is new."""

    found: Comparison
    cases: tuple[tuple[str, Difference], ...]
    lines: tuple[str, ...]


def compare_shown(old: Rulebook, new: Rulebook) -> CompareShown:
    """What comes out otherwise, in words. Raises RulebookError where one has too many answer sheets."""
    found, books = rulebook_compare(old, new), (old, new)
    cases = tuple((facts_words(books, one.facts), one) for one in found.differences)
    return CompareShown(found, cases, tuple(map(rules_words, found.news)))


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the comparison. `kind`: same, gone, new or skip; numbers are None on the other side."""

    kind: str
    old: int | None
    new: int | None
    text: str


def text_diff(old: str, new: str) -> list[DiffLine]:
    """The difference from `old` to `new`, empty where there is none."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[DiffLine] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if lines:
            lines.append(DiffLine("skip", None, None, ""))
        for kind, from_old, to_old, from_new, to_new in group:
            if kind == "equal":
                lines += [
                    DiffLine("same", place + 1, place + 1 + from_new - from_old, before[place])
                    for place in range(from_old, to_old)
                ]
                continue
            lines += [DiffLine("gone", place + 1, None, before[place]) for place in range(from_old, to_old)]
            lines += [DiffLine("new", None, place + 1, after[place]) for place in range(from_new, to_new)]
    return lines[:MOST_LINES]


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
