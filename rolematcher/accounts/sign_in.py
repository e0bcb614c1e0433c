"""Signing in: Django's form, and a limit for one address that tries many names.

Tries for one name from one address are counted by django-axes; here all failed ones of an address together.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
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

    def clean(self) -> dict[str, Any]:
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
