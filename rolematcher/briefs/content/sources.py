"""Who says so: the sources of the pay figure and of demand. In: the advice. Out: sections with addresses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from rolematcher.decisions.words import estimate_words
from rolematcher.editions.services import text_said
from rolematcher.pay.report import PaySource
from rolematcher.rates.words import pay_words
from rolematcher.roles.content import content as roles_content
from rolematcher.values.message import Money
from rolematcher.web.names import (
    KIND,
    ROLE,
    SENIORITY,
    as_of_words,
    digits,
    place_name,
    upper_first,
)
from rolematcher.web.speech import money_words

from .advice import Advice
from .money import stands_on
from .search import source_short
from .shape import Block, Bullets, Item, Section, Text, bullets, section

COUNTED = ("votes", "basis")
MOST_LONG = 4
"""Sources printed with every remark; more of them are printed short, and in full on the page."""


def sources_section(advice: Advice) -> Section:
    """Every pay source with its part, what changes its reading, and its address."""
    blocks: list[Block] = []
    if estimate := advice.estimate:
        if estimate.formula:
            blocks.append(Text(pay_words(estimate.formula), _("How it was worked out:")))
        blocks += _sources_listed(estimate.sources, short=len(estimate.sources) > MOST_LONG)
    weights = _(
        "official statistics and figures recomputed from raw data count fully, others less; old ones less."
    )
    return section(
        "pay_sources",
        _("Pay sources"),
        *(blocks or [Text(_without_sources(advice))]),
        Text(weights, _("How we weigh sources:"), style="soft"),
    )


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
    blocks = [*_sources_listed(estimate.sources, short=False)] if len(estimate.sources) > MOST_LONG else []
    whole = estimate.all_levels
    if whole and whole.sources:
        words = f"{upper_first(estimate_words(whole))}. {stands_on(whole)}"
        blocks += [Text(words, _("Over all levels:")), *_sources_listed(whole.sources, short=False)]
    return section("pay_sources_full", _("Pay sources in full"), *blocks) if blocks else None


def _sources_listed(sources: tuple[PaySource, ...], *, short: bool) -> Iterator[Block]:
    """Those that count, then those that do not."""
    for counted, title in ((True, _("Used in the figure")), (False, _("Shown, not counted"))):
        those = (one for one in sources if (one.part in COUNTED) == counted)
        yield from bullets((_source_item(one, short=short) for one in those), title)


def _source_item(source: PaySource, *, short: bool) -> Item:
    high = source.high if source.high != source.low else None
    money = Money(amount=source.low, high=high, currency=source.currency, unit=source.unit)
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


def demand_section(advice: Advice) -> Section:
    """Adverts counted and trends beside the pay, dated."""
    texts, sources = roles_content(), advice.decided.profiles_typed.source
    counts = (
        Item(
            _("%(count)s adverts counted") % {"count": digits(Decimal(one.count))},
            f"{upper_first(str(ROLE[one.role]))}:",
            source_short(sources[one.source]),
        )
        for one in texts.postings
    )
    trends = (
        Item(text_said(one.text), note=source_short(sources[one.source]))
        for one in texts.trends
        if advice.role in one.roles
    )
    return section("demand", _("Demand"), Bullets((*counts, *trends)))
