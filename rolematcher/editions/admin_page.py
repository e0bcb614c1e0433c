"""An edition in, what its pages show out: the editor, the tables in words, the comparison, the replay."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from rolematcher.accounts.models import User
from rolematcher.rules import Rulebook, RulebookError
from rolematcher.rules.compare import rulebook_compare as compare
from rolematcher.rules.rulebook import FIRST, Rule

from .check import edition_check
from .models import Edition
from .services import rulebook_of
from .text_diff import text_diff


def editor_page(edition: Edition, user: User, *, text: str | None = None) -> dict[str, Any]:
    """The draft's text with its faults, its tables where it reads, and what may be done with it.

    `text` is what a refused save had typed: it is shown instead of the stored text, which stands beside.
    """
    shown = edition.text if text is None else text
    checked = edition_check(shown)
    readable, borrowed = checked.rulebook, None
    if readable is None and edition.based_on:
        readable, borrowed = rulebook_of(edition.based_on), edition.based_on
    return {
        "borrowed": borrowed,
        "shown": shown,
        "checked": checked,
        "tables": tables_shown(readable) if readable else [],
        "theirs": text_diff(edition.text, shown) if text is not None else [],
        "may_publish": user.has_perm("editions.publish_edition"),
        "may_discard": user.has_perm("editions.delete_edition"),
    }


def frozen_page(edition: Edition, user: User) -> dict[str, Any]:
    """A published edition: its tables, its text, and whether it can be published again."""
    current = Edition.objects.published().defer("text").first()
    try:
        tables = tables_shown(rulebook_of(edition))
    except RulebookError:
        tables = []
    return {
        "tables": tables,
        "text_lines": list(enumerate(edition.text.splitlines(), start=1)),
        "current": current,
        "decides": current is not None and current.pk == edition.pk,
        "decided": edition.decisions.order_by().aggregate(how_many=Count("*"))["how_many"],
        "may_publish": user.has_perm("editions.publish_edition") and edition.state == Edition.PUBLISHED,
        "may_draft": user.has_perm("editions.add_edition"),
    }


def compare_page(edition: Edition) -> dict[str, Any]:
    """Against the edition that decides now, or the one before where this is it."""
    current = Edition.objects.published().exclude(pk=edition.pk).first()
    if edition.number:
        current = Edition.objects.published().filter(number__lt=edition.number).first() or current
    context: dict[str, Any] = {"other": current}
    if current is not None:
        context["lines"] = text_diff(current.text, edition.text)
        try:
            context["cases"] = compare(rulebook_of(current), rulebook_of(edition))
        except RulebookError as error:
            context["error"] = str(error)
    return context


def replay_page(edition: Edition, user: User) -> dict[str, Any]:
    """Every past decision under this text: how many would come out otherwise, and which."""
    try:
        return {"replay": edition_replay(edition, user=user)}
    except RulebookError as error:
        return {"error": str(error)}


def tables_shown(rulebook: Rulebook) -> list[dict[str, Any]]:
    """The tables in words, each row with its conditions, result, sentence and source."""
    words = _value_words(rulebook)
    shown = []
    for table in rulebook.tables:
        results = {choice.id: choice.words for choice in table.choices}
        shown.append(
            {
                "id": table.id,
                "title": table.title,
                "take": _("the first row that matches wins")
                if table.take == FIRST
                else _("every row that matches speaks"),
                "rows": [_row_shown(rulebook, rule, words, results) for rule in table.rules],
            }
        )
    return shown


def _row_shown(
    rulebook: Rulebook, rule: Rule, words: dict[str, tuple[str, dict[str, str]]], results: dict[str, str]
) -> dict[str, Any]:
    conditions = []
    for condition in rule.when:
        label, values = words.get(condition.fact, (condition.fact, {}))
        conditions.append((label, [values.get(value, value) for value in condition.allowed]))
    return {
        "rule": rule,
        "conditions": conditions,
        "result": results.get(rule.result, rule.result),
        "source": rulebook.source(rule.source) if rule.source else None,
        "against": [rulebook.source(key) for key in rule.against],
    }


def _value_words(rulebook: Rulebook) -> dict[str, tuple[str, dict[str, str]]]:
    """For each fact and table: how it reads in a list, and its values in words."""
    questions = {question.id: question for question in rulebook.questions}
    words: dict[str, tuple[str, dict[str, str]]] = {}
    for fact in rulebook.facts:
        question = questions[fact.question]
        label = question.short or question.ask
        values = {choice.id: choice.words for choice in question.choices}
        if question.many:
            ticked = values.get(fact.id.partition(".")[2], fact.id)
            words[fact.id] = (f"{label}: {ticked}", {"yes": _("yes"), "no": _("no"), "unsure": _("not sure")})
        else:
            words[fact.id] = (label, values)
    for table in rulebook.tables:
        words[table.id] = (table.title, {choice.id: choice.words for choice in table.choices})
    return words
