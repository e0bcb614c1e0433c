"""A forgotten password: the same answer in the same time for every address, a few mails a person and hour.

The page only has a worker told that somebody asked, for known and unknown addresses alike; the worker looks
the address up and mails. So neither the answer nor its time tells whether there is an account.
"""

from __future__ import annotations

import logging

from celery import shared_task
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetView
from django.contrib.sites.requests import RequestSite
from django.http import HttpRequest
from django.utils.translation import get_language, override

from rolematcher.web.rate_limit import TooMany, slow_down

MAILS = {"most": 3, "seconds": 3600}
"""Mails one address gets in an hour, whoever asks for them."""

log = logging.getLogger(__name__)


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
        domain = RequestSite(request).domain if isinstance(request, HttpRequest) else ""
        secure = bool(options.get("use_https"))
        try:
            reset_mail.apply_async((email, get_language() or "en", domain, secure), retry=False)
        except Exception:
            # Each transport of messages has its own errors; the page answers alike in any case.
            log.warning("password reset not announced", exc_info=True)


class ResetView(PasswordResetView):
    """Django's page with our form."""

    form_class = AskForm


@shared_task(name="password_reset.mail")
def reset_mail(email: str, language: str, domain: str, secure: bool) -> int:
    """Mail a link to every active account with this address; how many. Runs in a worker."""
    form = PasswordResetForm({"email": email})
    if not form.is_valid():
        return 0
    people = list(form.get_users(email))
    with override(language):
        form.save(
            domain_override=domain,
            use_https=secure,
            token_generator=default_token_generator,
            email_template_name="registration/password_reset_email.html",
            subject_template_name="registration/password_reset_subject.txt",
        )
    return len(people)
