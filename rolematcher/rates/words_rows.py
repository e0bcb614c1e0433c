"""The sentences of rows that are refused, each reason with its cure. Ids in, words out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rolematcher.web.speech import Sentences

ROWS: Sentences = {
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
