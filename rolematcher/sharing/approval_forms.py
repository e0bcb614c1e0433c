"""Whom to ask for approval. In: posted rows of a colleague or a name with an address. Out: people to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.models import User
from rolematcher.decisions.approval_verbs import MOST_APPROVERS, Asked
from rolematcher.editions.fields import TextField

from .forms import DAYS

ROWS = range(1, MOST_APPROVERS + 1)
ORDERS = [
    ("order", lazy("one after the other, as they stand here")),
    ("once", lazy("all at once")),
]


class ApprovalForm(forms.Form):
    """Up to five people, in which order, and how long their links work.

    Row N has `colleague_N` (a sign-in name), or `name_N` with or without `email_N`.
    """

    order = forms.ChoiceField(
        label=lazy("Ask them"), choices=ORDERS, initial="order", widget=forms.RadioSelect(), required=False
    )
    days = forms.TypedChoiceField(
        label=lazy("A link works for"),
        choices=DAYS,
        initial="14",
        coerce=int,
        empty_value=14,  # type: ignore[arg-type]
        required=False,
    )

    def __init__(self, data: object = None, *, colleagues: Sequence[User], **given: object) -> None:
        """`colleagues`: who can be asked by account."""
        super().__init__(data, **given)  # type: ignore[arg-type]
        self.colleagues = {user.username: user for user in colleagues}
        known = [("", lazy("somebody without an account")), *((u.username, u.shown_name) for u in colleagues)]
        for number in ROWS:
            self.fields[f"colleague_{number}"] = forms.ChoiceField(choices=known, required=False)
            self.fields[f"name_{number}"] = TextField(most=120, required=False)
            self.fields[f"email_{number}"] = email = TextField(most=200, required=False)
            email.validators.append(EmailValidator(_("This is not an e-mail address; check it.")))

    def clean(self) -> dict[str, object]:
        """Every row that was begun is whole, and nobody is asked twice."""
        given = super().clean() or {}
        for number in ROWS:
            begun = str(self[f"email_{number}"].data or "").strip()
            if begun and given.get(f"name_{number}") == "":
                self.add_error(f"name_{number}", _("Give the name too; it is printed in the brief."))
        if not self.errors:
            people = [one.user or (one.name, one.email) for one in self.people]
            if not people:
                raise forms.ValidationError(_("Name at least one person."))
            if len(people) != len(set(people)):
                raise forms.ValidationError(_("One person stands there twice."))
        return given

    @property
    def people(self) -> list[Asked]:
        """The rows that were filled in."""
        found = []
        for number in ROWS:
            user = self.colleagues.get(self.cleaned_data.get(f"colleague_{number}", ""))
            name, email = (self.cleaned_data.get(f"{what}_{number}", "") for what in ("name", "email"))
            if user is not None:
                found.append(Asked(user.shown_name, user=user))
            elif name:
                found.append(Asked(name, email))
        return found

    @property
    def in_order(self) -> bool:
        """One after the other?"""
        return self.cleaned_data.get("order") != "once"

    def rows(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each row for the page."""
        for number in ROWS:
            yield number, self[f"colleague_{number}"], self[f"name_{number}"], self[f"email_{number}"]


def rows_of(people: Sequence[Asked]) -> dict[str, str]:
    """The people as values to begin the form with, or to post it."""
    rows: dict[str, str] = {}
    for number, one in enumerate(people, start=1):
        if one.user is not None:
            rows[f"colleague_{number}"] = one.user.username
        else:
            rows |= {f"name_{number}": one.name, f"email_{number}": one.email}
    return rows
