"""Checking a received quote or an agreed offer against a decision's estimate. Nothing is kept.

In: an amount as people write it, and what comes on top in per cent. Out: a page, line by line.
"""

from __future__ import annotations

import re
import uuid
from decimal import Decimal

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.editions.fields import AmountField, TextField
from rolematcher.editions.words import rules_words
from rolematcher.pay.money import HOURS
from rolematcher.pay.offer import Offer, OfferCheck, offer_check
from rolematcher.pay.report import PayReport
from rolematcher.rates.pricing import figures_on_file
from rolematcher.rates.words import pay_words
from rolematcher.values.amount_ends import Language
from rolematcher.values.amounts import Amount, amount_read
from rolematcher.values.message import Message

from .views import visible_decision

CODE = re.compile(r"\b[A-Z]{3}\b")
MOST_PERCENT = 200
LINE = {
    "rate": lazy("Rate"),
    "currency": lazy("Currency"),
    "unit": lazy("Unit"),
    "fee": lazy("Fee"),
    "dues": lazy("Employer dues"),
}
SIDE = {
    "usual": lazy("usual"),
    "above": lazy("above the usual"),
    "below": lazy("below the usual"),
    "unknown": lazy("to note"),
}


class PercentField(AmountField):
    """A share in per cent, with or without the sign."""

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """The share, None where nothing was typed."""
        share = super().to_python(str(value or "").replace("%", "").strip())
        if share is not None and share > MOST_PERCENT:
            raise ValidationError(_("Enter a share of at most %(most)s %%.") % {"most": MOST_PERCENT})
        return share


class QuoteForm(forms.Form):
    """What is asked or agreed. `rate` is cleaned to an amount with a currency and a unit of time."""

    rate = TextField(
        label=lazy("Amount, currency and unit"),
        help_text=lazy("Such as £450 a day or EUR 85,000 a year."),
        most=120,
    )
    fee = PercentField(label=lazy("Fee on top, in per cent (if any)"))
    dues = PercentField(label=lazy("Employer dues on top, in per cent (if stated)"))

    def clean_rate(self) -> Amount:
        """The amount; what is missing is asked for by its name."""
        typed = self.cleaned_data["rate"]
        language: Language = "de" if get_language() == "de" else "en"
        read = amount_read(typed, language)
        if isinstance(read, Message):
            code = CODE.search(typed)
            if code and isinstance(amount_read(CODE.sub("", typed), language), Amount):
                raise ValidationError(
                    _("We do not know the currency %(code)s. Write another, such as EUR, GBP or USD.")
                    % {"code": code.group()}
                )
            raise ValidationError(rules_words(read))
        if not read.currency:
            raise ValidationError(_("In which currency? Write it with the amount, such as EUR, £ or USD."))
        if read.unit not in HOURS:
            raise ValidationError(
                _("For how long? Write it with the amount: an hour, a day, a month or a year.")
            )
        return read

    def checked(self, report: PayReport) -> OfferCheck:
        """The valid form's offer beside a report."""
        read, given = self.cleaned_data["rate"], self.cleaned_data
        offer = Offer(
            low=read.low,
            high=read.high,
            currency=read.currency,
            unit=read.unit,
            fee=given["fee"],
            dues=given["dues"],
        )
        return offer_check(report, offer, figures_on_file().exchange, on=timezone.localdate())


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def quote(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form, and where it is sent the offer line by line beside the decision's figure."""
    shown = visible_decision(request.user, public_id)
    form = QuoteForm(request.GET if "rate" in request.GET else None)
    lines: list[tuple[str, str, str]] = []
    if form.is_bound and form.is_valid():
        lines = [
            (str(LINE[line.id]), str(SIDE[line.side]), pay_words(line.message))
            for line in form.checked(shown.pay_typed).lines
        ]
    context = {"here": "decision", "decision": shown, "form": form, "lines": lines}
    return render(request, "decisions/quote.html", context)
