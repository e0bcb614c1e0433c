"""Which address leads where: the recruiter's pages, signing in, the admin, health."""

from django.contrib import admin
from django.urls import include, path

from rolematcher.views import health, second_factor

admin.autodiscover()

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("accounts/second-factor/", second_factor.second_factor, name="second_factor"),
    path("admin/", admin.site.urls),
    path("accounts/", include("django.contrib.auth.urls")),
    path("", include("rolematcher.urls")),
]
