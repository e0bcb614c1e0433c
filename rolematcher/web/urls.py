"""Choices of the reader."""

from django.urls import URLPattern, path

from . import language, theme

urlpatterns: list[URLPattern] = [
    path("theme/", theme.theme, name="theme"),
    path("language/", language.language, name="language"),
]
