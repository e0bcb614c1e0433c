"""The same role in two to ten places side by side: a decision and places in, pay and cost of each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rolematcher.decisions.decided import Decided
from rolematcher.decisions.services import standing
from rolematcher.decisions.words import estimate_words
from rolematcher.pay.work_out import pay_report
from rolematcher.rates.words import pay_words
from rolematcher.values.message import Money
from rolematcher.values.places import COUNTRIES
from rolematcher.web.names import STATUS, place_name, upper_first
from rolematcher.web.speech import money_words

LEAST, MOST = 2, 10


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: its name, the pay of the same cell there, what that figure is, and what it costs."""

    place: str
    pay: str
    status: str
    cost: str


def place_choices() -> list[tuple[str, str]]:
    """Every country with its name in the active language, by name."""
    return sorted(((code, place_name(code)) for code in COUNTRIES), key=lambda pair: pair[1])


def places_compared(decided: Decided, places: Sequence[str]) -> tuple[PlaceRow, ...]:
    """Pay and cost of the decided cell in each place, on the figures on file. Raises ValueError in words."""
    wanted = list(dict.fromkeys(place for place in places if place in COUNTRIES))
    if not LEAST <= len(wanted) <= MOST:
        raise ValueError(_("Choose between two and ten places."))
    return tuple(_row(decided, place) for place in wanted)


def _row(decided: Decided, place: str) -> PlaceRow:
    report = pay_report(
        standing().figures,
        answers=decided.answers_typed.model_copy(update={"place": place}),
        settled=decided.verdict_typed,
        on=decided.decided_on,
    )
    cost, main, total = report.cost, report.main, ""
    if cost.low is not None and cost.high is not None:
        high = cost.high if cost.high != cost.low else None
        money = Money(amount=cost.low, high=high, currency=cost.currency)
        total = f"{money_words(money)} {pay_words(cost.period) if cost.period else ''}".strip()
    grade = _("grade %(grade)s") % {"grade": main.grade} if main.grade else ""
    status = ", ".join(part for part in (upper_first(str(STATUS[main.status])), grade) if part)
    return PlaceRow(place_name(place), upper_first(estimate_words(main)), status, total)
