"""Briefs in the admin: what is being made, what is ready, what failed."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_retry
from rolematcher.web.admin_lists import ReadOnlyAdmin


@admin.register(Brief)
class BriefAdmin(ReadOnlyAdmin):
    """Briefs: what is being made, what is ready, what failed; a failed one can be tried again."""

    list_display = (
        "decision",
        "variant",
        "paper",
        "language",
        "state",
        "attempts",
        "pages",
        "created_at",
        "error",
    )
    list_filter = ("state", "variant")
    list_select_related = ("decision",)
    fields = (
        "decision", "variant", "paper", "language", "content_version", "state", "attempts", "due_at",
        "pages", "size", "sha256", "missing_glyphs", "error", "requested_by", "created_at", "ready_at",
    )  # fmt: skip
    actions = ("retry",)

    @admin.action(description=gettext_lazy("Try the selected failed briefs again"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue failed ones again; others are left as they are."""
        tried = sum(
            brief_retry(brief, user=person(request)) for brief in queryset.filter(state=Brief.FAILED)[:1000]
        )
        messages.info(request, _("%(count)s briefs queued again.") % {"count": tried})

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who may."""
        return request.user.has_perm("briefs.retry_brief")
