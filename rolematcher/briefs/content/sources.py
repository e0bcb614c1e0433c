"""Who says so: the sources of the pay figure and of demand. In: the advice. Out: sections with addresses."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from rolematcher.decisions.words import estimate_words
from rolematcher.editions.services import text_said
from rolematcher.pay.report import PaySource
from rolematcher.rates.words import pay_words
from rolematcher.roles.content import content as roles_content
from rolematcher.roles.profile import Source
from rolematcher.values.message import Money
from rolematcher.web.names import (
    KIND,
    ROLE,
    SENIORITY,
    as_of_words,
    digits,
    place_name,
    printed_day,
    upper_first,
)
from rolematcher.web.speech import money_words

from .advice import Advice
from .money import stands_on
from .shape import Block, Bullets, Item, Section, Text

COUNTED = ("votes", "basis")
MOST_LONG = 4
"""Sources printed with every remark; more of them are printed short, and in full on the page."""


def sources_section(advice: Advice) -> Section:
    """Every pay source with its part, what changes its reading, and its address."""
    estimate = advice.estimate
    blocks = _sources_listed(estimate.sources, short=len(estimate.sources) > MOST_LONG) if estimate else []
    if estimate and estimate.formula:
        blocks.insert(0, Text(pay_words(estimate.formula), _("How it was worked out:")))
    if not blocks:
        blocks.append(Text(_without_sources(advice)))
    blocks.append(Text(_weights(), _("How we weigh sources:"), style="soft"))
    return Section("pay_sources", _("Pay sources"), tuple(blocks))


def _without_sources(advice: Advice) -> str:
    """Why no source is listed: no place, or nothing published for exactly this cell."""
    if not advice.answers.place:
        return _("No place is chosen, so no source is named.")
    return _("No published figure is on file for this role, type of contract and place together.")


def full_sources_section(advice: Advice) -> Section | None:
    """The sources with every remark, for the page, where the printed list had to be short; and all levels."""
    estimate = advice.estimate
    if estimate is None:
        return None
    blocks = _sources_listed(estimate.sources, short=False) if len(estimate.sources) > MOST_LONG else []
    whole = estimate.all_levels
    if whole and whole.sources:
        words = f"{upper_first(estimate_words(whole))}. {stands_on(whole)}"
        blocks += [Text(words, _("Over all levels:")), *_sources_listed(whole.sources, short=False)]
    return Section("pay_sources_full", _("Pay sources in full"), tuple(blocks)) if blocks else None


def _sources_listed(sources: tuple[PaySource, ...], *, short: bool) -> list[Block]:
    """Those that count, then those that do not."""
    blocks: list[Block] = []
    for counted, title in ((True, _("Used in the figure")), (False, _("Shown, not counted"))):
        rows = [one for one in sources if (one.part in COUNTED) == counted]
        if rows:
            blocks += [Text("", title), Bullets(tuple(_source_item(one, short=short) for one in rows))]
    return blocks


def _source_item(source: PaySource, *, short: bool) -> Item:
    money = Money(
        amount=source.low,
        high=source.high if source.high != source.low else None,
        currency=source.currency,
        unit=source.unit,
    )
    place = place_name(source.place) if source.place else ""
    seniority, kind = SENIORITY.get(source.seniority, ""), KIND.get(source.kind, "")
    cell = ", ".join(str(part) for part in (place, seniority, kind) if part)
    notes = [pay_words(source.why)] if source.why and not short else []
    notes += [upper_first(pay_words(remark)) + "." for remark in source.remarks]
    notes += [_("Older than a year.")] if source.stale else []
    notes += [text_said(source.note)] if source.note and not short else []
    title = "" if short else f"{source.title}, "
    words = f"{money_words(money)} ({cell}); {title}{as_of_words(source.as_of)}."
    return Item(words, f"{source.publisher}:", " ".join(notes), source.url)


def _weights() -> str:
    return _(
        "official statistics and figures recomputed from raw data count fully, others less; old ones less."
    )


def demand_section(advice: Advice) -> Section:
    """Adverts counted and trends beside the pay, dated."""
    texts, sources = roles_content(), advice.decided.profiles_typed.source
    items = []
    for posting in texts.postings:
        words = _("%(count)s adverts counted") % {"count": digits(Decimal(posting.count))}
        items.append(Item(words, f"{upper_first(str(ROLE[posting.role]))}:", _cited(sources[posting.source])))
    mine = [one for one in texts.trends if advice.role in one.roles]
    items += [Item(text_said(one.text), note=_cited(sources[one.source])) for one in mine]
    return Section("demand", _("Demand"), (Bullets(tuple(items)),))


def _cited(source: Source) -> str:
    return f"{source.publisher}, {printed_day(source.date)}"
