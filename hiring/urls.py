"""Which address leads where: the recruiter's pages, signing in, the admin, health."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("django.contrib.auth.urls")),
    path("", include("rolematcher.urls")),
]
