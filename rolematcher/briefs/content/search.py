"""The role for the search. In: the frozen profile, answers and rulebook. Out: `ForSearch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.engine.decision.skills import musts_by_role
from rolematcher.engine.model import Rulebook
from rolematcher.web.names import (
    ENGAGEMENT_TYPE,
    HIRING,
    ROLE,
    SENIORITY,
    as_of_words,
    listed,
    money_range,
    publisher_words,
    said,
    upper_first,
)
from rolematcher.web.phrases import place_name, region_name

from .estimates import source_count
from .reasons import advice
from .shape_money import Line
from .shape_search import Ask, ForSearch, JobAd, MustCheck, Skill

MOST_MUSTS = 5

ON_TEAM = {
    "developers": lazy("your developers"),
    "ai": lazy("your AI engineer"),
    "ml": lazy("your ML engineer"),
    "automation": lazy("your automation builder"),
}
AGAINST = {
    "ai_engineer": lazy("An AI engineer instead"),
    "ml_engineer": lazy("An ML engineer instead"),
    "automation_specialist": lazy("An automation specialist instead"),
    "title": lazy("The title without the work"),
}
NOT_AFTER_COURSE = ("first_step", "order", "review")
"""Advice printed in places of its own."""


def for_search(
    role: str,
    course: str,
    *,
    rulebook: Rulebook,
    verdict: Mapping[str, Any],
    answers: Mapping[str, Any],
    money: Mapping[str, Any],
    profile: Mapping[str, Any],
    terms: bool,
) -> ForSearch:
    """Page 2 for one role: what to look for, what to leave out, what to ask and how to advertise."""
    wanted, covered = _must_haves(profile, answers, own_team=course == "own_team")
    estimate = money["roles"][role]
    left = profile["leave_out"]
    return ForSearch(
        role=role,
        name=str(ROLE[role]),
        heading=_heading(role, course),
        in_short=_each(profile["in_short"]),
        outcomes=tuple(
            Line(_("By day %(day)s") % {"day": outcome["by"]}, said(outcome["text"]))
            for outcome in profile["outcomes"]["items"]
        ),
        success=tuple(answers.get("success") or ()),
        must_haves=wanted,
        covered=covered,
        musts=_musts_checked(role, rulebook, answers.get("musts") or ()),
        learnable=_each(profile["learnable"]["items"]),
        leave_out=_each(item["skill"] for item in left["items"]),
        leave_out_note=said(left.get("against_why", "")),
        tools=_each(profile["tools"]["items"]),
        certifications=tuple(profile["certifications"]["items"]),
        responsibilities=_each(profile["responsibilities"]["items"]),
        deliverables=_each(profile["deliverables"]["items"]),
        signals=_each(profile["signals"]["items"]),
        red_flags=tuple(
            Line(str(AGAINST[flag["against"]]), said(flag["sign"])) for flag in profile["red_flags"]
        ),
        interview=tuple(Ask(said(item["ask"]), said(item["listen"])) for item in profile["interview"]),
        career=said(profile["career"]),
        terms=_terms(verdict, answers, money, terms=terms),
        advice=advice(verdict, leave=NOT_AFTER_COURSE) if terms else (),
        ad=_job_ad(role, profile, estimate, verdict if terms else None, answers, money),
        sources="; ".join(publisher_words(source) for source in profile["sources"])
        + "; "
        + _("house practice"),
    )


def _each(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(said(item) for item in items)


def _heading(role: str, course: str) -> str:
    name = {"role": ROLE[role]}
    if course in HIRING:
        return _("For the search: %(role)s") % name
    if course == "own_team":
        return _("The role your own team fills: %(role)s") % name
    if course == "buy":
        return _("For the set-up: %(role)s") % name
    return _("The role it would be: %(role)s") % name


def _must_haves(
    profile: Mapping[str, Any], answers: Mapping[str, Any], *, own_team: bool
) -> tuple[tuple[Skill, ...], tuple[Skill, ...]]:
    """Five must-haves at most for these answers, and those the team already covers."""
    team = answers.get("team") or []
    wanted: list[Skill] = []
    covered: list[Skill] = []
    for item in profile["must_haves"]["items"]:
        if not _needed(item.get("needs") or {}, answers):
            continue
        holders = [] if own_team else [member for member in item["covered_by"] if member in team]
        by = listed(str(ON_TEAM[member]) for member in holders)
        (covered if holders else wanted).append(Skill(said(item["skill"]), said(item["look_for"]), by))
    return tuple(wanted[:MOST_MUSTS]), tuple(covered)


def _needed(needs: Mapping[str, Sequence[str]], answers: Mapping[str, Any]) -> bool:
    return all((answers.get(fact) or "unsure") in allowed for fact, allowed in needs.items())


def _musts_checked(role: str, rulebook: Rulebook, musts: Sequence[str]) -> tuple[MustCheck, ...]:
    """Each of the recruiter's musts held against the role: whose skill it is, and whether to drop it."""
    owners = musts_by_role(rulebook, musts)
    checked = []
    for must in musts:
        whose = [other for other, named in owners.items() if must in named]
        others = [other for other in whose if other != role]
        if role in whose or not others:
            words = _("keep: fits the role") if whose else _("keep: no one role's skill")
            checked.append(MustCheck(must, words, drop=False))
        else:
            name = listed(str(ROLE[other]) for other in others)
            checked.append(
                MustCheck(must, _("drop: the skill of another role (%(role)s)") % {"role": name}, drop=True)
            )
    return tuple(checked)


def _terms(
    verdict: Mapping[str, Any], answers: Mapping[str, Any], money: Mapping[str, Any], *, terms: bool
) -> tuple[Line, ...]:
    lines = []
    if terms:
        rules = {table["table"]: table for table in verdict["trace"]}
        for table, words, label in (
            ("level", SENIORITY.get(verdict["level"], ""), _("Level")),
            ("basis", ENGAGEMENT_TYPE.get(verdict["basis"], ""), _("Engagement")),
        ):
            because = next(
                (row["because"] for row in rules[table]["rules"] if row["outcome"] == "applied"), ""
            )
            lines.append(
                Line(
                    label,
                    _("%(what)s. %(because)s") % {"what": upper_first(str(words)), "because": said(because)},
                )
            )
    place = region_name(money) or _("not said")
    remote = {"yes": _("remote is fine"), "no": _("on site")}.get(answers.get("remote") or "", "")
    lines.append(Line(_("Place"), f"{place}, {remote}" if remote else place))
    lines.append(Line(_("Time to hire"), _time_to_hire(money)))
    return tuple(lines)


def _time_to_hire(money: Mapping[str, Any]) -> str:
    words = []
    for entry in money.get("time_to_hire") or ():
        source = entry["source"]
        days = _days(entry)
        if source["region"] != money.get("region"):
            days = f"{place_name(source['region'], entry['words'].split(':')[0])}: {days}"
        words.append(f"{days} ({source['publisher']}, {as_of_words(source['date'])})")
    return "; ".join(words) or _("no sourced figure")


def _days(entry: Mapping[str, Any]) -> str:
    low, high = entry["low_days"], entry["high_days"]
    if not low:
        return ngettext("at most %(count)s day", "at most %(count)s days", high) % {"count": high}
    if low == high:
        return ngettext("%(count)s day", "%(count)s days", high) % {"count": high}
    return _("%(low)s to %(high)s days") % {"low": low, "high": high}


def _job_ad(
    role: str,
    profile: Mapping[str, Any],
    estimate: Mapping[str, Any],
    verdict: Mapping[str, Any] | None,
    answers: Mapping[str, Any],
    money: Mapping[str, Any],
) -> JobAd:
    """A start for the advert: never a budget, only the sourced range; the recruiter settles what to offer."""
    titles = _each(profile["titles"])
    duties = _each(profile["ad"]["duties"])
    pay = _("Pay: to be settled; there is no sourced figure.")
    if estimate["status"] != "none":
        span = money_range(estimate["low"], estimate["high"], estimate["currency"], estimate["unit"])
        pay = _("Pay: %(figure)s (from %(rests_on)s; put in what you will really pay).") % {
            "figure": span,
            "rests_on": source_count(estimate),
        }
    lines = [titles[0], "", _("What you will do"), *(f"- {duty}" for duty in duties), "", _("What you bring")]
    wanted, _covered = _must_haves(profile, answers, own_team=False)
    lines += [f"- {skill.skill}" for skill in wanted]
    facts = []
    if verdict:
        facts += [SENIORITY.get(verdict["level"], ""), ENGAGEMENT_TYPE.get(verdict["basis"], "")]
    facts.append(region_name(money))
    if answers.get("remote") == "yes":
        facts.append(_("remote"))
    lines += ["", ", ".join(str(fact) for fact in facts if fact), pay]
    return JobAd(titles, said(profile["titles_avoid"]), duties, pay, "\n".join(lines))
