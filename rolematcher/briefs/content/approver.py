"""For sign-off: the three roles side by side, one person for both, moving between roles. In: the advice."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rolematcher.decisions.words import choice_words, estimate_words, label
from rolematcher.editions.services import text_said
from rolematcher.roles.content import Tier
from rolematcher.roles.content import content as roles_content
from rolematcher.roles.fit import FittedProfile
from rolematcher.web.names import ROLE, ROLES, quoted, recommended_first, upper_first
from rolematcher.web.speech import money_words

from .advice import Advice
from .money import cost_section
from .search import said_each, source_short
from .shape import (
    BACKGROUND,
    Bullets,
    Heading,
    Item,
    Part,
    Row,
    Section,
    Table,
    Text,
    bullets,
    paragraph,
    part_of,
    section,
)
from .sources import demand_section, full_sources_section
from .why import risks_section


def approver_part(advice: Advice) -> Part:
    """The part for whoever signs it off."""
    below = [risks_section(advice), _order_section(advice)]
    return part_of(
        "approver",
        _("For sign-off"),
        [[_compare_section(advice)]],
        [[cost_section(advice)]],
        [below],
    )


def _compare_section(advice: Advice) -> Section:
    """The three roles: what each does, hands over, costs here, when it is right, and how far off."""
    roles = recommended_first(advice.role) if advice.role != "none" else list(ROLES)
    profiles = advice.decided.profiles_typed.role
    mine = [profiles[role] for role in roles]  # type: ignore[index]
    said = {
        _("Does"): [text_said(one.in_short[0]) for one in mine],
        _("Hands over"): [text_said(one.hands_over.text) for one in mine],
        _("Pay"): [_pay_of(advice, role) for role in roles] if advice.role != "none" else [],
        _("Right when"): [text_said(one.right_when) for one in mine],
        _("Here"): [_here(advice, role) for role in roles],
    }
    heads = (_("Role"), *(upper_first(str(ROLE[role])) for role in roles))
    rows = tuple(Row(head, tuple(cells)) for head, cells in said.items() if cells)
    return section("comparison", _("The three roles"), Table(heads, rows, "compare"))


def _pay_of(advice: Advice, role: str) -> str:
    estimate = advice.estimate if role == advice.role else advice.pay.estimates.get(role)
    return upper_first(estimate_words(estimate))


def _here(advice: Advice, role: str) -> str:
    verdict = advice.verdict
    if role == advice.role:
        return _("Advised.") if role == verdict.role else _("Chosen by a person.")
    if role == verdict.role:
        return _("The first suggestion.") if advice.client_copy else _("What the rules advised.")
    way = verdict.distance.get(role)
    if not way:
        return _("No answers to these questions lead here.")
    answers = "; ".join(
        quoted(
            f"{label(advice.rulebook, step.question)}: "
            f"{choice_words(advice.rulebook.question(step.question), step.value)}"
        )
        for step in way[:2]
    )
    return ngettext(
        "One other answer away: %(answers)s", "%(n)s other answers away, first: %(answers)s", len(way)
    ) % {"n": len(way), "answers": answers}


def _order_section(advice: Advice) -> Section | None:
    """Two people or a later decision: order, gate and measure. None where one person is the whole answer."""
    items = tuple(
        Item(text_said(row.do or row.because), f"{advice.result_words('advice', row.result)}:")
        for row in advice.verdict.advice
        if row.result in ("order", "review") and advice.as_decided
    )
    if not items:
        return None
    title = _("Two people: order, gate, measure") if advice.recommendation == "hire_pair" else _("Afterwards")
    return section("order", title, Bullets(items))


def background_part(advice: Advice) -> Part | None:
    """What is known of the role besides, for the page alone; None where no role is advised."""
    if advice.fitted is None:
        return None
    beside = [[_role_section(advice.fitted)], [_together_section(advice, advice.fitted)]]
    below = [demand_section(advice), full_sources_section(advice)]
    return part_of(BACKGROUND, _("About these roles"), beside, [below])


def _role_section(fitted: FittedProfile) -> Section:
    profile = fitted.profile
    stages = (Item(text_said(one.does), f"{text_said(one.stage)}:") for one in profile.career_stages.items)
    return section(
        "role",
        _("About the role"),
        Bullets(said_each(profile.responsibilities.items)),
        Text(text_said(profile.data_used.text), _("Works with this data:")),
        Heading(_("A usual day")),
        Bullets(said_each(profile.day.items)),
        Heading(_("Career")),
        Text(text_said(profile.career)),
        Bullets(tuple(stages)),
    )


def _together_section(advice: Advice, fitted: FittedProfile) -> Section:
    """Working with the others, one person for both, moving between roles, a supplier's tiers."""
    texts, both = roles_content(), roles_content().both_in_one
    works_with = fitted.profile.works_with
    beside = (
        paragraph(text_said(getattr(works_with, other)), _("With %(role)s:") % {"role": ROLE[other]})
        for other in ROLES
    )
    moves = (
        Item(
            "; ".join(text_said(step) for step in move.steps),
            _("%(one)s to %(other)s:")
            % {"one": upper_first(str(ROLE[move.from_role])), "other": ROLE[move.to]},
        )
        for move in texts.moves
    )
    note = advice.decided.profiles_typed.source[texts.tier_note.source]
    return section(
        "background",
        _("Working together"),
        *beside,
        Heading(_("One person for both roles")),
        Text(f"{text_said(both.text)} {text_said(both.price)} {_both_price(advice)}".strip()),
        Text(text_said(both.right_when), _("Right when:")),
        Text(text_said(both.pair_when), _("Rather two people when:")),
        *bullets(moves, _("Moving between roles")),
        *bullets(map(_tier, texts.tiers), _("A supplier's three tiers")),
        Text(f"{text_said(texts.tier_note.text)} {source_short(note)}.", style="soft"),
    )


def _both_price(advice: Advice) -> str:
    second = advice.pay.second
    if second is None or second.low is None:
        return ""
    return _("The second person alone: %(figure)s.") % {"figure": estimate_words(second)}


def _tier(tier: Tier) -> Item:
    price = f"; {money_words(tier.money)}" if tier.money is not None else ""
    return Item(text_said(tier.purpose) + price, f"{upper_first(str(ROLE[tier.role]))}:")
