"""The annex: all answers, the rules, the pay sources, the description. In: the advice. Never for a client."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rolematcher.editions.services import text_said
from rolematcher.rules.verdict import Reason
from rolematcher.web.names import as_of_words

from .advice import Advice
from .search import cited
from .shape import Bullets, Item, Part, Section, Text, bullets, paragraph, part_of, section
from .sources import sources_section


def annex_part(advice: Advice) -> Part:
    """Everything the advice rests on."""
    verdict = advice.verdict
    spoke = (*verdict.reasons, *verdict.advice, *verdict.risks)
    typed = advice.answers.description
    left = [_answers_section(advice), _rules_section(advice, spoke)]
    right = [
        sources_section(advice) if advice.role != "none" else None,
        _rule_sources_section(advice, spoke),
        section("description", _("Description"), Text(typed)) if typed else None,
    ]
    return part_of("annex", _("Annex"), [left, right])


def _answers_section(advice: Advice) -> Section:
    """All answers, what was left open marked."""
    items = tuple(Item(words, f"{question}:") for question, words in advice.answered if words)
    unanswered = paragraph("; ".join(advice.left_open), _("Not answered:"), "warn")
    return section("answers", _("All answers"), Bullets(items), unanswered)


def _rules_section(advice: Advice, spoke: tuple[Reason, ...]) -> Section:
    """The rules that spoke, and those one condition short."""
    near = (
        Item(advice.result_words(one.table, one.result), note=one.rule) for one in advice.verdict.nearly[:3]
    )
    rules = Bullets(tuple(_rule(advice, reason) for reason in spoke))
    return section("reasons", _("Rules that applied"), rules, *bullets(near, _("One answer short")))


def _rule_sources_section(advice: Advice, spoke: tuple[Reason, ...]) -> Section:
    """The publications that the rules and the role's texts rest on."""
    keys = dict.fromkeys(key for reason in spoke for key in (reason.source, *reason.against) if key)
    sources = [advice.rulebook.source(key) for key in keys]
    items = bullets(Item(f"{one.title}, {as_of_words(one.date)}", f"{one.publisher}:") for one in sources)
    drawn = cited(advice, advice.fitted.sources) if advice.fitted else ""
    return section(
        "rule_sources",
        _("Where the rules come from"),
        *(items or [Text(_("our guideline"))]),
        paragraph(drawn, _("What is said of the role is drawn from:"), "soft"),
    )


def _rule(advice: Advice, reason: Reason) -> Item:
    parts = [reason.rule, advice.source_words(reason.source) or _("our guideline")]
    if reason.against:
        words = {"who": advice.seen_otherwise(reason), "why": text_said(reason.against_why)}
        parts.append(_("seen otherwise by %(who)s: %(why)s") % words)
    return Item(advice.result_words(reason.table, reason.result), note="; ".join(parts))
