"""Why, what to ask, what would change it. In: the advice. Out: sections of page 1 and for sign-off."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rolematcher.decisions.words import answer_words, choice_words, label
from rolematcher.editions.services import text_said
from rolematcher.rules.rulebook import Question
from rolematcher.rules.verdict import Reason
from rolematcher.web.names import NOT_SURE, day_words, upper_first

from .advice import Advice
from .box import recommendation, result_words
from .shape import Block, Bullets, Item, Section, Text, bullets, paragraph, section

TABLES = ("need", "role", "recommendation")
NOT_FOR_CLIENTS = ("low_budget", "budget_not_comparable", "weak_figure")
MOST_CHANGES, MOST_ANSWERS = 3, 2


def override_section(advice: Advice) -> Section | None:
    """Who decided otherwise, when and why, and what the rules had advised; for the house alone."""
    found = advice.override
    if found is None or advice.client_copy:
        return None
    ruled = recommendation(Advice(advice.decided, "house", as_ruled=True))
    return section(
        "override",
        _("Changed on %(day)s") % {"day": day_words(found.at)},
        Text(found.reason, _("Reason")),
        paragraph(_("Agreed with %(who)s.") % {"who": found.agreed_with} if found.agreed_with else ""),
        Text(_("The rules had advised: %(advice)s") % {"advice": ruled}, style="soft"),
    )


def why_section(advice: Advice) -> Section:
    """Three lines, each beside the recruiter's own answers."""
    if advice.override and advice.client_copy:
        why = advice.fitted.profile.right_when if advice.fitted else advice.trade.does
        return section("why", _("Why"), Text(text_said(why)))
    title = _("Why the rules advised otherwise") if not advice.as_decided else _("Why")
    reasons = filter(None, map(advice.reason, TABLES))
    items = tuple(_reason_item(advice, reason) for reason in reasons)
    return section("why", title, Bullets(items, ordered=True))


def _reason_item(advice: Advice, reason: Reason) -> Item:
    parts = [*_rests_on(advice, reason), advice.source_words(reason.source)]
    if reason.against and not advice.client_copy:
        parts.append(_("seen otherwise by %(who)s") % {"who": advice.seen_otherwise(reason)})
    return Item(text_said(reason.because), note="; ".join(part for part in parts if part))


def _rests_on(advice: Advice, reason: Reason) -> list[str]:
    """The recruiter's own answers that a rule rests on, each once; what was worked out is none."""
    rulebook = advice.rulebook
    tables = {table.id for table in rulebook.tables}
    facts = (one.fact for one in reason.conditions if one.fact not in tables)
    asked = dict.fromkeys(rulebook.fact(fact).question for fact in facts)
    questions = [rulebook.question(id) for id in asked]
    return [
        f"{label(rulebook, one.id)}: {answer_words(one, advice.answers) or NOT_SURE}"
        for one in questions
        if not one.worked_out
    ]


def next_section(advice: Advice) -> Section:
    """The question for the hiring manager with where each reply leads."""
    title, question = _("Question for the hiring manager"), advice.question
    if question:
        found = advice.rulebook.question(question)
        ask = text_said(found.message or found.ask)
        return section("next", title, Text(ask), *bullets(_replies(advice, found)))
    words = _("None: every question was answered.")
    if open_points := advice.deciding_open or advice.left_open[:4]:
        words = _("Nothing that changes the advice. Not answered: %(questions)s.") % {
            "questions": "; ".join(open_points)
        }
    return section("next", title, Text(words))


def _replies(advice: Advice, question: Question) -> Iterator[Item]:
    """Where each reply to the question leads."""
    upcoming = advice.verdict.next_question
    changes = (change for change in advice.verdict.changes if change.question == question.id)
    for one in upcoming.replies if upcoming and upcoming.question == question.id else changes:
        words = choice_words(question, one.value)
        yield Item(result_words(one.role, one.recommendation), f"{words}:")


def changes_section(advice: Advice) -> Section:
    """Every result that one other answer alone would give, with the answers that would.

    Replies to the question that is put to the hiring manager stand there, and not once more here.
    """
    results: dict[str, list[str]] = {}
    verdict, title = advice.verdict, _("What would change this advice")
    others = [one for one in verdict.changes if one.question != advice.question]
    for change in sorted(others, key=lambda one: one.role == verdict.role):
        question = advice.rulebook.question(change.question)
        answer = f"{label(advice.rulebook, change.question)}: {choice_words(question, change.value)}"
        results.setdefault(result_words(change.role, change.recommendation), []).append(answer)
    if results:
        items = [Item("; ".join(found[:MOST_ANSWERS]), f"{result}:") for result, found in results.items()]
        return section("changes", title, Bullets(tuple(items[:MOST_CHANGES])))
    words = _("No single other answer changes it.")
    if verdict.changes:
        words = _("Only replies to the question above.")
    return section("changes", title, Text(words))


def risks_section(advice: Advice) -> Section:
    """Every risk, why, what to do, and the answer that raised it."""
    items = []
    for risk in advice.verdict.risks if advice.as_decided else ():
        if not (advice.client_copy and risk.result in NOT_FOR_CLIENTS):
            raised = "" if advice.client_copy else "; ".join(_rests_on(advice, risk))
            title = advice.result_words("risk", risk.result)
            items.append(Item(f"{text_said(risk.because)} {text_said(risk.do)}", f"{title}:", raised))
    return section("risks", _("Risks"), *(bullets(items) or [Text(_("No risks found."))]))


def advice_blocks(advice: Advice, *, leave: tuple[str, ...]) -> tuple[Block, ...]:
    """What the rules advise beside the recommendation."""
    items = (
        Item(
            text_said(row.do or row.because),
            f"{upper_first(advice.result_words('advice', row.result))}:",
            advice.source_words(row.source),
        )
        for row in advice.verdict.advice
        if row.result not in leave and advice.as_decided
    )
    return bullets(items, _("Advice"))
