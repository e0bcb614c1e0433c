"""Records in the admin, to look at only: the audit trail, share links, questions to hiring managers."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from rolematcher.models import AuditEvent, ManagerRequest, ShareLink

from .filters import MadeFilter
from .lists import OfDecisionAdmin, ReadOnlyAdmin


class HappenedFilter(MadeFilter):
    """Between two days."""

    title = _("date")
    column = "at"


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did what to which object. Rows are chained; the database refuses to change or remove one."""

    list_display = ("at", "who", "verb", "object_type", "object_id", "detail_shown")
    list_filter = (HappenedFilter,)
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

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Newest first: by key, or by time where days are asked for."""
        return ("-at", "-id") if HappenedFilter.asked(request) else ("-id",)

    @admin.display(description=_("who"))
    def who(self, event: AuditEvent) -> str:
        """A person, or the product itself."""
        return event.actor.shown_name if event.actor else str(_("the product"))

    @admin.display(description=_("detail"))
    def detail_shown(self, event: AuditEvent) -> str:
        """Its choices and ids on one line."""
        words = ", ".join(f"{name}: {value}" for name, value in event.detail.items())
        return format_html('<span class="clip wide" title="{0}">{0}</span>', words) if words else "–"


@admin.register(ShareLink)
class ShareLinkAdmin(OfDecisionAdmin):
    """Links given to clients. Their secrets are not stored, only hashes, and those are not shown."""

    list_display = ("decision", "label", "created_by", "created_at", "expires_at", "revoked_at")
    list_select_related = ("decision", "created_by")
    fields = ("decision", "label", "with_annex", "created_by", "created_at", "expires_at", "revoked_at")


@admin.register(ManagerRequest)
class ManagerRequestAdmin(ReadOnlyAdmin):
    """Questions sent to hiring managers, for an administrator who is asked about one."""

    list_display = ("project", "created_by", "created_at", "expires_at", "answered_at", "revoked_at")
    list_select_related = ("created_by",)
    fields = ("project", "created_by", "questions", "created_at", "expires_at", "answered_at", "revoked_at")
