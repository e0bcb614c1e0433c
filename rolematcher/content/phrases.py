"""Sentences that the engine wrote, in the active language. In: its English. Out: the same, said in another.

The engine knows no languages. Its sentences are listed here with slots for what changes; a sentence is
recognised by its listed form, what stands in the slots is said the same way, and figures get the marks of
the language. A sentence that is not listed stays as it is; a test keeps the list complete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .names import digits

SENTENCES: tuple[Promise, ...] = (
    # Ways out of a budget that falls short
    lazy("A smaller try-out first: %(weeks)s weeks on the basis of %(basis)s at %(hours)s hours a week."),
    lazy(
        "A smaller try-out first: %(weeks)s weeks on the basis of %(basis)s; "
        "say how many hours a week for a total."
    ),
    lazy("A smaller try-out first: %(weeks)s weeks."),
    lazy("Another engagement: %(basis)s, %(place)s."),
    lazy("Another place: %(place)s."),
    lazy("A lower level, %(level)s, with an experienced lead beside."),
    lazy("A cheaper role, %(role)s, if it can all be set up in a ready-made tool."),
    lazy("A cheaper role, %(role)s."),
    lazy("Do not start, and look again when the budget or the scope changes."),
    lazy("nothing now"),
    lazy("%(figure)s, grade %(grade)s"),
    lazy("%(range)s, typically %(typical)s"),
    # Why a budget cannot be compared
    lazy("Say where the person will work from; rates are filed by country."),
    lazy("A retainer is a flat price a month; give the budget per month or year."),
    lazy("The figures on file are prices with everything included; give the budget the same way."),
    lazy(
        "The figures on file are in %(currency)s; give the budget in %(same)s, "
        "or have a dated exchange rate entered."
    ),
    lazy("No sourced employer on-cost for %(place)s; give the budget as pay only to compare it."),
    lazy("Say how many hours a week are needed; without them the two cannot be compared."),
    lazy("Say how many weeks the work takes; without them a project sum cannot be compared."),
    lazy("Salaries on file are for full-time work; give the budget per year of full-time work."),
    lazy("less employer on-cost: %(formula)s = %(result)s a year (%(publishers)s)"),
    lazy("compared as paid directly to the contractor; a staffing firm's mark-up would come on top"),
    lazy("converted at %(rate)s (%(publisher)s)"),
    # Cost
    lazy("the first year"),
    lazy("one hour"),
    lazy("one day"),
    lazy("one month"),
    lazy("one year"),
    lazy("%(weeks)s weeks at %(hours)s hours a week, %(total)s hours"),
    lazy("%(weeks)s weeks at %(hours)s hours a week, %(total)s days"),
    lazy("%(weeks)s weeks"),
    lazy("Say how many weeks the work takes to get a total."),
    lazy("Say how many hours a week and how many weeks the work takes to get a total."),
    lazy("%(low)s to %(high)s %% of pay above %(threshold)s a year"),
    lazy("%(share)s %% of pay above %(threshold)s a year"),
    lazy("%(low)s to %(high)s %% of pay"),
    lazy("%(share)s %% of pay"),
    lazy("%(share)s %%, if an outside recruiter fills the post"),
    lazy("%(share)s %%, if a staffing firm supplies the person"),
    lazy("%(share)s %%, the marketplace's fee to the client"),
    lazy("%(amount)s, to recruit one person"),
    lazy("%(amount)s, for an employer of record, if one is used"),
    lazy("%(low)s to %(high)s"),
    lazy("bonus and equity"),
    lazy("equipment, licences and office"),
    lazy("training and holiday cover"),
    lazy("sales tax or VAT"),
    lazy("equipment and licences"),
    lazy("hand-over after the contract ends"),
    lazy("time to check and steer the work"),
    lazy("time to steer from afar"),
    lazy("travel"),
    lazy("changes to the agreed scope"),
    lazy("upkeep after hand-over"),
    lazy("use of AI services, hosting and data labelling"),
    lazy("employer benefits beyond the dues listed"),
    lazy("employer taxes and benefits: no sourced figure for %(place)s"),
    # Sources
    lazy("The figure is made from this."),
    lazy("Our own agreed rates."),
    lazy("Base or total pay not said: shown and counted beside base pay, no vote."),
    lazy("Another kind of pay: shown beside, never mixed in."),
    lazy("Another unit or currency: shown beside, never mixed in."),
    lazy("The same publisher has its one vote with another figure."),
    lazy("The same publisher already votes with its base pay."),
    lazy("One employer's posting: shown, no vote."),
    lazy("For a neighbouring occupation: a check on the figure, no vote."),
    lazy("For a neighbouring occupation; stands in because nothing closer is on file."),
    lazy("Official statistics: a check on the figure, no vote."),
    lazy("The derived figure starts from this one; it is not for this cell."),
    lazy("no sourced figure"),
    # Names inside the sentences
    lazy("permanent"),
    lazy("contract"),
    lazy("freelance marketplace"),
    lazy("embedded offshore"),
    lazy("agency"),
    lazy("junior"),
    lazy("mid-level"),
    lazy("senior"),
    lazy("AI engineer"),
    lazy("ML engineer"),
    lazy("automation specialist"),
    lazy("%(amount)s an hour"),
    lazy("%(amount)s a day"),
    lazy("%(amount)s a month"),
    lazy("%(amount)s a year"),
    lazy("Worldwide"),
    lazy("Latin America"),
    lazy("Germany, Austria and Switzerland"),
    lazy("Offshore, country not stated"),
)
SLOT = re.compile(r"%\((\w+)\)s")
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")

AMOUNT = re.compile(r"[A-Z]{3} [\d,.]+")
"""An amount alone has no words to say."""


def phrase(text: str) -> str:
    """An engine sentence in the active language; unchanged in English."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    exact = _(text)
    if exact != text:
        return exact
    for form, shape in shapes_of(SENTENCES):
        found = shape.fullmatch(text)
        if found:
            return _(form) % {name: phrase(words) for name, words in found.groupdict().items()}
    return FIGURE.sub(lambda figure: digits(figure[0].replace(",", "")), text)


def listed_form(text: str) -> bool:
    """Whether a sentence of the engine is listed here, and so can be said in other languages."""
    if AMOUNT.fullmatch(text) or any(str(sentence) == text for sentence in SENTENCES):
        return True
    return any(shape.fullmatch(text) for _form, shape in shapes_of(SENTENCES))


@cache
def shapes_of(sentences: tuple[Promise, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English forms with slots, each as an expression that recognises it."""
    with override("en"):
        forms = [str(sentence) for sentence in sentences]
    return tuple((form, _expression(form)) for form in forms if SLOT.search(form))


def _expression(form: str) -> re.Pattern[str]:
    parts = SLOT.split(form.replace("%%", "%"))
    words = [re.escape(part) if number % 2 == 0 else f"(?P<{part}>.+?)" for number, part in enumerate(parts)]
    return re.compile("".join(words))


def place_name(region: str, english: str) -> str:
    """A country in the active language; a named group as the rate data names it."""
    language = (get_language() or "en").split("-")[0]
    if language == "en" or not region:
        return english
    if len(region) != 2:
        return phrase(english)
    # Imported here: only other languages than English need it.
    from babel import Locale

    return str(Locale(language).territories.get(region, english))


def region_name(money: Mapping[str, Any]) -> str:
    """The place a decision's figures are for."""
    return place_name(money.get("region") or "", money.get("region_name") or "")
