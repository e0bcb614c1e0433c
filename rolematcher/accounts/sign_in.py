"""Signing in: Django's form, and a limit for one address that tries many names.

Tries for one name from one address are counted by django-axes; here all failed ones of an address together.
"""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rolematcher.web.proxies import client_address
from rolematcher.web.rate_limit import TooMany, is_slowed, slow_down

NAME, FAILED = "failed sign-in", {"most": 30, "seconds": 900}
MOST_NAME = 150
"""Letters of a user name: nobody's is longer, and what keeps failed tries takes no more."""


class SignInForm(AuthenticationForm):
    """Name and password."""

    def clean_username(self) -> str:
        """A name that somebody may have. Raises ValidationError, as for any wrong one."""
        name: str = self.cleaned_data["username"]
        if len(name) > MOST_NAME:
            raise self.get_invalid_login_error()
        return name

    def clean(self) -> dict[str, object]:
        """The person. Raises ValidationError for a wrong name or password, or after too many of them."""
        address = client_address(self.request) if isinstance(self.request, HttpRequest) else ""
        if is_slowed(NAME, address, most=FAILED["most"]):
            raise ValidationError(_("There were too many tries from here. Wait a quarter of an hour."))
        try:
            return super().clean()
        except ValidationError:
            with suppress(TooMany):  # the next try is told
                slow_down(NAME, address, **FAILED)
            raise


ADDRESSES = {"openid": ("openid_connect_login", "openid"), "saml": ("saml_login", "saml")}


class SignInView(LoginView):
    """The page to sign in at: name and password, and a link for each way by the organisation's account."""

    authentication_form = SignInForm

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The form, and `ways`: what each link says and where it leads."""
        after = self.get_redirect_url()
        query = f"?{urlencode({'next': after})}" if after else ""
        ways = [
            (said, reverse(ADDRESSES[way][0], args=[ADDRESSES[way][1]]) + query)
            for way, said in settings.SIGN_ON["ways"].items()
        ]
        return super().get_context_data(**kwargs) | {"ways": ways}
