"""What people send us here. In: posted values. Out: clean ones: a link, a mail, a manager's reply."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.validators import validate_email
from django.forms.utils import ErrorList
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rolematcher.briefs.models import Brief
from rolematcher.editions.fields import TextField
from rolematcher.rules.rulebook import NOBODY, UNSURE
from rolematcher.web.names import said

from .models import FrozenQuestion

DAYS = [("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days")), ("90", _("90 days"))]
"""How long a link may be made to work."""
MOST_RECIPIENTS = 5


def days_read(text: str) -> int:
    """One of `DAYS`, 14 where nothing was chosen. Raises ValueError for any other number."""
    if text and text not in dict(DAYS):
        raise ValueError(gettext("A link can work for 7, 14, 30 or 90 days."))
    return int(text or 14)


class ShareForm(forms.Form):
    """A read-only link: for whom, for how long."""

    label = TextField(label=_("For whom"), most=100, help_text=_("Only you see this; it says who opened it."))
    days = forms.TypedChoiceField(label=_("Works for"), choices=DAYS, initial="14", coerce=int)


class MailForm(forms.Form):
    """The brief as an e-mail."""

    to = TextField(label=_("To"), most=500, help_text=_("Up to five addresses."))
    note = TextField(label=_("Message"), most=2_000, lines=50, required=False)
    copy = forms.ChoiceField(
        label=_("Copy"), choices=[("client", _("client copy")), ("house", _("full brief, for colleagues"))]
    )
    format = forms.ChoiceField(label=_("As"), choices=Brief.FORMATS, initial=Brief.PDF, required=False)

    def clean_to(self) -> list[str]:
        """Addresses apart by commas, semicolons or spaces, each once."""
        addresses = list(dict.fromkeys(self.cleaned_data["to"].replace(",", " ").replace(";", " ").split()))
        if not addresses:
            raise forms.ValidationError(_("Give at least one e-mail address."))
        if len(addresses) > MOST_RECIPIENTS:
            raise forms.ValidationError(_("Send it to five people at most; for more, share a link."))
        for address in addresses:
            try:
                validate_email(address)
            except forms.ValidationError:
                wrong = gettext("“%(address)s” is not an e-mail address; check it.")
                raise forms.ValidationError(wrong % {"address": address[:80]}) from None
        return addresses

    def clean_format(self) -> str:
        """PDF where nothing was chosen."""
        return str(self.cleaned_data["format"] or Brief.PDF)


UNKNOWN = _("This is not one of the choices. Choose one of those shown.")
ALONE = _("“Nobody” can't be combined with the others.")


class ReplyForm(forms.Form):
    """What a hiring manager says: choices of the questions asked, and a note. One of them at least."""

    note = TextField(label=_("Anything else worth knowing"), most=2_000, lines=50, required=False)

    def __init__(self, data: object = None, *, questions: Sequence[FrozenQuestion]) -> None:
        """A field for each question as it was asked."""
        super().__init__(data)  # type: ignore[arg-type]
        self.questions = questions
        for question in questions:
            if not question["choices"]:
                self.fields[question["id"]] = TextField(most=500, lines=10, required=False)
                continue
            kind = forms.MultipleChoiceField if question["many"] else forms.ChoiceField
            choices = [(id, said(words)) for id, words in question["choices"]]
            field = kind(choices=choices, required=False, error_messages={"invalid_choice": UNKNOWN})
            self.fields[question["id"]] = field

    def clean(self) -> dict[str, object]:
        """The whole reply. "I do not know" is no answer, and fine."""
        clean: dict[str, object] = super().clean() or self.cleaned_data
        for question in self.questions:
            ticked = clean.get(question["id"])
            if isinstance(ticked, list) and NOBODY in ticked and len(ticked) > 1:
                self.add_error(question["id"], ALONE)
        if not self.errors and not self.answers and not self.told:
            raise forms.ValidationError(_("Answer at least one question, or write a note."))
        return clean

    @property
    def answers(self) -> dict[str, str | list[str]]:
        """The answers by question, those left open left out."""
        choices = [question["id"] for question in self.questions if question["choices"]]
        given = {id: self.cleaned_data.get(id) for id in choices}
        return {id: value for id, value in given.items() if value and value not in (UNSURE, [UNSURE])}

    @property
    def told(self) -> str:
        """The note, after what was written to questions without choices; a person reads them."""
        free = [question for question in self.questions if not question["choices"]]
        told = [(said(one["ask"]), self.cleaned_data.get(one["id"])) for one in free]
        lines = [f"{ask}\n{words}" for ask, words in told if words]
        return "\n\n".join(filter(None, [*lines, self.cleaned_data.get("note", "")]))

    @property
    def asked(self) -> list[tuple[FrozenQuestion, list[str], ErrorList]]:
        """Each question, what was picked, and what is wrong with that: for the page."""
        shown = []
        for question in self.questions:
            bound = self[question["id"]]
            value = bound.value() or []
            shown.append((question, value if isinstance(value, list) else [value], bound.errors))
        return shown
