"""What the pay room has to say, in sentences. In: its messages. Out: words in the active language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rolematcher.pay.plausible import RowError
from rolematcher.values.message import Message
from rolematcher.web.speech import Sentences, say

from .words_cost import COST

CAUTION = {
    "after_tax": _("after tax"),
    "one_city": _("one city alone"),
    "some_employers": _("some employers only"),
    "example": _("an example, not a statistic"),
}
"""What changes the reading of a figure."""
COVERED = {
    "sourced": _("published"),
    "old": _("old"),
    "derived": _("worked out"),
    "modelled": _("modelled"),
    "none": _("no figure"),
}
"""What a place has, in one word."""
ESTIMATE: Sentences = {
    **{f"pay.remark.{id}": words for id, words in CAUTION.items()},
    # Why a source plays the part it plays
    "pay.why.basis": _("The figure is worked out from this one; it is not for this job itself."),
    "pay.why.copy": _("Repeats the figure of %(of)s, so it is not counted again."),
    "pay.why.currency": _("In another currency (%(currency)s): shown, not counted."),
    "pay.why.example": _("An example, not a statistic: shown, not counted."),
    "pay.why.neighbour": _("For a neighbouring occupation: a check on the figure, not counted."),
    "pay.why.official": _("Official statistics: a check on the figure, not counted."),
    "pay.why.one_end": _("Only one end of a range: shown, not counted."),
    "pay.why.other_kind": _("Another kind of pay: shown, not counted."),
    "pay.why.posting": _("One employer's advert: shown, not counted."),
    "pay.why.same_publisher": _("The same publisher already counts with another figure."),
    "pay.why.stands_in": _("For a neighbouring occupation; used because nothing closer is known."),
    "pay.why.unstated": _("Does not say whether it means base or total pay."),
    # What changes the reading of a source
    "pay.remark.middle": _("the middle of the stated range is taken"),
    "pay.remark.unit": _("published as an amount %(printed)s, turned into one %(unit)s"),
    "pay.remark.converted": _("converted at 1 %(base)s = %(rate)s %(quote)s (%(publisher)s, %(day)s)"),
    # What to know about an estimate
    "pay.note.one_source": _("One source only: %(publisher)s."),
    "pay.note.stands_in": _("Only figures for a neighbouring occupation are known; they are used here."),
    "pay.note.unstated": ngettext_lazy(
        "%(count)s of %(of)s sources does not say whether it means base or total pay.",
        "%(count)s of %(of)s sources do not say whether they mean base or total pay.",
        "count",
    ),
    "pay.note.spread": _("The sources differ by a factor of %(factor)s."),
    "pay.note.copies": ngettext_lazy(
        "%(count)s source repeats another's figure and is not counted.",
        "%(count)s sources repeat another's figure and are not counted.",
        "count",
    ),
    "pay.note.after_tax": _("All sources state pay after tax; before tax it is more."),
    "pay.note.one_city": _("All sources are for one city alone, not for the whole place."),
    "pay.note.above_official": _("The figure lies above the official statistics of %(publisher)s."),
    "pay.note.below_official": _("The figure lies below the official statistics of %(publisher)s."),
    "pay.note.country_for_division": _(
        "No figure for %(division)s alone; this one is for the whole country (%(place)s)."
    ),
    "pay.note.worldwide": _("A worldwide figure, not one for the place itself (%(place)s)."),
    "pay.note.levels_alike": _("The sources do not tell levels apart; this is the figure for all levels."),
    "pay.note.modelled": _(
        "Modelled from %(figures)s figures in %(places)s places, %(from_place)s of them local (%(place)s). "
        "In tests, half of the figures left out lay within %(error)s %% of the model. "
        "The range shown covers 8 of 10. Not a quote."
    ),
    "pay.note.modelled_elsewhere": _(
        "Modelled from %(figures)s figures in %(places)s places, none of them local (%(place)s): from income "
        "per head and region only. In tests, half of the figures left out lay within %(error)s %% of the "
        "model. The range shown covers 8 of 10. Not a quote."
    ),
    "pay.note.modelled_few": _(
        "Modelled from %(figures)s figures in %(places)s places, %(from_place)s of them local (%(place)s). "
        "In tests, half of the figures left out lay within %(error)s %% of the model; "
        "it was tested on %(tested)s cases only. The range shown covers 8 of 10. Not a quote."
    ),
    "pay.note.outside_model": _(
        "The published figure, %(figure)s, lies outside the range that the model expects, %(model)s. "
        "Its unit, kind of pay or currency may be another; ask a second source before you rely on it."
    ),
    "pay.note.widened": _("One published figure only, %(point)s; the range around it is the model's."),
    "pay.note.single_point": _("One published figure only; how far pay varies around it is not known."),
    "pay.note.nearest": _("The nearest known: %(place)s, %(figure)s."),
    "pay.note.type_assumed": _(
        "The type of contract is open; permanent pay is shown first, the others beside it."
    ),
    "pay.note.contract_to_hire": _(
        "Contract to hire: the contract rate comes first, the permanent salary after it."
    ),
    "pay.note.payroll": _(
        "Self-employed contractors are meant. A contractor on an agency's payroll is paid about what an "
        "employee earns an hour."
    ),
    "pay.note.nobody": _("Nobody is hired now; the figure says what hiring would cost."),
    # Why there is no figure
    "pay.none.place": _("No place is chosen. Pay depends on place; choose one to see pay."),
    "pay.none.payroll": _(
        "Contracts on an agency's payroll are known for the United States and Canada only."
    ),
    "pay.none.role": _("This tool knows the pay of three roles only, and this work needs none of them."),
    "pay.none.on_site": _(
        "Marketplace rates are worldwide and say nothing of work on site. Choose Contract for a figure."
    ),
    "pay.none.sourced_only": _("No published figure. Modelled ranges are switched off in this installation."),
    "pay.none.worldwide": _("No worldwide figure is known for this type of contract."),
    "pay.none.group": _("%(place)s is not one place; choose a country to see pay."),
    "pay.none.income_unknown": _(
        "No published figure (%(place)s), and income there is not known well enough."
    ),
    "pay.none.too_wide": _("No published figure (%(place)s); a modelled range would be too wide to help."),
    "pay.none.untested": _("No published figure (%(place)s); the model could not be tested for this."),
    # How a figure was worked out
    "pay.formula.ladder": _(
        "%(base)s (%(base_seniority)s) x %(ratio)s for %(seniority)s = %(result)s (%(publisher)s, %(as_of)s)"
    ),
    "pay.formula.role": _(
        "%(base)s (another role) x %(ratio)s for %(role)s = %(result)s (%(publisher)s, %(as_of)s)"
    ),
    "pay.formula.salary": _(
        "%(base)s (permanent salary) x %(ratio)s for %(engagement_type)s = %(result)s "
        "(%(publisher)s, %(as_of)s)"
    ),
}
BUDGET: Sentences = {
    "pay.budget.not_set": _("No budget given."),
    "pay.budget.nobody": _("Nobody is hired now, so the budget of %(budget)s is not used yet."),
    "pay.budget.say_place": _("Choose a place to compare the budget of %(budget)s."),
    "pay.budget.no_figure": _("There is no pay figure to compare the budget of %(budget)s with."),
    "pay.budget.no_rate": _(
        "No exchange rate for %(currency)s is known; give the budget in another currency."
    ),
    "pay.budget.retainer": _(
        "The known prices are flat fees a month; give the budget of %(budget)s per month or year."
    ),
    "pay.budget.covers": _("The budget of %(budget)s covers it: %(need)s."),
    "pay.budget.covers_part": _(
        "The budget of %(budget)s covers part of the range, %(need)s. Short by up to %(gap)s."
    ),
    "pay.budget.below": _(
        "The budget of %(budget)s does not cover the %(need)s this takes. Short by %(gap)s."
    ),
    "pay.budget.buys_little": _("The budget of %(budget)s buys next to nothing at %(need)s."),
    "pay.budget.buys_hour": _(
        "The budget of %(budget)s buys about %(low)s to %(high)s hours%(per)s at %(need)s."
    ),
    "pay.budget.buys_week": _(
        "The budget of %(budget)s buys about %(low)s to %(high)s weeks%(per)s at %(need)s."
    ),
    "pay.budget.buys_month": _(
        "The budget of %(budget)s buys about %(low)s to %(high)s months%(per)s at %(need)s."
    ),
    "pay.step.exchange": _(
        "%(given)s at 1 %(base)s = %(rate)s %(quote)s (%(publisher)s, %(day)s) = %(result)s"
    ),
    "pay.step.months": _("12 months a year: %(result)s"),
    "pay.step.day": _("8 hours a day: %(result)s"),
    "pay.step.hours": _("%(hours)s hours %(longer)s: %(result)s"),
    "pay.step.hours_each": _("%(hours)s hours %(longer)s, %(each)s hours %(shorter)s: %(result)s"),
    "pay.step.marketplace_fee": _("the marketplace's fee is counted"),
    "pay.step.dues": _("employer dues are counted"),
    "pay.step.part_time": _("part time, %(hours)s hours a week"),
    "pay.step.pair": _("both people are counted"),
    "pay.option.lower_seniority": _(
        "Less senior: %(role)s, %(seniority)s, with an experienced lead beside: %(price)s"
    ),
    "pay.option.other_role": _("Another role, if it can be set up inside a tool: %(role)s: %(price)s"),
    "pay.option.other_engagement_type": _("Another type of contract: %(engagement_type)s: %(price)s"),
    "pay.option.other_place": _("Another place: %(place)s: %(price)s"),
    "pay.no_option.raise": _(
        "Nothing fits the budget. The smallest change that helps: %(by)s more, %(to)s in all, for: "
        "%(role)s, %(seniority)s, %(engagement_type)s, %(place)s."
    ),
    "pay.no_option.ask": _("Nothing known fits the budget. Ask for a larger one or for less work."),
    "pay.no_option.widen": _("Nothing known fits the budget on site. Ask whether the work may be remote."),
}
OFFER: Sentences = {
    "pay.offer.rate_usual": _("%(figure)s is usual: the figure is %(known)s (%(status)s)."),
    "pay.offer.rate_above": _(
        "%(figure)s is %(by)s (%(share)s %%) above the upper end of the figure, %(known)s (%(status)s)."
    ),
    "pay.offer.rate_below": _(
        "%(figure)s is %(by)s (%(share)s %%) below the lower end of the figure, %(known)s (%(status)s)."
    ),
    "pay.offer.no_figure": _(
        "There is no figure for this place (%(place)s), not even a modelled one, so the rate cannot be "
        "compared."
    ),
    "pay.offer.currency": _(
        "In another currency than pay there: converted at 1 %(base)s = %(rate)s %(quote)s (%(publisher)s, "
        "%(day)s)."
    ),
    "pay.offer.unit": _(
        "Given as an amount %(printed)s; turned into one %(unit)s, %(hours)s hours being full time."
    ),
    "pay.offer.fee_usual": _("A fee of %(given)s %% (%(sum)s) is usual: %(low)s to %(high)s %%."),
    "pay.offer.fee_above": _(
        "A fee of %(given)s %% (%(sum)s) is %(by)s above what is usual, %(low)s to %(high)s %%."
    ),
    "pay.offer.fee_below": _(
        "A fee of %(given)s %% (%(sum)s) is %(by)s below what is usual, %(low)s to %(high)s %%."
    ),
    "pay.offer.fee_unknown": _("For a fee of %(given)s %% (%(sum)s) nothing is on file to compare with."),
    "pay.offer.dues_usual": _("Dues of %(given)s %% (%(sum)s) are usual: %(low)s to %(high)s %%."),
    "pay.offer.dues_above": _(
        "Dues of %(given)s %% (%(sum)s) are %(by)s above what is usual, %(low)s to %(high)s %%."
    ),
    "pay.offer.dues_below": _(
        "Dues of %(given)s %% (%(sum)s) are %(by)s below what is usual, %(low)s to %(high)s %%."
    ),
    "pay.offer.dues_unknown": _("For dues of %(given)s %% (%(sum)s) nothing is on file to compare with."),
}
ROWS: Sentences = {
    # Why a row is refused, and its cure
    "pay.row.address": _("“%(typed)s” is not a web address."),
    "pay.row.amount": _("“%(typed)s” in %(column)s is not an amount."),
    "pay.row.currency": _("“%(typed)s” is not a currency."),
    "pay.row.date": _("“%(typed)s” is not a date."),
    "pay.row.empty": _("%(column)s is empty."),
    "pay.row.future": _("The date %(day)s is in the future."),
    "pay.row.high_pay": _("%(figure)s is far above what is paid there (%(place)s)."),
    "pay.row.hourly": _("%(figure)s is less than 2 or more than 600 dollars' worth an hour."),
    "pay.row.long": _("%(column)s is too long; %(longest)s characters are allowed."),
    "pay.row.low_pay": _("%(figure)s is far below what is paid there (%(place)s)."),
    "pay.row.none_given": _("Enter at least one amount."),
    "pay.row.old": _("The date %(day)s is more than %(years)s years ago."),
    "pay.row.order": _("Low, typical and high are not in order."),
    "pay.row.other_unit": _(
        "%(publisher)s has %(figure)s here and %(other)s elsewhere; the two do not fit together."
    ),
    "pay.row.place": _("“%(typed)s” is not a place."),
    "pay.row.ratio": _("High is more than %(most)s times low."),
    "pay.row.sign": _("%(column)s holds an invisible control character."),
    "pay.row.unknown": _("“%(typed)s” is not known in %(column)s."),
    "pay.cure.address": _("Write an address that begins with https://."),
    "pay.cure.check_amount": _("Check amount, unit and currency against the source."),
    "pay.cure.choose": _("Nearest: %(choices)s."),
    "pay.cure.date": _("Write 2026-06-30, 2026-06 or Jun-26."),
    "pay.cure.fill": _("Fill in %(column)s."),
    "pay.cure.newer": _("Look for a newer figure, or insist and say why."),
    "pay.cure.one_unit": _("Check that both are in the same unit, or insist and say why."),
    "pay.cure.place": _("Use a country code such as DE. Nearest: %(choices)s."),
    "pay.cure.shorten": _("Shorten it."),
    "pay.cure.sign": _("Remove it."),
    "pay.cure.swap": _("Put the smallest first, or correct the one that is wrong."),
    "pay.cure.thousands": _("Are these thousands? Then write the whole amount (unit: %(choices)s)."),
    "pay.cure.today": _("Today is %(day)s; correct the date."),
    "pay.cure.unit": _("The unit that fits is: %(choices)s. Correct it, or insist and say why."),
    "pay.cure.write_digits": _("Enter an amount, for example 60,000."),
}
SENTENCES: Sentences = {**OFFER, **ESTIMATE, **BUDGET, **COST, **ROWS}


def pay_words(message: Message) -> str:
    """A message of the pay room as a sentence. Raises KeyError for an id of another room."""
    return say(message, SENTENCES)


def error_words(error: RowError) -> str:
    """What is wrong with a row, and what to do."""
    return f"{pay_words(error.reason)} {pay_words(error.cure)}"
