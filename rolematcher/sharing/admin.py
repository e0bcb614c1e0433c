"""Records in the admin, to look at only: the audit trail, links, questions to managers, webhooks."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rolematcher.accounts.requests import person
from rolematcher.web.admin_lists import ReadOnlyAdmin
from rolematcher.web.names import said

from .models import ManagerRequest, ShareLink, Webhook, WebhookMessage, WebhookTry
from .webhooks import message_resend


@admin.register(ShareLink)
class ShareLinkAdmin(ReadOnlyAdmin):
    """Links given to clients. Their secrets are not stored, only hashes, and those are not shown."""

    list_display = fields = ("decision", "label", "created_by", "created_at", "expires_at", "revoked_at")
    list_select_related = ("decision", "created_by")


@admin.register(ManagerRequest)
class ManagerRequestAdmin(ReadOnlyAdmin):
    """Questions sent to hiring managers, for an administrator who is asked about one."""

    list_display = ("project", "created_by", "created_at", "expires_at", "answered_at", "revoked_at")
    list_select_related = ("created_by",)
    fields = ("project", "created_by", "asked", "created_at", "expires_at", "answered_at", "revoked_at")
    readonly_fields = ("asked",)

    @admin.display(description=gettext_lazy("questions"))
    def asked(self, row: ManagerRequest) -> str:
        """As the manager reads them."""
        return "\n".join(said(question["ask"]) for question in row.questions)


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    """Addresses of other programs. Their secrets are not stored."""

    list_display = ("address", "owner", "created_at", "off_at")
    list_select_related = ("owner",)
    fields = ("address", "owner", "events", "created_at", "off_at")


class TryInline(admin.TabularInline):
    """Every try, with how it was answered."""

    model = WebhookTry
    fields = readonly_fields = ("number", "at", "status", "error", "milliseconds")
    extra = max_num = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever may see the message."""
        return True


@admin.register(WebhookMessage)
class WebhookMessageAdmin(ReadOnlyAdmin):
    """What webhooks were told, each try, and sending one again."""

    list_display = ("id", "event", "webhook", "state", "tried", "last_answer", "created_at")
    list_filter = ("state", "event")
    list_select_related = ("webhook",)
    fields = ("event", "webhook", "decision", "data", "state", "tried", "created_at")
    inlines = (TryInline,)
    actions = ("send_again",)

    @admin.display(description=gettext_lazy("last answer"))
    def last_answer(self, message: WebhookMessage) -> str:
        """The status of the last try, or what went wrong."""
        last = message.tries.last()
        return str(last.status or last.error) if last else "–"

    @admin.action(description=gettext_lazy("Send the selected messages again"), permissions=["resend"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookMessage]) -> None:
        """Those that ended; the others are left as they are."""
        ended = queryset.exclude(state=WebhookMessage.WAITING)[:1000]
        sent = sum(message_resend(message, user=person(request)) for message in ended)
        messages.info(request, _("%(count)s messages are sent again.") % {"count": sent})

    def has_resend_permission(self, request: HttpRequest) -> bool:
        """Who may."""
        return request.user.has_perm("sharing.resend_webhookmessage")
