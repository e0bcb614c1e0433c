"""Choices of the reader, and what machines ask."""

from django.urls import URLPattern, path

from . import health_views, language, theme

urlpatterns: list[URLPattern] = [
    path("theme/", theme.theme, name="theme"),
    path("language/", language.language, name="language"),
    path("livez", health_views.livez, name="livez"),
    path("readyz", health_views.readyz, name="readyz"),
    path("metrics", health_views.metrics, name="metrics"),
]
