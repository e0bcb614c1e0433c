"""Records in the admin, to look at only: the audit trail, share links, questions to hiring managers."""

from __future__ import annotations

from django.contrib import admin

from rolematcher.web.admin_lists import ReadOnlyAdmin

from .models import ManagerRequest, ShareLink


@admin.register(ShareLink)
class ShareLinkAdmin(ReadOnlyAdmin):
    """Links given to clients. Their secrets are not stored, only hashes, and those are not shown."""

    list_display = ("decision", "label", "created_by", "created_at", "expires_at", "revoked_at")
    list_select_related = ("decision", "created_by")
    fields = ("decision", "label", "created_by", "created_at", "expires_at", "revoked_at")


@admin.register(ManagerRequest)
class ManagerRequestAdmin(ReadOnlyAdmin):
    """Questions sent to hiring managers, for an administrator who is asked about one."""

    list_display = ("project", "created_by", "created_at", "expires_at", "answered_at", "revoked_at")
    list_select_related = ("created_by",)
    fields = ("project", "created_by", "questions", "created_at", "expires_at", "answered_at", "revoked_at")
