"""Filters beside the lists: choices that need no query, and small forms for dates, people and clients."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.models import User
from rolematcher.accounts.requests import person
from rolematcher.editions.models import Edition
from rolematcher.web.admin_filters import InputFilter

from .models import Outcome

PEOPLE_SHOWN = 500


class RecruiterFilter(InputFilter):
    """Made by one person."""

    title = gettext_lazy("recruiter")
    fields = (("recruiter", gettext_lazy("name"), "select"),)

    def options(self, name: str) -> list[tuple[str, str]]:
        """The people whose decisions this person may see."""
        user = person(self.request)
        people = User.objects.order_by("first_name", "last_name", "username")
        if not (user.is_superuser or user.has_perm("decisions.review_decision")):
            people = (
                people.filter(team=user.team_id) if user.team_id else people.filter(username=user.username)
            )
        named = people.values_list("pk", "first_name", "last_name", "username")[:PEOPLE_SHOWN]
        return [(str(key), f"{first} {last}".strip() or sign_in) for key, first, last, sign_in in named]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Her decisions."""
        key = self.given("recruiter")
        return (
            queryset.filter(owner_id=int(key))
            if key.isascii() and key.isdigit() and len(key) < 19
            else queryset
        )


class ClientFilter(InputFilter):
    """Made for one client, its name as written on the brief."""

    title = gettext_lazy("client")
    fields = (("client", gettext_lazy("exact name"), "text"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """That client's decisions."""
        name = self.given("client")
        return queryset.filter(client=name) if name else queryset


class EditionFilter(admin.SimpleListFilter):
    """Decided by one edition of the rulebook."""

    title = gettext_lazy("edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The newest twenty published editions."""
        newest = Edition.objects.published().values_list("pk", "number")[:20]
        return [(str(key), _("edition %(number)s") % {"number": number}) for key, number in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Decisions pinned to it."""
        key = self.value()
        return queryset.filter(edition_id=int(key)) if key and key in dict(self.lookup_choices) else queryset


class OutcomeFilter(admin.SimpleListFilter):
    """What came of it."""

    title = gettext_lazy("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Right, wrong, too early, or nothing recorded."""
        return [
            (Outcome.YES, _("right role")),
            (Outcome.NO, _("wrong role")),
            (Outcome.TOO_EARLY, _("too early to say")),
            ("none", _("not recorded")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Decisions with that outcome."""
        value = self.value()
        if value == "none":
            # Not "outcome=None": PostgreSQL would join the whole table before taking a page.
            return queryset.filter(~Exists(Outcome.objects.filter(decision=OuterRef("pk"))))
        return queryset.filter(outcome__right_role=value) if value in dict(Outcome.RIGHT) else queryset


class RuleFilter(InputFilter):
    """Decided by one rule, by its id: the reports link here."""

    title = gettext_lazy("rule that decided")
    fields = (("rule", gettext_lazy("id of the rule"), "text"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Decisions in which this rule gave need, role or course."""
        rule = self.given("rule")
        if not rule:
            return queryset
        for column in ("need_rule", "role_rule", "course_rule"):
            if queryset.model.objects.filter(**{column: rule}).exists():
                return queryset.filter(**{column: rule})
        return queryset.none()
