"""Why, firm or open, what would change it, risks and advice. In: the stored verdict. Out: sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rolematcher.engine.model import Rulebook, Source
from rolematcher.web.names import (
    A_ROLE,
    listed,
    number_words,
    printed_day,
    publisher_words,
    said,
    upper_first,
)

from .asked import answer_line, label
from .recommend import result_words
from .shape import Change, Firmness, Risk, RuleSource, RuleUsed
from .shape_money import Line
from .shape_search import Why

STANDS_BESIDE = {"need": ("work", "evidence"), "role": ("work",), "course": ("team",)}
"""A rule that asks nothing of the recruiter (it reads an earlier result) still has an answer behind it."""


def why(
    rulebook: Rulebook, verdict: Mapping[str, Any], answers: Mapping[str, Any], place: str
) -> tuple[Why, ...]:
    """The rules that gave need, role and course, each beside the recruiter's own answers."""
    return tuple(
        Why(
            said(reason["because"]),
            _rests_on(rulebook, reason, answers, place),
            _sourced(reason["source"]),
            _against(reason),
        )
        for reason in verdict["reasons"]
    )


def _sourced(source: dict[str, str] | None) -> str:
    words = publisher_words(source)
    return _("source: %(source)s") % {"source": words} if source else words


def _rests_on(
    rulebook: Rulebook,
    reason: Mapping[str, Any],
    answers: Mapping[str, Any],
    place: str,
) -> tuple[Line, ...]:
    lines: dict[str, Line] = {}
    tables = {table.id for table in rulebook.tables}
    for condition in reason["conditions"]:
        if condition["fact"] in tables:
            continue
        question = rulebook.question(rulebook.fact(condition["fact"]).question)
        if question.worked_out:
            lines[question.id] = Line(said(condition["label"]), said(condition["words"]))
        else:
            lines[question.id] = answer_line(rulebook, answers, question.id, place)
    if not lines:
        for beside in STANDS_BESIDE.get(reason["table"], ()):
            lines[beside] = answer_line(rulebook, answers, beside, place)
    return tuple(lines.values())


def _against(rule: Mapping[str, Any]) -> str:
    opposing = [source for source in rule.get("against") or () if source]
    if not opposing:
        return ""
    who = listed(publisher_words(source) for source in opposing)
    return _("Otherwise: %(who)s. %(why)s") % {"who": who, "why": said(rule.get("against_why") or "")}


def firmness(rulebook: Rulebook, verdict: Mapping[str, Any], *, overridden: bool = False) -> Firmness:
    """Whether anything still open could change the role; told of the rules where somebody overrode them."""
    stored = verdict["firmness"]
    labels = [label(rulebook, question) for question in stored["unknowns"]]
    count = len(labels)
    role = verdict["role"]
    words: dict[str, Any] = {"count": number_words(count)}
    if stored["firm"] and not labels:
        sentence = _("every question that settles the role is answered.")
    elif stored["firm"]:
        sentence = ngettext(
            "the question still open cannot change the role.",
            "the %(count)s questions still open cannot change the role.",
            count,
        )
    else:
        words["others"] = _or(A_ROLE[other] for other in stored["possible_roles"] if other != role)
        if words["others"]:
            sentence = ngettext(
                "the question still open could make it %(others)s.",
                "the %(count)s questions still open could make it %(others)s.",
                count,
            )
        else:
            sentence = ngettext(
                "the role is a best guess until the open question is answered.",
                "the role is a best guess until the %(count)s open questions are answered.",
                count,
            )
    word = _("Firm") if stored["firm"] else _("Open")
    if overridden:
        word = _("The rules were firm") if stored["firm"] else _("The rules left it open")
    return Firmness(
        stored["firm"],
        word,
        sentence % words,
        _("Still open: %(questions)s.") % {"questions": "; ".join(labels)} if labels else "",
        tuple(_short(rulebook, change) for change in _role_changes(verdict)),
    )


def _or(items: Iterable[Any]) -> str:
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _role_changes(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """For each other role the first single answer that alone gives it; where none does, another course."""
    changes = verdict["firmness"]["changes"]
    nearest = {change["role"]: change for change in reversed(changes) if change["role"] != verdict["role"]}
    return list(nearest.values())[::-1] or changes[:1]


def _short(rulebook: Rulebook, change: Mapping[str, Any]) -> str:
    words = {"question": label(rulebook, change["question"]), "answer": said(change["to_words"])}
    words["result"] = upper_first(result_words(change))
    return _("%(result)s, if the answer to “%(question)s” were “%(answer)s”.") % words


def changes(rulebook: Rulebook, verdict: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every single answer that alone would give another role or course, by what it would give."""
    results: dict[str, list[Line]] = {}
    for change in verdict["firmness"]["changes"]:
        line = Line(label(rulebook, change["question"]), said(change["to_words"]))
        results.setdefault(upper_first(result_words(change)), []).append(line)
    return tuple(Change(result, tuple(lines)) for result, lines in results.items())


def risks(
    rulebook: Rulebook, verdict: Mapping[str, Any], answers: Mapping[str, Any], place: str
) -> tuple[Risk, ...]:
    """Every risk with the answers that raised it and what to do."""
    found = []
    for risk in verdict["risks"]:
        lines = _rests_on(rulebook, {**risk, "table": "risk"}, answers, place)
        raised = "; ".join(f"{line.label}: {line.words}" for line in lines)
        title, because = said(risk["title"]), said(risk["because"])
        # Many reasons begin with the words of their title; it is said once.
        after = because.removeprefix(title) if because.startswith(title) else f". {because}"
        found.append(Risk(title, after, raised, because, said(risk["do"]), publisher_words(risk["source"])))
    return tuple(found)


def advice(verdict: Mapping[str, Any], *, leave: tuple[str, ...] = ("first_step",)) -> tuple[Why, ...]:
    """What the rules advise beside the recommendation: what to do, and why."""
    return tuple(
        Why(
            said(row["because"]),
            (Line(said(row["title"]), said(row["do"] or row["because"])),),
            publisher_words(row["source"]),
        )
        for row in verdict["advice"]
        if row["result"] not in leave
    )


def rules_applied(verdict: Mapping[str, Any], rulebook: Rulebook) -> tuple[RuleUsed, ...]:
    """Every rule that applied, with its source and those who see it otherwise."""
    used = []
    for table in verdict["trace"]:
        for row in table["rules"]:
            if row["outcome"] == "applied":
                used.append(_rule_used(rulebook, table["table"], table["title"], row))
    return tuple(used)


def rules_nearly(verdict: Mapping[str, Any], rulebook: Rulebook) -> tuple[RuleUsed, ...]:
    """Rules one condition short, with the answer that kept them from applying."""
    rows = []
    for near in verdict["firmness"]["nearly"]:
        missing = near["missing"]
        words = said(missing["label"])
        rows.append(_rule_used(rulebook, near["table"], rulebook.table(near["table"]).title, near, words))
    return tuple(rows)


def _rule_used(
    rulebook: Rulebook, table: str, title: str, row: Mapping[str, Any], missing: str = ""
) -> RuleUsed:
    rule = next(rule for rule in rulebook.table(table).rules if rule.id == row["rule"])
    result = next(choice.words for choice in rulebook.table(table).choices if choice.id == row["result"])
    source = rulebook.source(rule.source) if rule.source else None
    return RuleUsed(
        rule.id,
        said(title),
        said(result),
        said(row["because"]),
        _short_source(source) if source else publisher_words(None),
        "; ".join(_short_source(rulebook.source(key)) for key in rule.against),
        missing,
    )


def rule_sources(rulebook: Rulebook, used: Iterable[RuleUsed]) -> tuple[RuleSource, ...]:
    """The publications that the rules named here rest on or go against."""
    named = "; ".join(f"{rule.source}; {rule.against}" for rule in used)
    return tuple(
        RuleSource(source.publisher, source.title, printed_day(source.date), said(source.took))
        for source in rulebook.sources
        if _short_source(source) in named
    )


def _short_source(source: Source) -> str:
    return publisher_words({"publisher": source.publisher, "date": source.date})
