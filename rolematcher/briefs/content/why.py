"""Why, what to ask, what would change it. In: the advice. Out: sections of page 1 and for sign-off."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rolematcher.decisions.words import choice_words, label
from rolematcher.editions.services import text_said
from rolematcher.rules.verdict import Reason
from rolematcher.web.names import day_words, upper_first

from .advice import Advice
from .asked import answer_item, left_open
from .box import recommendation, result_words
from .shape import Block, Bullets, Heading, Item, Section, Text

TABLES = ("need", "role", "recommendation")
MOST_CHANGES, MOST_ANSWERS = 3, 2


def override_section(advice: Advice) -> Section | None:
    """Who decided otherwise, when and why, and what the rules had advised; for the house alone."""
    found = advice.decided.override
    if found is None or advice.client_copy:
        return None
    original = Advice(_AsRuled(advice.decided), advice.audience)  # type: ignore[arg-type]
    agreed = _("Agreed with %(who)s.") % {"who": found.agreed_with} if found.agreed_with else ""
    blocks: tuple[Block, ...] = (
        Text(found.reason, _("Reason")),
        *((Text(agreed),) if agreed else ()),
        Text(_("The rules had advised: %(advice)s") % {"advice": recommendation(original)}, style="soft"),
    )
    return Section("override", _("Changed on %(day)s") % {"day": day_words(found.at)}, blocks)


class _AsRuled:
    """A decision as the rules left it."""

    override = None

    def __init__(self, decided: object) -> None:
        self._decided = decided

    def __getattr__(self, name: str) -> object:
        return getattr(self._decided, name)


def why_section(advice: Advice) -> Section:
    """Three lines, each beside the recruiter's own answers."""
    if advice.decided.override and advice.client_copy:
        return Section("why", _("Why"), (Text(text_said(_role_reason(advice))),))
    title = _("Why the rules advised otherwise") if not advice.as_decided else _("Why")
    reasons = [reason for table in TABLES if (reason := advice.reason(table))]
    items = tuple(_reason_item(advice, reason) for reason in reasons)
    return Section("why", title, (Bullets(items, ordered=True),))


def _role_reason(advice: Advice) -> str:
    return advice.fitted.profile.right_when if advice.fitted else advice.trade.does


def _reason_item(advice: Advice, reason: Reason) -> Item:
    rests_on = [f"{one.label}: {one.words}" for one in rests_on_items(advice, reason)]
    parts = [*rests_on, advice.source_words(reason.source)]
    if reason.against and not advice.client_copy:
        who = "; ".join(advice.source_words(key) for key in reason.against)
        parts.append(_("seen otherwise by %(who)s") % {"who": who})
    return Item(text_said(reason.because), note="; ".join(part for part in parts if part))


def rests_on_items(advice: Advice, reason: Reason) -> tuple[Item, ...]:
    """The recruiter's own answers that a rule rests on, each once; what was worked out is none."""
    tables = {table.id for table in advice.rulebook.tables}
    found = {}
    for condition in reason.conditions:
        if condition.fact in tables:
            continue
        question = advice.rulebook.question(advice.rulebook.fact(condition.fact).question)
        if not question.worked_out:
            found[question.id] = answer_item(advice.rulebook, advice.answers, question.id)
    return tuple(found.values())


def next_section(advice: Advice) -> Section:
    """The question for the hiring manager with where each reply leads."""
    question = advice.question
    if not question:
        open_points = left_open(advice.rulebook, advice.answers)[:4]
        words = (
            _("Nothing that changes the advice. Not answered: %(questions)s.")
            % {"questions": "; ".join(open_points)}
            if open_points
            else _("None: every question was answered.")
        )
        return Section("next", _("Question for the hiring manager"), (Text(words),))
    found = advice.rulebook.question(question)
    blocks: list[Block] = [Text(text_said(found.message or found.ask))]
    replies = replies_to(advice, question)
    if replies:
        blocks.append(Bullets(replies))
    return Section("next", _("Question for the hiring manager"), tuple(blocks))


def replies_to(advice: Advice, question: str) -> tuple[Item, ...]:
    """Where each reply to the question leads."""
    found, upcoming = advice.rulebook.question(question), advice.verdict.next_question
    if upcoming and upcoming.question == question:
        leads = [(reply.value, reply.role, reply.recommendation) for reply in upcoming.replies]
    else:
        changes = [change for change in advice.verdict.changes if change.question == question]
        leads = [(change.value, change.role, change.recommendation) for change in changes]
    return tuple(Item(result_words(role, do), f"{choice_words(found, to)}:") for to, role, do in leads)


def changes_section(advice: Advice) -> Section:
    """Every result that one other answer alone would give, with the answers that would.

    Replies to the question that is put to the hiring manager stand there, and not once more here.
    """
    results: dict[str, list[str]] = {}
    verdict = advice.verdict
    others = [one for one in verdict.changes if one.question != advice.question]
    ordered = sorted(others, key=lambda one: one.role == verdict.role)
    for change in ordered:
        question = advice.rulebook.question(change.question)
        answer = f"{label(advice.rulebook, change.question)}: {choice_words(question, change.value)}"
        results.setdefault(result_words(change.role, change.recommendation), []).append(answer)
    if not results:
        words = _("No single other answer changes it.")
        if verdict.changes:
            words = _("Only replies to the question above.")
        return Section("changes", _("What would change this advice"), (Text(words),))
    items = tuple(Item("; ".join(found[:MOST_ANSWERS]), f"{result}:") for result, found in results.items())
    return Section("changes", _("What would change this advice"), (Bullets(items[:MOST_CHANGES]),))


def risks_section(advice: Advice) -> Section:
    """Every risk, why, what to do, and the answer that raised it."""
    items = []
    for risk in advice.verdict.risks if advice.as_decided else ():
        if advice.client_copy and risk.result in NOT_FOR_CLIENTS:
            continue
        raised = "; ".join(f"{one.label}: {one.words}" for one in rests_on_items(advice, risk))
        title = advice.result_words("risk", risk.result)
        words = f"{text_said(risk.because)} {text_said(risk.do)}"
        items.append(Item(words, f"{title}:", "" if advice.client_copy else raised))
    if not items:
        return Section("risks", _("Risks"), (Text(_("No risks found.")),))
    return Section("risks", _("Risks"), (Bullets(tuple(items)),))


NOT_FOR_CLIENTS = ("low_budget", "budget_not_comparable", "weak_figure")


def advice_blocks(advice: Advice, *, leave: tuple[str, ...] = ("first_step",)) -> tuple[Block, ...]:
    """What the rules advise beside the recommendation."""
    rows = [row for row in advice.verdict.advice if row.result not in leave] if advice.as_decided else []
    items = tuple(
        Item(
            text_said(row.do or row.because),
            f"{upper_first(advice.result_words('advice', row.result))}:",
            advice.source_words(row.source),
        )
        for row in rows
    )
    return (Heading(_("Advice")), Bullets(items)) if items else ()
