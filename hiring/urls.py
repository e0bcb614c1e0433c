"""Which address leads where: each room's pages, signing in, the admin."""

from django.contrib import admin
from django.urls import include, path

from rolematcher.accounts import admin_clients as clients
from rolematcher.decisions import replay, reports

_admin = admin.site.admin_view
admin_pages = [
    path("", _admin(reports.overview_page), name="index"),
    path("reports/overrides/", _admin(reports.overrides), name="report_overrides"),
    path("reports/outcomes/", _admin(reports.outcomes), name="report_outcomes"),
    path("editions/<int:key>/replay/", _admin(replay.replay_page), name="edition_replay"),
    path("clients/", _admin(clients.find), name="client_find"),
    path("clients/export/", _admin(clients.export), name="client_export"),
    path("clients/erase/", _admin(clients.erase), name="client_erase"),
    *admin.site.get_urls(),
]
"""Pages of ours before the models'."""

handler400 = "rolematcher.web.trouble.bad_request"
handler404 = "rolematcher.web.trouble.page_not_found"
handler500 = "rolematcher.web.trouble.server_error"

urlpatterns = [
    path("", include("rolematcher.web.urls")),
    path("", include("rolematcher.outbox.urls")),
    path("", include("rolematcher.accounts.urls")),
    path("admin/", (admin_pages, "admin", admin.site.name)),
    path("accounts/", include("django.contrib.auth.urls")),
    path("", include("rolematcher.decisions.urls")),
    path("", include("rolematcher.intake.urls")),
    path("", include("rolematcher.briefs.urls")),
    path("", include("rolematcher.sharing.urls")),
    path("", include("rolematcher.api.urls")),
]
