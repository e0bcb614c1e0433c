"""Briefs in the admin: what is being made, what is ready, what failed."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.briefs.house import MOST_LOGO, House, logo_checked
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_retry
from rolematcher.outbox.models import Job
from rolematcher.web.admin_lists import ReadOnlyAdmin


@admin.register(Brief)
class BriefAdmin(ReadOnlyAdmin):
    """Briefs: what is being made, what is ready, what failed; a failed one can be tried again."""

    about = ("decision", "audience", "format", "paper", "language")
    list_display = (*about, "how_far", "pages", "created_at", "error")
    list_filter = ("job__state", "audience", "format")
    list_select_related = ("decision", "job")
    file = ("job", "pages", "size", "sha256", "missing_glyphs", "error")
    fields = (*about, "content_version", "how_far", *file, "requested_by", "created_at", "ready_at")
    readonly_fields = ("how_far", "error")
    actions = ("retry",)

    @admin.display(description=gettext_lazy("state"), ordering="job__state")
    def how_far(self, brief: Brief) -> str:
        """The state of its job; a file that is there is ready whatever became of the job's row."""
        if brief.file or brief.job is None:
            return str(dict(Job.STATES)[Job.DONE])
        return str(brief.job.get_state_display())

    @admin.action(description=gettext_lazy("Try the selected failed briefs again"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue failed ones again; others are left as they are."""
        failed = queryset.filter(job__state=Job.FAILED)[:1000]
        tried = sum(brief_retry(brief, user=person(request)) for brief in failed)
        messages.info(request, _("%(count)s briefs queued again.") % {"count": tried})

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who may."""
        return request.user.has_perm("briefs.retry_brief")


class HouseForm(forms.ModelForm):
    """Name, contact, and a PNG as logo."""

    logo_file = forms.FileField(
        label=gettext_lazy("Logo"), required=False, help_text=gettext_lazy("A PNG file of at most 200 kB.")
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Remove the logo"), required=False)

    class Meta:
        model = House
        fields = ("name", "contact", "approval_days")

    def clean_logo_file(self) -> bytes:
        """The checked picture, nothing where none was chosen."""
        chosen = self.cleaned_data.get("logo_file")
        return logo_checked(chosen.read(MOST_LOGO + 1)) if chosen else b""


@admin.register(House)
class HouseAdmin(admin.ModelAdmin):
    """The one row with the house's name, contact and logo."""

    form = HouseForm

    def save_model(self, request: HttpRequest, obj: House, form: HouseForm, change: bool) -> None:
        """Keep the logo as it was checked; briefs that are made stay as they are."""
        if form.cleaned_data["without_logo"]:
            obj.logo = b""
        obj.logo = form.cleaned_data["logo_file"] or obj.logo
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once there is a row, it is changed."""
        return not House.objects.exists() and super().has_add_permission(request)
