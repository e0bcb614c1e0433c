"""For sign-off: the three roles side by side, one person for both, moving between roles. In: the advice."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rolematcher.decisions.words import choice_words, estimate_words, label
from rolematcher.editions.services import text_said
from rolematcher.roles.content import content as roles_content
from rolematcher.web.names import ROLE, ROLES, quoted, recommended_first, upper_first
from rolematcher.web.speech import money_words

from .advice import Advice
from .money import cost_section
from .search import said_each, source_short
from .shape import Block, Bullets, Heading, Item, Part, Row, Section, Table, Text
from .sources import demand_section, full_sources_section
from .why import risks_section


def approver_part(advice: Advice) -> Part:
    """The part for whoever signs it off."""
    order = order_section(advice)
    below = (risks_section(advice), *((order,) if order else ()))
    cost = cost_section(advice)
    rows = (((compare_section(advice),),), *((((cost,),),) if cost else ()), (below,))
    return Part("approver", _("For sign-off"), rows)


def compare_section(advice: Advice) -> Section:
    """The three roles: what each does, hands over, costs here, when it is right, and how far off."""
    roles = recommended_first(advice.role) if advice.role != "none" else list(ROLES)
    profiles = advice.decided.profiles_typed.role
    mine = [profiles[role] for role in roles]  # type: ignore[index]
    heads = [_("Role"), *(upper_first(str(ROLE[role])) for role in roles)]
    rows = [
        Row(_("Does"), tuple(text_said(one.in_short[0]) for one in mine)),
        Row(_("Hands over"), tuple(text_said(one.hands_over.text) for one in mine)),
        Row(_("Right when"), tuple(text_said(one.right_when) for one in mine)),
        Row(_("Here"), tuple(_here(advice, role) for role in roles)),
    ]
    if advice.role != "none":
        costs = tuple(_pay_of(advice, role) for role in roles)
        rows.insert(2, Row(_("Pay"), costs))
    return Section("comparison", _("The three roles"), (Table(tuple(heads), tuple(rows), "compare"),))


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
    count = len(way)
    return ngettext(
        "One other answer away: %(answers)s", "%(n)s other answers away, first: %(answers)s", count
    ) % {"n": count, "answers": answers}


def order_section(advice: Advice) -> Section | None:
    """Two people or a later decision: order, gate and measure. None where one person is the whole answer."""
    if not advice.as_decided:
        return None
    rows = [row for row in advice.verdict.advice if row.result in ("order", "review")]
    items = [
        Item(text_said(row.do or row.because), f"{advice.result_words('advice', row.result)}:")
        for row in rows
    ]
    if not items:
        return None
    title = _("Two people: order, gate, measure") if advice.recommendation == "hire_pair" else _("Afterwards")
    return Section("order", title, (Bullets(tuple(items)),))


def background_sections(advice: Advice) -> tuple[Section, ...]:
    """About the role, working together, one person for both, moving on: for who wants to know more."""
    fitted, texts = advice.fitted, roles_content()
    if fitted is None:
        return ()
    profile, sources = fitted.profile, advice.decided.profiles_typed.source
    stages = tuple(
        Item(text_said(one.does), f"{text_said(one.stage)}:") for one in profile.career_stages.items
    )
    role = Section(
        "role",
        _("About the role"),
        (
            Bullets(said_each(profile.responsibilities.items)),
            Text(text_said(profile.data_used.text), _("Works with this data:")),
            Heading(_("A usual day")),
            Bullets(said_each(profile.day.items)),
            Heading(_("Career")),
            Text(text_said(profile.career)),
            Bullets(stages),
        ),
    )
    together: list[Block] = []
    for other in ROLES:
        words = getattr(profile.works_with, other)
        if words:
            together.append(Text(text_said(words), _("With %(role)s:") % {"role": ROLE[other]}))
    both = texts.both_in_one
    together += [
        Heading(_("One person for both roles")),
        Text(f"{text_said(both.text)} {text_said(both.price)} {_both_price(advice)}".strip()),
        Text(text_said(both.right_when), _("Right when:")),
        Text(text_said(both.pair_when), _("Rather two people when:")),
        Heading(_("Moving between roles")),
        Bullets(
            tuple(
                Item(
                    "; ".join(text_said(step) for step in move.steps),
                    _("%(one)s to %(other)s:")
                    % {"one": upper_first(str(ROLE[move.from_role])), "other": ROLE[move.to]},
                )
                for move in texts.moves
            )
        ),
        Heading(_("A supplier's three tiers")),
        Bullets(tuple(_tier(tier.role, tier.purpose, tier.money) for tier in texts.tiers)),
        Text(
            f"{text_said(texts.tier_note.text)} {source_short(sources[texts.tier_note.source])}.",
            style="soft",
        ),
    ]
    full = full_sources_section(advice)
    working = Section("background", _("Working together"), tuple(together))
    return role, working, demand_section(advice), *((full,) if full else ())


def _both_price(advice: Advice) -> str:
    second = advice.pay.second
    if second is None or second.low is None:
        return ""
    return _("The second person alone: %(figure)s.") % {"figure": estimate_words(second)}


def _tier(role: str, purpose: str, price: object) -> Item:
    words = text_said(purpose)
    if price is not None:
        words = f"{words}; {money_words(price)}"  # type: ignore[arg-type]
    return Item(words, f"{upper_first(str(ROLE[role]))}:")
