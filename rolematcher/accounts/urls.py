"""The second factor; the rest of signing in is Django's."""

from django.urls import URLPattern, path

from . import second_factor

urlpatterns: list[URLPattern] = [
    path("accounts/second-factor/", second_factor.second_factor, name="second_factor"),
]
