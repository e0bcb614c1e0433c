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
    upper_first,
)

from .advice import Advice
from .shape import Bullets, Item, Part, Section, Text, bullets, paragraph, part_of, section
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
    short = section("in_short", "", Text(_joined(fitted.profile.in_short, " ")))
    if not advice.hiring:
        return part_of("search", _title(advice), [[short]], [[wanted], [goals]])
    left, right = [wanted, _terms_section(advice, fitted)], [goals, _signs_section(fitted)]
    last = [_interview_section(fitted), _tools_section(fitted)]
    return part_of("search", _title(advice), [[short]], [left, right], [last])


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


def _joined(items: Iterable[str], joint: str = "; ") -> str:
    """Texts of the profiles in one line."""
    return joint.join(map(text_said, items))


def cited(advice: Advice, keys: tuple[str, ...]) -> str:
    """The published sources among these keys, in short."""
    return "; ".join(source_short(one) for one in advice.decided.profiles_typed.cited(keys))


def source_short(source: Source) -> str:
    """Publisher and date."""
    return f"{source.publisher}, {as_of_words(source.date)}"


def _wanted_section(advice: Advice, fitted: FittedProfile) -> Section:
    leave_out = fitted.profile.leave_out
    covered = (
        f"{text_said(one.skill)} ({listed(str(ON_TEAM[member]) for member in one.held_by)})"
        for one in fitted.covered
    )
    left_out = [f"{text_said(one.skill)} ({ROLE[one.role]})" for one in fitted.leave_out if advice.hiring]
    against = ""
    if left_out and leave_out.against and not advice.client_copy:
        words = {"who": cited(advice, leave_out.against), "why": text_said(leave_out.against_why)}
        against = _("Seen otherwise by %(who)s: %(why)s") % words
    return section(
        "must_haves",
        _("Must-haves"),
        Bullets(tuple(map(_wanted, fitted.must_haves))),
        paragraph("; ".join(covered), _("Covered by your team:")),
        paragraph(_joined(fitted.learnable), _("Can be learned:")),
        paragraph("; ".join(left_out), _("Leave out of the advert:")),
        paragraph(against, style="soft"),
    )


def _wanted(one: Wanted) -> Item:
    asked = _("asked for by you") if one.requested else ""
    look_for = text_said(one.look_for)
    return Item("; ".join(part for part in (look_for, asked) if part), text_said(one.skill))


def _goals_section(advice: Advice, fitted: FittedProfile) -> Section:
    goals = goals_for(fitted.profile, advice.answers, advice.recommendation, on=advice.decided.decided_on)
    own = () if advice.client_copy else map(Item, advice.answers.success)
    shipped = (Item(text_said(goal.text), _("By day %(day)s:") % {"day": goal.by}) for goal in goals)
    delivers = Text(_joined(fitted.deliverables), _("Delivers:"))
    return section("goals", _("What should be working, and when"), *bullets((*own, *shipped)), delivers)


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
    modes = {"yes": _("remote is fine"), "partly": _("partly remote"), "no": _("on site")}
    remote = modes.get(advice.answers.remote, "")
    items.append(Item(", ".join(part for part in (place, remote) if part), _("Place:")))
    if advice.pay.time_to_hire:
        items.append(Item("; ".join(map(_time_words, advice.pay.time_to_hire)), _("Time to hire:")))
    leave = (*SAID_ELSEWHERE, "leave_out") if fitted.leave_out and advice.hiring else SAID_ELSEWHERE
    leave = (*leave, "contradiction") if advice.client_copy else leave
    return section("terms", _("Terms"), Bullets(tuple(items)), *advice_blocks(advice, leave=leave))


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
    flags = (Item(text_said(one.sign), str(AGAINST[one.against])) for one in fitted.profile.red_flags)
    signals = Bullets(said_each(fitted.profile.signals.items))
    return section("signs", _("Good signs"), signals, *bullets(flags, _("Warning signs")))


def _interview_section(fitted: FittedProfile) -> Section:
    items = tuple(
        Item(text_said(one.ask), note=_("Listen for: %(what)s") % {"what": text_said(one.listen)})
        for one in fitted.interview
    )
    return section("interview", _("Interview questions"), Bullets(items, ordered=True))


def _tools_section(fitted: FittedProfile) -> Section:
    certifications = fitted.profile.certifications
    names = f"{'; '.join(certifications.items)}. {text_said(certifications.note)}".strip()
    also = _joined(one.skill for one in fitted.also)
    return section(
        "tools",
        "",
        Text(_joined(fitted.tools), _("Tools:")),
        Text(names, _("Certifications worth knowing:")),
        paragraph(also, _("Worth a question, not a line of the advert:")),
    )
