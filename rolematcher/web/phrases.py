"""Sentences that the engine wrote, in the active language. In: its English. Out: the same, said in another.

The engine knows no languages. Its sentences are listed here with slots for what changes; a sentence is
recognised by its listed form, what stands in the slots is said the same way, and figures get the marks of
the language. A sentence that is not listed stays as it is; a test keeps the list complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .names import digits

SENTENCES: tuple[Promise, ...] = (
    # Ways out of a budget that falls short
    lazy("A smaller try-out first: %(weeks)s weeks (%(basis)s) at %(hours)s hours a week."),
    lazy("A smaller try-out first: %(weeks)s weeks (%(basis)s); say how many hours a week for a total."),
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
    # What is to be said of an estimate
    lazy("One source only, shown as published."),
    lazy(
        "%(few)s of %(count)s sources do not say whether they mean base or total pay:"
        " shown and counted, no vote."
    ),
    lazy("The middle of the stated range is taken for %(publishers)s."),
    lazy("The sources differ by a factor of %(factor)s."),
    lazy("The figure rests on sources older than 12 months."),
    lazy("Shown beside and never mixed in: %(kinds)s."),
    lazy("The figure lies above the check by %(publisher)s: %(range)s."),
    lazy("The figure lies below the check by %(publisher)s: %(range)s."),
    lazy("%(count)s single employers' postings are on file and shown; they do not vote."),
    lazy("Only figures for a neighbouring occupation are on file; they stand in."),
    lazy("%(start)s (%(cell)s) x %(times)s / %(hours)s hours = %(result)s, rounded to %(step)s"),
    lazy("%(start)s (%(cell)s) x %(times)s = %(result)s, rounded to %(step)s"),
    lazy("Derived in one step; the ratio is from %(publisher)s, %(date)s."),
    lazy("Another sourced ratio: %(value)s (%(publisher)s, %(date)s)."),
    lazy("On file for single levels only: %(levels)s."),
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
    lazy("country not stated"),
)
SLOT = re.compile(r"%\((\w+)\)s")
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")

GROUPS_WITH_COMMA = ("Germany, Austria and Switzerland", "Offshore, country not stated")
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
            return _(form) % {
                name: SLOTS.get(name, phrase)(words) for name, words in found.groupdict().items()
            }
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
    if not region or (language == "en" and english != region):
        return english
    if len(region) != 2:
        return phrase(english)
    # Imported here: English needs it only for a country no rate is filed for.
    from babel import Locale

    return str(Locale(language).territories.get(region, english))


def cell_name(words: str) -> str:
    """A cell of the rates such as "ML engineer, United Kingdom, contract", part by part."""
    for group in GROUPS_WITH_COMMA:
        if words.endswith(f", {group}"):
            return f"{cell_name(words.removesuffix(f', {group}'))}, {phrase(group)}"
    return ", ".join(_part_of_cell(part) for part in words.split(", "))


def _part_of_cell(part: str) -> str:
    spoken = phrase(part)
    return spoken if spoken != part else place_name(_codes().get(part, ""), part)


@cache
def _codes() -> Mapping[str, str]:
    """Countries by their English names."""
    from babel import Locale

    return {name: code for code, name in Locale("en").territories.items() if len(code) == 2}


SLOTS: Mapping[str, Callable[[str], str]] = {
    "cell": cell_name,
    "place": _part_of_cell,
    "publisher": str,
    "publishers": str,
    "levels": lambda words: ", ".join(phrase(word) for word in words.split(", ")),
}
"""Slots that hold something else than a phrase."""


def region_name(money: Mapping[str, Any]) -> str:
    """The place a decision's figures are for."""
    return place_name(money.get("region") or "", money.get("region_name") or "")
