"""The advert: the project's own work, must-haves, a real pay range or none, and what its place asks for.

In: the advice. Out: blocks and plain text without a note inside; what to mind stands in `warnings`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.editions.services import text_said
from rolematcher.pay.advert import advert_range, past_pay_of, transparency_of
from rolematcher.pay.figures import figures_packaged
from rolematcher.roles.advert import neutral_title, vague_phrases
from rolematcher.roles.fit import FittedProfile
from rolematcher.web.names import (
    ENGAGEMENT_TYPE,
    SENIORITY,
    as_of_words,
    division_name,
    listed,
    place_name,
    upper_first,
)
from rolematcher.web.speech import money_words

from .advice import Advice
from .shape import Advert, Block, Bullets, Heading, Item, Text, bullets

BEFORE_COPYING = ("advert", "advert_50000", "advert_minimum")
"""Rules under which the advert itself must state pay."""
STATED = lazy("In %(place)s an advert must state pay; put in what you will really pay. (%(source)s)")
MISSING = lazy(
    "In %(place)s an advert must state a pay range. None is set: add yours before you copy it. (%(source)s)"
)
MUST_STATE = dict.fromkeys(BEFORE_COPYING, MISSING) | {
    "before_interview": lazy("In %(place)s pay must be stated before the interview. (%(source)s)"),
    "before_offer": lazy("In %(place)s pay must be stated before an offer. (%(source)s)"),
    "on_request": lazy("In %(place)s pay must be stated on request. (%(source)s)"),
}


def advert_of(advice: Advice) -> Advert | None:
    """The advert for the role in force; None where there is no profile of it."""
    fitted = advice.fitted
    if fitted is None:
        return None
    language = get_language() or "en"
    titles = tuple(neutral_title(text_said(title), language) for title in fitted.titles)
    pay = _pay_line(advice)
    blocks = tuple(_blocks(advice, fitted, pay))
    text = "\n".join((titles[0], "", *_lines(blocks))).strip()
    vague = (
        _("“%(phrase)s”: %(why)s") % {"phrase": one.phrase, "why": text_said(one.why)}
        for one in vague_phrases(text)
    )
    warnings = (*_duties_of_place(advice, stated=bool(pay)), *_past_pay(advice), *vague)
    return Advert(titles, text_said(fitted.profile.titles_avoid), blocks, text, warnings)


def _blocks(advice: Advice, fitted: FittedProfile, pay: str) -> Iterator[Block]:
    if advice.answers.project:
        yield Text(_("The project: %(project)s") % {"project": advice.answers.project})
    musts = (one.skill for one in fitted.must_haves)
    for heading, lines in (
        (_("What you will do"), map(text_said, fitted.duties)),
        (_("What should be working after 90 days"), advice.answers.success),
        (_("What you bring"), map(text_said, musts)),
        (_("What you can learn here"), map(text_said, fitted.learnable)),
        (_("What we offer"), _offer(advice, pay)),
    ):
        yield from bullets(map(Item, lines), heading)


def _offer(advice: Advice, pay: str) -> Iterator[str]:
    verdict, answers = advice.verdict, advice.answers
    terms = (SENIORITY.get(verdict.seniority), ENGAGEMENT_TYPE.get(verdict.engagement_type))
    parts = [", ".join(str(term) for term in terms if term)] if advice.as_decided else []
    timeline = answers.timeline
    if timeline and timeline.hours_a_week:
        parts.append(_("%(hours)s hours a week") % {"hours": timeline.hours_a_week})
    if timeline and timeline.weeks and verdict.engagement_type != "permanent":
        parts.append(_("for %(weeks)s weeks") % {"weeks": timeline.weeks})
    place = place_name(answers.place) if answers.place else ""
    modes = {"yes": _("remote work is possible"), "partly": _("partly remote"), "no": _("on site")}
    remote = modes.get(answers.remote, "")
    parts.append(", ".join(part for part in (place, remote) if part))
    return (upper_first(part) for part in (*parts, pay) if part)


def _pay_line(advice: Advice) -> str:
    """A range that is pay, or nothing: never a price, a retainer, a posting or a modelled range."""
    money = advert_range(advice.pay) if advice.as_decided else None
    return _("Pay: %(range)s") % {"range": money_words(money)} if money else ""


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield from ("", block.words)
        elif isinstance(block, Bullets):
            yield from (f"- {item.words}" for item in block.items)
        elif isinstance(block, Text):
            yield block.words


def _duties_of_place(advice: Advice, *, stated: bool) -> Iterator[str]:
    """What the law of the place wants said of pay, and when."""
    place = advice.answers.place
    rules = transparency_of(place, advice.decided.decided_on, figures_packaged()) if place else ()
    for rule in rules:
        if rule.must_state in MUST_STATE:
            words = STATED if stated and rule.must_state in BEFORE_COPYING else MUST_STATE[rule.must_state]
            source = f"{rule.publisher}, {as_of_words(rule.as_of)}"
            yield words % {"place": place_name(rule.place), "source": source}


def _past_pay(advice: Advice) -> tuple[str, ...]:
    """That applicants must not be asked what they earned before, where that is the law."""
    place = advice.answers.place or ""
    rules = past_pay_of(place, advice.decided.decided_on, figures_packaged())
    if not rules:
        return ()
    if "-" not in place and "-" in rules[0].place:
        words = {"place": place_name(place), "divisions": listed(division_name(rule.place) for rule in rules)}
        asked = _(
            "Do not ask applicants what they earned before where that is forbidden (%(place)s: "
            "%(divisions)s). Choose where you hire to see the source."
        )
        return (asked % words,)
    where = listed(place_name(rule.place) for rule in rules)
    sources = dict.fromkeys(f"{rule.publisher}, {as_of_words(rule.as_of)}" for rule in rules)
    words = {"places": where, "sources": "; ".join(sources)}
    return (
        _("Do not ask applicants what they earned before: it is forbidden in %(places)s. (%(sources)s)")
        % words,
    )
