"""Accounts in the admin: people, their team and groups. Nobody gives away more rights than she has."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ManyToManyField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rolematcher.web.admin_lists import HouseAdmin, ReadOnlyAdmin

from .audit import audit
from .models import AuditEvent, Team, User
from .people import RIGHTS
from .requests import person

RIGHTS_FIELDS = ("is_superuser", "is_staff", "groups")


@admin.register(User)
class PersonAdmin(HouseAdmin, UserAdmin):
    """People. They are switched off, never deleted: their name stands on briefs."""

    list_display = (
        "username",
        "name_shown",
        "email",
        "team",
        "groups_shown",
        "is_staff",
        "is_active",
        "last_login",
    )
    list_filter = ("is_active", "is_staff", "is_superuser", "groups", "team")
    list_select_related = ("team",)
    sortable_by = ("username", "last_login")
    # Rights come from groups only, so that who may do what can be read off one list.
    filter_horizontal = ()
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who"), {"fields": ("first_name", "last_name", "email", "team", "language")}),
        (_("May do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (_("At work"), {"fields": ("first_name", "last_name", "email", "team", "is_staff", "groups")}),
    )

    @admin.display(description=_("name"))
    def name_shown(self, shown: User) -> str:
        """As printed on a brief."""
        return shown.shown_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """With their groups in one query more."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights are given by a superuser only; whoever else may edit accounts edits names."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else fixed + RIGHTS_FIELDS

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account is a superuser's to change."""
        out_of_reach = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not out_of_reach and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: switch the account off instead."""
        return False

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: object, change: bool
    ) -> None:
        """Save, and write into the audit trail which fields changed and which groups she is in now."""
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            audit(
                "person.changed" if change else "person.added",
                form.instance,
                actor=person(request),
                fields=sorted(form.changed_data),
                active=form.instance.is_active,
                groups=sorted(form.instance.groups.values_list("name", flat=True)),
            )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set a password; a superuser's only by a superuser."""
        person = self.get_object(request, id)
        if person is None or not self.has_change_permission(request, person):
            raise Http404
        return super().user_change_password(request, id, form_url)

    @admin.display(description=_("groups"))
    def groups_shown(self, person: User) -> str:
        """Names of her groups."""
        return ", ".join(group.name for group in person.groups.all()) or "–"


@admin.register(Team)
class TeamAdmin(HouseAdmin):
    """Teams: their members see each other's decisions."""

    list_display = ("name", "members")
    actions = None  # no removing by the dozen
    search_fields = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        """Only an empty team goes; one with people or decisions would change who sees what."""
        used = obj is not None and (obj.user_set.exists() or obj.decision_set.exists())
        return not used and super().has_delete_permission(request, obj)

    @admin.display(description=_("members"))
    def members(self, team: Team) -> int:
        """How many people are in it."""
        return team.user_set.count()


admin.site.unregister(Group)


@admin.register(Group)
class RightsAdmin(HouseAdmin, GroupAdmin):
    """Groups. Every upgrade sets the product's three back to their rights, so they are fixed here."""

    filter_horizontal = ()
    actions = None  # no removing by the dozen

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        """What the group may do: boxes where it can be changed, else a list to read."""
        fixed = obj is not None and not self.has_change_permission(request, obj)
        return ("name", "rights_shown") if fixed else ("name", "permissions")

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        """The list is never a field."""
        return (*super().get_readonly_fields(request, obj), "rights_shown")

    @admin.display(description=_("permissions"))
    def rights_shown(self, group: Group) -> SafeString:
        """One right a line."""
        rights = group.permissions.select_related("content_type").order_by("content_type__model", "name")
        lines = format_html_join("", "<li>{}</li>", ((right.name,) for right in rights))
        return format_html('<ul class="rights">{}</ul>', lines) if lines else format_html("–")

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Own groups may be changed, the product's not."""
        return not (obj and obj.name in RIGHTS) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Nor removed."""
        return not (obj and obj.name in RIGHTS) and super().has_delete_permission(request, obj)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did what to which object. Rows are chained; the database refuses to change or remove one."""

    list_display = ("at", "who", "verb", "object_type", "object_id", "detail_shown")
    list_filter = ("at",)
    list_select_related = ("actor",)
    search_fields = ("verb",)
    search_help_text = _("A verb such as decision.made, or kind and number such as decision 42.")
    fields = ("at", "actor", "verb", "object_type", "object_id", "detail", "previous_hash", "hash")

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """By verb, or by kind and key: both indexed."""
        words = search_term.replace("\0", "").split()
        if len(words) == 2:
            return queryset.filter(object_type=words[0].lower(), object_id=words[1]), False
        return (queryset.filter(verb=words[0].lower()) if words else queryset), False

    @admin.display(description=_("who"))
    def who(self, event: AuditEvent) -> str:
        """A person, or the product itself."""
        return event.actor.shown_name if event.actor else str(_("the product"))

    @admin.display(description=_("detail"))
    def detail_shown(self, event: AuditEvent) -> str:
        """Its choices and ids on one line."""
        words = ", ".join(f"{name}: {value}" for name, value in event.detail.items())
        return format_html('<span class="clip wide" title="{0}">{0}</span>', words) if words else "–"
