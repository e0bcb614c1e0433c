"""Signing in, a forgotten password and the second factor; the rest is Django's."""

from django.contrib.auth.views import LoginView
from django.urls import URLPattern, path

from . import password_reset, second_factor
from .sign_in import SignInForm

urlpatterns: list[URLPattern] = [
    path("accounts/login/", LoginView.as_view(authentication_form=SignInForm), name="login"),
    path("accounts/password_reset/", password_reset.ResetView.as_view(), name="password_reset"),
    path("accounts/second-factor/", second_factor.second_factor, name="second_factor"),
]
