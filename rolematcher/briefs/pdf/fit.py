"""How large a brief can be set. In: its content. Out: for each part, whether it has room for larger type.

Type is set larger where a page would stay half empty. Lines are counted from letters, which is right to
within a line or two; `render` looks at the pages that came out and sets those tighter that did not fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Any

from rolematcher.briefs.content import Content
from rolematcher.briefs.content.shape_money import Line, SourceFigure

from .words import width

PARTS = ("decision", "search", "approver", "annex")
AFTER = dict(pairwise(PARTS))
HEIGHT = {"a4": 742, "letter": 712}
"""Points between head and foot of a page."""
SLACK = {"decision": 1.2, "search": 1.13, "approver": 1.0, "annex": 1.08}
"""How much more the count comes to than the page then takes; found by setting briefs both ways."""
LONG_WORDS = 0.86
"""Languages of longer words than English fill their lines less."""
SEARCH_AT_MOST = {"en": 1.1, "de": 1.2}
"""Counted height of page 2, in pages, from which it takes more than one in the smallest type too: our own
words come to 1.05 in English and 1.14 in German."""
LITTLE = 0.9
"""Share of their counted height that a short approver's page and a short annex take together."""
HEAD = 1.9
"""A heading and the space above it, in lines."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Which parts are set in larger type, which follow the one before on the same page, and what stands where
    in the annex's two columns so that they end about level: rules under the answers or under the figures,
    the description under the answers or below both."""

    decision: bool = False
    search: bool = False
    approver: bool = False
    annex: bool = False
    flows: tuple[str, ...] = ()
    description_left: bool = False
    rules_right: bool = False

    def tightened(self, past: Iterable[str]) -> Fit:
        """What to try next where these parts take more than a page: smaller type, else no new page after.

        The annex is the last part and may take pages.
        """
        large = [part for part in past if getattr(self, part)]
        if large:
            return _smaller(self, large)
        flows = tuple(AFTER[part] for part in past if part in AFTER)
        return _smaller(replace(self, flows=tuple(dict.fromkeys((*self.flows, *flows)))), flows)


def _smaller(fit: Fit, parts: Iterable[str]) -> Fit:
    changed: dict[str, Any] = dict.fromkeys(parts, False)
    return replace(fit, **changed)


def fit_of(content: Content, paper: str) -> Fit:
    """What there is room for on this paper."""
    height = HEIGHT[paper]
    answers, figures = _answers_lines(content), _figures_lines(content)
    below, beside_it = _rules_lines(content, 46), _rules_lines(content, 62)
    rules_right = max(answers, figures + beside_it) < max(answers + below, figures)
    left, right = (answers, figures + beside_it) if rules_right else (answers + below, figures)
    described = _lines([content.description], 49) + HEAD if content.description else 0
    beside = described and left + described <= max(right, height / 10 - 4)
    tall = max(left + described, right) if beside else max(left, right) + described
    words = 1 if content.language == "en" else LONG_WORDS
    room = {part: height * slack * words for part, slack in SLACK.items()}
    approver, annex = 12 * _approver(content), 10 * (tall + 2)
    search = 12 * _search(content)
    # Only typed text takes page 2 past its end; knowing that beforehand saves laying the brief out twice.
    much = search > SEARCH_AT_MOST.get(content.language, 1.2) * SLACK["search"] * height
    short = LITTLE * (approver + annex) <= height
    flows = tuple(part for part, follows in (("approver", much), ("annex", short)) if follows)
    return Fit(
        decision=_decision(content) <= room["decision"],
        search=search <= room["search"],
        approver=approver <= room["approver"] and not much,
        annex=annex <= room["annex"],
        flows=flows,
        description_left=bool(beside),
        rules_right=rules_right,
    )


def _lines(texts: Iterable[str], letters: int) -> float:
    """Lines that texts take in a column so many letters wide, each with a little space after it."""
    return sum(sum(ceil((width(line) or 1) / letters) for line in text.splitlines()) + 0.15 for text in texts)


def _said(lines: Iterable[Line]) -> list[str]:
    return [f"{line.label}: {line.words}" for line in lines]


def _decision(content: Content) -> float:
    """Points page 1 takes in larger type."""
    rates, firm = content.rates, content.firmness
    about = _lines([f"{content.client} {content.project} {content.asked_by}"], 80)
    heading = 27 * ceil(len(content.recommendation) / 42) + 36
    override = content.overridden
    note = _lines([override.reason, override.original, override.agreed_with], 88) + 3 if override else 0
    opening = _lines([firm.sentence + firm.unanswered, *firm.changes], 88) + 2
    why = sum(
        _lines([reason.because], 46) + 0.9 * _lines([_answers(reason.answers) + reason.source], 50) + 0.5
        for reason in content.why
    )
    following = _lines([content.first_step, content.question], 35) + _lines(
        _said(content.question_replies), 33
    )
    own = rates.own
    notes = [*own.notes, own.grade_words, own.rests_on, own.formula, rates.market] if own else [rates.market]
    words = _lines([" ".join([*notes, rates.unit])], 36) + _lines([rates.budget + rates.verdict], 34)
    words += _lines([rates.budget_steps], 36) + 4
    chart = (16 if rates.chart else 0) + _lines(_said(rates.legend), 60)
    money = max(words, chart) + _lines(_said(rates.on_file), 92) * 1.1
    return 44 + heading + 14 * (about + note + opening + max(why + 2, following + 5) + money + 3.5)


def _source(row: SourceFigure) -> str:
    stale = "(older than 12 months)" if row.stale else ""
    return f"{row.publisher}, {row.title}, {row.date} {stale}: {'; '.join(_said(row.figures))}"


def _answers(answers: Iterable[Line]) -> str:
    return "; ".join(_said(answers))


def _search(content: Content) -> float:
    """Lines page 2 takes in larger type."""
    search = content.search
    half = 49
    skills = [f"{skill.skill}: {skill.look_for}" for skill in search.must_haves]
    skills += [f"{skill.skill} {skill.covered} ..........." for skill in search.covered]
    musts = [f"{must.must}: {must.verdict}" for must in search.musts]
    left = _lines([*skills, *musts, *search.success, *_said(search.outcomes)], half)
    left += _lines(["; ".join(search.learnable), "; ".join(search.leave_out)], half)
    left += _lines([*search.signals, *_said(search.red_flags)], half) + HEAD * (6 + bool(musts))
    right = _lines([*_said(search.terms), *(_answers(line.answers) for line in search.advice)], half)
    right += _lines(["; ".join(search.tools), "; ".join(search.certifications)], half)
    right += _lines([f"{item.ask} Listen for: {item.listen}" for item in search.interview], half - 3)
    right += HEAD * (4 + bool(search.advice))
    ad = search.ad
    advert = max(_lines([", ".join(ad.titles), ad.avoid, ad.pay], half - 3), _lines(ad.duties, half))
    lead = 1.1 * _lines([" ".join(search.in_short)], 92)
    return 2.2 + lead + max(left, right) + HEAD + advert + 0.7 + _lines([search.sources], 105)


def _approver(content: Content) -> float:
    """Lines page 3 takes in larger type."""
    rows = zip(
        *((role.does, role.costs, role.right_when, role.here) for role in content.compared), strict=True
    )
    table = sum(max(_lines([text], 29) for text in row) + 0.3 for row in rows) + 1.4 + HEAD
    cost = content.cost
    lines = sum(_lines([line.source], 60) + 0.3 for line in cost.lines) + 1.4 * bool(cost.lines) + HEAD
    lines += _lines([*cost.notes, cost.empty, "; ".join(cost.not_included) + 14 * "."], 100) + 0.7
    risks = [risk.title + risk.after_title + risk.do + risk.answer for risk in content.risks]
    half = _lines([*risks, *_said(content.rates.ways_out), *_said(content.pair)], 47) + 2 * HEAD
    changes = _lines((f"{change.result}: {_answers(change.answers)}" for change in content.changes), 100)
    return 2.2 + table + lines + max(half / 2 + 2, _lines(risks[:1], 47) + HEAD) + changes + HEAD


def _answers_lines(content: Content) -> float:
    """Lines the answers take in the annex's left column, in larger type."""
    answered = [f"{answer.question}: {answer.answer}" for answer in content.answers if not answer.open]
    return _lines([*answered, "; ".join(["Left as not sure", *content.unanswered])], 48) + HEAD


def _rules_lines(content: Content, letters: int) -> float:
    """Lines the rules and their sources take in a column so many letters wide, in larger type."""
    told = [f"{rule.result}: {rule.id}; {rule.source} {rule.against}" for rule in content.applied]
    told += [f"{rule.result}: {rule.id}; {rule.missing} ......." for rule in content.nearly]
    told += [f"{source.publisher}, {source.title}, {source.date}" for source in content.rule_sources]
    return _lines(told, letters) + 3 * HEAD


def _figures_lines(content: Content) -> float:
    """Lines the rate observations take in the annex's right column, in larger type."""
    lines = HEAD + _lines([" ".join(content.rates.weights)], 62) + 1
    for group in content.rates.groups:
        lines += _lines([group.why], 64) + 0.2 + _lines((_source(row) for row in group.rows), 61)
    return lines
