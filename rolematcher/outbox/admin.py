"""Jobs in the admin: what waits, what runs, what failed; a failed one can be tried again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.web.admin_lists import ReadOnlyAdmin

from .models import Job, JobAttempt
from .services import job_retry


class AttemptInline(admin.TabularInline):
    """Every try, with how it ended."""

    model = JobAttempt
    fields = readonly_fields = ("number", "worker", "outcome", "detail", "started_at", "ended_at")
    extra = max_num = 0
    can_delete = False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs."""

    list_display = ("id", "kind", "state", "attempts", "priority", "due_at", "created_at", "error")
    list_filter = ("state", "kind")
    fields = (
        "kind", "key", "state", "priority", "due_at", "attempts", "worker", "error", "requested_by",
        "created_at", "ended_at",
    )  # fmt: skip
    inlines = (AttemptInline,)
    actions = ("retry",)

    @admin.action(description=gettext_lazy("Try the selected failed jobs again"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        """Queue failed ones again; others are left as they are."""
        failed = queryset.filter(state=Job.FAILED)[:1000]
        tried = sum(job_retry(job, user=person(request)) for job in failed)
        messages.info(request, _("%(count)s jobs queued again.") % {"count": tried})

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who may."""
        return request.user.has_perm("outbox.retry_job")
