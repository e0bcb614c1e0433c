"""What machines ask."""

from django.urls import URLPattern, path

from . import health_views

urlpatterns: list[URLPattern] = [
    path("livez", health_views.livez, name="livez"),
    path("readyz", health_views.readyz, name="readyz"),
    path("metrics", health_views.metrics, name="metrics"),
]
