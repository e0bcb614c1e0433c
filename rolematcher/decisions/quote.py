"""Checking a received quote or an agreed offer against a decision's estimate. Nothing is kept.

In: an amount as people write it, and what comes on top in per cent or as an amount. Out: line by line.
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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rolematcher.accounts.requests import SignedRequest
from rolematcher.editions.fields import TextField
from rolematcher.editions.words import rules_words
from rolematcher.pay.exchange import ExchangeTable
from rolematcher.pay.money import HOURS, HUNDRED, rounded
from rolematcher.pay.offer import Offer, OfferCheck, offer_check
from rolematcher.pay.report import PayReport
from rolematcher.rates.pricing import figures_on_file
from rolematcher.rates.words import pay_words
from rolematcher.values.amounts import Amount, amount_read

from .views import visible_decision
from .words import amounts_language

CODE = re.compile(r"\b[A-Z]{3}\b")
PERCENT = re.compile(
    r"(?P<number>[^%]*[0-9]) ?(?:%|per ?cent|prozent)(?: (?:of|on|vom|von|des|der|auf)\b[^0-9]*)?",
    re.IGNORECASE,
)
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
ASKS = {
    "currency": lazy("In which currency? Write it with the amount, such as EUR, £ or USD."),
    "unit": lazy("For how long? Write it with the amount: an hour, a day, a month or a year."),
}


class MoneyField(TextField):
    """An amount as people write it, currency and unit included; `Amount`, None where nothing was typed."""

    def to_python(self, value: object) -> Amount | None:  # type: ignore[override]
        """The amount. Raises ValidationError naming what is wrong."""
        typed = super().to_python(value)
        if not typed:
            return None
        language = amounts_language()
        read = amount_read(typed, language)
        if isinstance(read, Amount):
            return read
        code = CODE.search(typed)
        if code and isinstance(amount_read(CODE.sub("", typed), language), Amount):
            raise ValidationError(
                _("We do not know the currency %(code)s. Write another, such as EUR, GBP or USD.")
                % {"code": code.group()}
            )
        raise ValidationError(rules_words(read))


class ExtraField(MoneyField):
    """What comes on top: in per cent or as an amount."""

    def to_python(self, value: object) -> Amount | Decimal | None:  # type: ignore[override]
        """A share in per cent, or an amount; a bare number that may be both is asked about."""
        share = PERCENT.fullmatch(str(value or ""))
        read = super().to_python(share["number"] if share else value)
        if read is None:
            return None
        if wrong := _wrong(read, share=bool(share)):
            raise ValidationError(wrong)
        return read.low if share else read


def _wrong(read: Amount, *, share: bool) -> str:
    """What keeps this from being a fee or dues, "" where nothing does."""
    if read.low != read.high:
        return _("Enter one amount, not a range.")
    if share and read.high > MOST_PERCENT:
        return _("Enter a share of at most %(most)s %%.") % {"most": MOST_PERCENT}
    if not share and read.high <= MOST_PERCENT and not (read.sign or read.unit or read.scaled):
        return _("Per cent or an amount? Write 15 % or 15 EUR.")
    return str(ASKS["currency"]) if read.sign and not read.currency else ""


class QuoteForm(forms.Form):
    """What is asked or agreed."""

    rate = MoneyField(
        label=lazy("Amount, currency and unit"),
        help_text=lazy("Such as £450 a day or EUR 85,000 a year."),
        most=120,
    )
    fee = ExtraField(
        label=lazy("Fee on top (if any)"),
        help_text=lazy("In per cent or as an amount, such as 20 % or £12,000 once."),
        most=120,
        required=False,
    )
    dues = ExtraField(
        label=lazy("Employer dues on top (if stated)"),
        help_text=lazy("In per cent or as an amount, such as 13.8 % or EUR 800 a month."),
        most=120,
        required=False,
    )

    def checked(self, report: PayReport) -> OfferCheck | None:
        """The form's offer beside a report; None where it is wrong or lacks something."""
        if not self.is_valid():
            return None
        rate, figures, today = self.cleaned_data["rate"], figures_on_file(), timezone.localdate()
        if rate.unit in HOURS and rate.low:
            permanent = report.main.engagement_type == "permanent"
            self._as_share("fee", rate, "year" if permanent else "", figures.exchange)
            self._as_share("dues", rate, "", figures.exchange)
        given = {"low": rate.low, "high": rate.high, "currency": rate.currency, "unit": rate.unit}
        shares = {name: self.cleaned_data.get(name) for name in ("fee", "dues")}
        check = offer_check(report, Offer.model_validate(given | shares), figures, on=today)
        if check.asks:
            self.add_error("rate", ASKS[check.asks])
        return None if self.errors else check

    def _as_share(self, name: str, rate: Amount, once: str, table: ExchangeTable) -> None:
        """An amount on top becomes the share of the pay that it is; paid once, of that of the unit `once`."""
        extra = self.cleaned_data[name]
        if not isinstance(extra, Amount):
            return
        unit = once or "project" if extra.unit in ("", "project") else extra.unit
        found = table.rate(extra.currency or rate.currency, rate.currency, timezone.localdate())
        if found and unit in HOURS:
            pay = (rate.low + rate.high) / 2 * HOURS[unit] / HOURS[rate.unit]
            self.cleaned_data[name] = rounded(extra.low * found.rate / pay * HUNDRED)
        else:
            self.add_error(name, ASKS["currency" if unit in HOURS else "unit"])


def quote_lines(check: OfferCheck) -> list[tuple[str, str, str]]:
    """Each line as words: what it is, how it lies, the sentence."""
    return [(str(LINE[line.id]), str(SIDE[line.side]), pay_words(line.message)) for line in check.lines]


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def quote(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form, and where it is sent the offer line by line beside the decision's figure."""
    shown = visible_decision(request.user, public_id)
    form = QuoteForm(request.GET if "rate" in request.GET else None)
    check = form.checked(shown.pay_typed) if form.is_bound else None
    lines = quote_lines(check) if check else []
    context = {"here": "decision", "decision": shown, "form": form, "lines": lines}
    return render(request, "decisions/quote.html", context)
