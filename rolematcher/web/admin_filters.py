"""Filters beside the lists that are small forms: any fields, and two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class InputFilter(admin.ListFilter):
    """A filter with fields to fill in, sent as a plain form. `fields` are name, label and input type."""

    template = "admin/web/filter_inputs.html"
    fields: tuple[tuple[str, Any, str], ...] = ()
    opened = False
    names: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.names = tuple(name for name, _label, _kind in cls.fields)

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.request = request
        for name in self.expected_parameters():
            values = params.pop(name, None)
            if values and values[-1]:
                self.used_parameters[name] = values[-1]

    def expected_parameters(self) -> list[Any]:
        """The names in the address."""
        return list(self.names)

    def given(self, name: str) -> str:
        """What the address says, "" for nothing."""
        return str(self.used_parameters.get(name, "")).replace("\0", "")

    def has_output(self) -> bool:
        """Always shown."""
        return True

    def options(self, name: str) -> list[tuple[str, str]]:
        """What a `select` field offers."""
        return []

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """The fields with their values, and the other parameters to keep."""
        mine = self.expected_parameters()
        yield {
            "fields": [
                {
                    "name": name,
                    "label": label,
                    "kind": kind,
                    "value": self.given(name),
                    "options": _options(self.options(name), self.given(name)),
                }
                for name, label, kind in self.fields
            ],
            "kept": [(name, value) for name, value in changelist.params.items() if name not in mine],
            "clear": changelist.get_query_string(remove=mine) if self.used_parameters else "",
            "open": self.opened,
        }


def _options(offered: list[tuple[str, str]], chosen: str) -> SafeString:
    """The choices of a `select`, put together at once: there may be hundreds of people."""
    return SafeString(
        "".join(
            f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(words)}</option>'
            for key, words in offered
        )
    )


class MadeFilter(InputFilter):
    """Made between two days, both included."""

    title = gettext_lazy("date made")
    fields = (("made_from", gettext_lazy("from"), "date"), ("made_to", gettext_lazy("to"), "date"))
    column = "created_at"
    opened = True

    @classmethod
    def asked(cls, request: HttpRequest) -> bool:
        """Does the address name a day? Then the list is ordered by time, as the index of the days is."""
        return any(request.GET.get(name) for name in cls.names)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Rows in the range. A day that cannot be read is named and left out."""
        first, last = self._day("made_from"), self._day("made_to")
        if first:
            queryset = queryset.filter(**{f"{self.column}__gte": first})
        if last:
            queryset = queryset.filter(**{f"{self.column}__lt": last + dt.timedelta(days=1)})
        return queryset

    def _day(self, name: str) -> dt.datetime | None:
        text = self.given(name)
        if not text:
            return None
        try:
            day = dt.date.fromisoformat(text)
            return timezone.make_aware(dt.datetime.combine(day, dt.time()))
        except (ValueError, OverflowError):
            del self.used_parameters[name]
            messages.warning(self.request, _("That is no date: use year-month-day, such as 2026-11-21."))
            return None
