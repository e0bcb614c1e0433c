"""Handing a brief on: for whom a link is and how long it works, and the brief as an e-mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rolematcher.editions.fields import TextField

DAYS = [("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days")), ("90", _("90 days"))]


class ShareForm(forms.Form):
    """A read-only link: for whom, for how long."""

    label = TextField(label=_("For whom"), most=100, help_text=_("Only you see this; it says who opened it."))
    days = forms.ChoiceField(label=_("Works for"), choices=DAYS, initial="14")


class MailForm(forms.Form):
    """The brief as an e-mail."""

    to = TextField(label=_("To"), most=500, help_text=_("Up to five addresses."))
    note = TextField(label=_("Message"), most=2_000, lines=50, required=False)
    copy = forms.ChoiceField(
        label=_("Copy"), choices=[("client", _("client copy")), ("house", _("full brief, for colleagues"))]
    )
