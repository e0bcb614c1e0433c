"""The annex: all answers, the rules, the pay sources, the description. In: the advice. Never for a client."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rolematcher.editions.services import text_said
from rolematcher.rules.verdict import Near, Reason
from rolematcher.web.names import printed_day

from .advice import Advice
from .approver import background_sections
from .asked import answers_in_words, left_open
from .search import cited
from .shape import BACKGROUND, Block, Bullets, Heading, Item, Part, Section, Text
from .sources import sources_section


def annex_part(advice: Advice) -> Part:
    """Everything the advice rests on."""
    left = (answers_section(advice), rules_section(advice))
    pay = (sources_section(advice),) if advice.role != "none" else ()
    typed = advice.answers.description
    description = (Section("description", _("Description"), (Text(typed),)),) if typed else ()
    right = (*pay, rule_sources_section(advice), *description)
    return Part("annex", _("Annex"), ((left, right),))


def background_part(advice: Advice) -> Part | None:
    """What is known of the role besides, for the page alone; None where no role is advised."""
    sections = background_sections(advice)
    if not sections:
        return None
    return Part(BACKGROUND, _("About these roles"), ((sections[:1], sections[1:2]), (sections[2:],)))


def answers_section(advice: Advice) -> Section:
    """All answers, what was left open marked."""
    items = tuple(
        Item(one.words, f"{one.label}:") for one in answers_in_words(advice.rulebook, advice.answers)
    )
    blocks: list[Block] = [Bullets(items)]
    unanswered = left_open(advice.rulebook, advice.answers)
    if unanswered:
        blocks.append(Text("; ".join(unanswered), _("Not answered:"), "warn"))
    return Section("answers", _("All answers"), tuple(blocks))


def rules_section(advice: Advice) -> Section:
    """The rules that spoke, and those one condition short."""
    verdict = advice.verdict
    spoke = [*verdict.reasons, *verdict.advice, *verdict.risks]
    blocks: list[Block] = [Bullets(tuple(_rule(advice, reason) for reason in spoke))]
    if verdict.nearly:
        blocks += [
            Heading(_("One answer short")),
            Bullets(tuple(_near(advice, near) for near in verdict.nearly[:3])),
        ]
    return Section("reasons", _("Rules that applied"), tuple(blocks))


def rule_sources_section(advice: Advice) -> Section:
    """The publications that the rules and the role's texts rest on."""
    verdict = advice.verdict
    spoke = [*verdict.reasons, *verdict.advice, *verdict.risks]
    keys = dict.fromkeys(key for reason in spoke for key in (reason.source, *reason.against) if key)
    sources = [advice.rulebook.source(key) for key in keys]
    items = tuple(Item(f"{one.title}, {printed_day(one.date)}", f"{one.publisher}:") for one in sources)
    blocks: list[Block] = [Bullets(items)] if items else [Text(_("our guideline"))]
    drawn = cited(advice, advice.fitted.sources) if advice.fitted else ""
    if drawn:
        blocks.append(Text(drawn, _("What is said of the role is drawn from:"), "soft"))
    return Section("rule_sources", _("Where the rules come from"), tuple(blocks))


def _rule(advice: Advice, reason: Reason) -> Item:
    parts = [advice.source_words(reason.source) or _("our guideline")]
    if reason.against:
        who = "; ".join(advice.source_words(key) for key in reason.against)
        words = {"who": who, "why": text_said(reason.against_why)}
        parts.append(_("seen otherwise by %(who)s: %(why)s") % words)
    return Item(advice.result_words(reason.table, reason.result), note="; ".join((reason.rule, *parts)))


def _near(advice: Advice, near: Near) -> Item:
    return Item(advice.result_words(near.table, near.result), note=near.rule)
