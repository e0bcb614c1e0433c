"""A forgotten password: the same answer in the same time for every address, a few mails a person and hour.

The page only notes that somebody asked, for known and unknown addresses alike; a worker mails. So neither the
answer nor its time tells whether there is an account.
"""

from __future__ import annotations

from django.contrib.auth.forms import PasswordResetForm
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.translation import get_language, override

from rolematcher.web.addresses import public_host
from rolematcher.web.rate_limit import TooMany, slow_down

from .models import User

MAILS = {"most": 3, "seconds": 3600}
"""Mails one address gets in an hour, whoever asks for them."""

reset_asked = Signal()
"""Sent with `users` (ids, often none), `language`, `host` and `secure`; the outbox makes a job of it."""


class AskForm(PasswordResetForm):
    """The address. Saving it sends nothing: it notes that somebody asked."""

    def save(self, **options: object) -> None:  # type: ignore[override]
        """Note it, unless that was very often; the answer is the same."""
        request = options.get("request")
        email = self.cleaned_data["email"].strip().lower()
        try:
            slow_down("password reset", email, **MAILS)
        except TooMany:
            return
        host, secure = public_host(request) if isinstance(request, HttpRequest) else ("", False)
        users = [user.pk for user in self.get_users(email)]
        language = get_language() or "en"
        reset_asked.send(AskForm, users=users, language=language, host=host, secure=secure)


def reset_mail(user: User, *, language: str, host: str, secure: bool) -> None:
    """Mail one person a link. Raises OSError or SMTPException where the mail server does not take it."""

    class Form(PasswordResetForm):
        def get_users(self, email: str) -> list[User]:
            return [user]

    form = Form({"email": user.email})
    if not (user.is_active and form.is_valid()):
        return
    with override(language):
        form.save(domain_override=host, use_https=secure)
