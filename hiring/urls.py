"""Which address leads where: each room's pages, signing in, the admin."""

from django.contrib import admin
from django.urls import include, path

admin.autodiscover()

handler500 = "rolematcher.web.trouble.server_error"

urlpatterns = [
    path("", include("rolematcher.web.urls")),
    path("", include("rolematcher.outbox.urls")),
    path("", include("rolematcher.accounts.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("django.contrib.auth.urls")),
    path("", include("rolematcher.decisions.urls")),
    path("", include("rolematcher.intake.urls")),
    path("", include("rolematcher.briefs.urls")),
    path("", include("rolematcher.sharing.urls")),
    path("", include("rolematcher.api.urls")),
]
