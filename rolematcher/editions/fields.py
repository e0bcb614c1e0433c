"""Form fields that read what people type by the one grammar of `values`, and say its errors in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rolematcher.values.amounts import amount_read
from rolematcher.values.message import Message
from rolematcher.values.numbers import whole_read
from rolematcher.values.text import text_read

from .words import rules_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

Kept = TypeVar("Kept")
REQUIRED = {"required": _("This field is required.")}


def kept(read: Kept | Message) -> Kept:
    """What was read. Raises ValidationError with what is wrong in words."""
    if isinstance(read, Message):
        raise forms.ValidationError(rules_words(read))
    return read


class TextField(forms.CharField):
    """A text in its one stored form: emoji and any script are welcome, at most `most` characters."""

    def __init__(
        self, *, most: int, lines: int = 1, label: Words = "", help_text: Words = "", required: bool = True
    ) -> None:
        attrs = {"dir": "auto", "data-most": most}
        widget = forms.Textarea(attrs=attrs | {"rows": 4}) if lines > 1 else forms.TextInput(attrs=attrs)
        super().__init__(
            label=label, help_text=help_text, required=required, widget=widget, error_messages=REQUIRED
        )
        self.most, self.lines = most, lines

    def to_python(self, value: object) -> str:
        """The clean text."""
        return kept(text_read(str(value or ""), most=self.most, lines=self.lines))


class AmountField(forms.CharField):
    """One amount as people write it: 45,000, 45k, 27.50; marks as the reader's language has them."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, label: Words) -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """The amount, None where nothing was typed."""
        if value in (None, ""):
            return None
        read = kept(amount_read(value, "de" if get_language() == "de" else "en"))
        if read.low != read.high:
            raise forms.ValidationError(_("Enter one amount, not a range."))
        return read.low


class WholeField(forms.CharField):
    """A whole number between two bounds."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, *, least: int, most: int, label: Words) -> None:
        super().__init__(label=label, required=False)
        self.least, self.most = least, most

    def to_python(self, value: object) -> int | None:  # type: ignore[override]
        """The number, None where nothing was typed."""
        return None if value in (None, "") else kept(whole_read(value, least=self.least, most=self.most))
