"""Signing in, a forgotten password and the second factor; the rest is Django's."""

from django.conf import settings
from django.contrib.auth.views import PasswordResetView
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from .password_reset import AskForm
from .second_factor import second_factor
from .sign_in import SignInView

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/login/", SignInView.as_view(), name="login"),
    path("accounts/password_reset/", PasswordResetView.as_view(form_class=AskForm), name="password_reset"),
    path("accounts/second-factor/", second_factor, name="second_factor"),
]
if settings.SIGN_ON["ways"]:
    urlpatterns += [
        path("accounts/sign-on/", include("allauth.socialaccount.providers.saml.urls")),
        path("accounts/sign-on/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("accounts/sign-on/", RedirectView.as_view(pattern_name="login"), name="account_login"),
    ]
