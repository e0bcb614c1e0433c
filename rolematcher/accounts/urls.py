"""A forgotten password and the second factor; the rest of signing in is Django's."""

from django.urls import URLPattern, path

from . import password_reset, second_factor

urlpatterns: list[URLPattern] = [
    path("accounts/password_reset/", password_reset.ResetView.as_view(), name="password_reset"),
    path("accounts/second-factor/", second_factor.second_factor, name="second_factor"),
]
