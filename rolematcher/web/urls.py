"""Choices of the reader, and the words of the product explained."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

from .chosen import language, theme

urlpatterns: list[URLPattern] = [
    path("theme/", theme, name="theme"),
    path("language/", language, name="language"),
    path("words/", TemplateView.as_view(template_name="web/words.html"), name="words"),
]
