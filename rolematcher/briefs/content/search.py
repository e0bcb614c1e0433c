"""For the search: the role fitted to this work. In: the advice. Out: the sections of that part."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.editions.services import text_said
from rolematcher.pay.report import HireTime
from rolematcher.roles.fit import FittedProfile, Wanted, goals_for
from rolematcher.roles.profile import Source
from rolematcher.web.names import (
    ENGAGEMENT_TYPE,
    ROLE,
    SENIORITY,
    as_of_words,
    listed,
    place_name,
    printed_day,
    upper_first,
)

from .advice import Advice
from .shape import Block, Bullets, Heading, Item, Part, Section, Text
from .why import advice_blocks

ON_TEAM = {
    "developers": lazy("your developers"),
    "ml": lazy("your ML engineer"),
    "ai": lazy("your AI engineer"),
    "automation": lazy("your automation builder"),
}
AGAINST = {
    "ai_engineer": lazy("Rather an AI engineer:"),
    "ml_engineer": lazy("Rather an ML engineer:"),
    "automation_specialist": lazy("Rather an automation specialist:"),
    "title": lazy("Only the title:"),
}
SAID_ELSEWHERE = ("first_step", "review", "order", "pay")


def search_part(advice: Advice) -> Part | None:
    """The part for the search; where nobody is hired, who does the work and what must be there."""
    fitted = advice.fitted
    if fitted is None or advice.recommendation in ("ask_first", "collect_data"):
        return None
    wanted, goals = _wanted_section(advice, fitted), _goals_section(advice, fitted)
    first = ((_in_short(fitted),),)
    if not advice.hiring:
        return Part("search", _title(advice), (first, ((wanted,), (goals,))))
    left = (wanted, _terms_section(advice, fitted))
    right = (goals, _signs_section(fitted))
    last = ((_interview_section(fitted), _tools_section(fitted)),)
    return Part("search", _title(advice), (first, (left, right), last))


def _title(advice: Advice) -> str:
    name = {"role": ROLE[advice.role]}
    if advice.hiring:
        return _("For the search: %(role)s") % name
    if advice.recommendation == "use_team":
        return _("The role your own team fills: %(role)s") % name
    return _("For the set-up: %(role)s") % name


def said_each(items: Iterable[str]) -> tuple[Item, ...]:
    """Texts of the profiles as lines of a list."""
    return tuple(Item(upper_first(text_said(item))) for item in items)


def cited(advice: Advice, keys: tuple[str, ...]) -> str:
    """The published sources among these keys, in short."""
    return "; ".join(source_short(one) for one in advice.decided.profiles_typed.cited(keys))


def source_short(source: Source) -> str:
    """Publisher and date."""
    return f"{source.publisher}, {printed_day(source.date)}"


def _in_short(fitted: FittedProfile) -> Section:
    words = " ".join(text_said(line) for line in fitted.profile.in_short)
    return Section("in_short", "", (Text(words),))


def _wanted_section(advice: Advice, fitted: FittedProfile) -> Section:
    profile = fitted.profile
    blocks: list[Block] = [Bullets(tuple(_wanted(one) for one in fitted.must_haves))]
    covered = "; ".join(
        f"{text_said(one.skill)} ({listed(str(ON_TEAM[member]) for member in one.held_by)})"
        for one in fitted.covered
    )
    if covered:
        blocks.append(Text(covered, _("Covered by your team:")))
    if fitted.learnable:
        learn = "; ".join(text_said(line) for line in fitted.learnable)
        blocks.append(Text(learn, _("Can be learned:")))
    dropped = [f"{text_said(one.skill)} ({ROLE[one.role]})" for one in fitted.leave_out]
    if dropped and advice.hiring:
        blocks.append(Text("; ".join(dropped), _("Leave out of the advert:")))
        if profile.leave_out.against and not advice.client_copy:
            who = cited(advice, profile.leave_out.against)
            words = _("Seen otherwise by %(who)s: %(why)s") % {
                "who": who,
                "why": text_said(profile.leave_out.against_why),
            }
            blocks.append(Text(words, style="soft"))
    return Section("must_haves", _("Must-haves"), tuple(blocks))


def _wanted(one: Wanted) -> Item:
    asked = _("asked for by you") if one.requested else ""
    look_for = text_said(one.look_for)
    return Item("; ".join(part for part in (look_for, asked) if part), text_said(one.skill))


def _goals_section(advice: Advice, fitted: FittedProfile) -> Section:
    goals = goals_for(fitted.profile, advice.answers, advice.recommendation, on=advice.decided.decided_on)
    items = [Item(text_said(goal.text), _("By day %(day)s:") % {"day": goal.by}) for goal in goals]
    own = [] if advice.client_copy else [Item(line) for line in advice.answers.success]
    blocks: list[Block] = [Bullets((*own, *items))] if own or items else []
    delivers = "; ".join(text_said(line) for line in fitted.deliverables)
    blocks.append(Text(delivers, _("Delivers:")))
    return Section("goals", _("What should be working, and when"), tuple(blocks))


def _terms_section(advice: Advice, fitted: FittedProfile) -> Section:
    items = []
    for table, names, label in (
        ("seniority", SENIORITY, _("Seniority:")),
        ("engagement_type", ENGAGEMENT_TYPE, _("Type of contract:")),
        ("headcount", {}, _("People:")),
    ):
        reason = advice.reason(table) if advice.as_decided else None
        if reason:
            words = names.get(reason.result) or advice.result_words(table, reason.result)
            items.append(Item(f"{upper_first(str(words))}. {text_said(reason.because)}", label))
    place = place_name(advice.answers.place) if advice.answers.place else _("not said")
    remote = {"yes": _("remote is fine"), "no": _("on site")}.get(advice.answers.remote, "")
    items.append(Item(", ".join(part for part in (place, remote) if part), _("Place:")))
    if advice.pay.time_to_hire:
        items.append(Item("; ".join(map(_time_words, advice.pay.time_to_hire)), _("Time to hire:")))
    leave = (*SAID_ELSEWHERE, "leave_out") if fitted.leave_out and advice.hiring else SAID_ELSEWHERE
    leave = (*leave, "contradiction") if advice.client_copy else leave
    return Section("terms", _("Terms"), (Bullets(tuple(items)), *advice_blocks(advice, leave=leave)))


def _time_words(time: HireTime) -> str:
    if time.at_most:
        days = ngettext("at most %(n)s day", "at most %(n)s days", time.high_days) % {"n": time.high_days}
    elif time.low_days == time.high_days:
        days = ngettext("%(n)s day", "%(n)s days", time.high_days) % {"n": time.high_days}
    else:
        days = _("%(low)s to %(high)s days") % {"low": time.low_days, "high": time.high_days}
    place = f"{place_name(time.place)}: " if time.place else ""
    return f"{place}{days} ({time.source.publisher}, {as_of_words(time.source.as_of)})"


def _signs_section(fitted: FittedProfile) -> Section:
    flags = tuple(Item(text_said(one.sign), str(AGAINST[one.against])) for one in fitted.profile.red_flags)
    blocks = (Bullets(said_each(fitted.profile.signals.items)), Heading(_("Warning signs")), Bullets(flags))
    return Section("signs", _("Good signs"), blocks)


def _interview_section(fitted: FittedProfile) -> Section:
    items = tuple(
        Item(text_said(one.ask), note=_("Listen for: %(what)s") % {"what": text_said(one.listen)})
        for one in fitted.interview
    )
    return Section("interview", _("Interview questions"), (Bullets(items, ordered=True),))


def _tools_section(fitted: FittedProfile) -> Section:
    certifications = fitted.profile.certifications
    names = "; ".join(certifications.items)
    note = text_said(certifications.note)
    tools = "; ".join(text_said(one) for one in fitted.tools)
    blocks: list[Block] = [
        Text(tools, _("Tools:")),
        Text(f"{names}. {note}".strip(), _("Certifications worth knowing:")),
    ]
    if fitted.also:
        more = "; ".join(text_said(one.skill) for one in fitted.also)
        blocks.append(Text(more, _("Worth a question, not a line of the advert:")))
    return Section("tools", "", tuple(blocks))
