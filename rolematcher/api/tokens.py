"""Tokens of a person: made, shown once, found again by their hash, revoked; who calls with one, how often.

In: the page's form, or the Authorization header. Out: a token with the scope the call needs, or a Problem.
"""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST
from ninja.security import HttpBearer

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.editions.fields import TextField
from rolematcher.sharing.links import secret_hash, secret_new
from rolematcher.web.rate_limit import slow_down

from .models import Token
from .problems import Problem

USED_EVERY = timedelta(minutes=1)
"""The last use is noted at most so often: not every reading call must write."""

MOST, SECONDS = 600, 60
"""Calls of one token in so many seconds."""

DAYS = [("30", lazy("30 days")), ("90", lazy("90 days")), ("365", lazy("one year"))]


class TokenForm(forms.Form):
    """What the token is called, what it may do, how long it works."""

    name = TextField(label=lazy("Name"), most=100)
    scopes = forms.MultipleChoiceField(
        label=lazy("It may"),
        choices=Token.SCOPES,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": lazy("Tick at least one.")},
    )
    days = forms.ChoiceField(label=lazy("Works for"), choices=DAYS)


def token_make(*, user: User, name: str, scopes: list[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which is shown once and never kept."""
    secret, hashed = secret_new()
    with transaction.atomic():
        token = Token.objects.create(
            owner=user,
            name=name,
            hash=hashed,
            scopes=scopes,
            expires_at=timezone.now() + timedelta(days=days),
        )
        audit("token.made", token, actor=user, scopes=",".join(scopes))
    return token, secret


def token_find(secret: str) -> Token | None:
    """The token behind a secret, its use noted; None where it never was, has ended, or its person is gone."""
    token = Token.objects.select_related("owner__team").filter(hash=secret_hash(secret)).first()
    if token is None or not token.open or not token.owner.is_active:
        return None
    now = timezone.now()
    if token.used_at is None or now - token.used_at > USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token


def token_revoke(token: Token, *, user: User) -> None:
    """The token stops working at once."""
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            audit("token.revoked", token, actor=user)


class CalledRequest(HttpRequest):
    """A request that came with a token."""

    auth: Token
    calls_left: int


class Bearer(HttpBearer):
    """A token with a scope. Raises Problem where there is none, it lacks the scope, or it calls too often."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token behind the secret in the header."""
        found = token_find(token)
        if found is None:
            raise Problem(
                401, _("This token does not work (any more). Make a new one on your page of tokens.")
            )
        request.calls_left = 0  # type: ignore[attr-defined]
        request.calls_left = slow_down("api", str(found.pk), most=MOST, seconds=SECONDS)  # type: ignore[attr-defined]
        if self.scope not in found.scopes:
            raise Problem(
                403, _("This call needs a token with the scope “%(scope)s”.") % {"scope": self.scope}
            )
        return found


READ, MAKE, REVIEW = Bearer(Token.READ), Bearer(Token.MAKE), Bearer(Token.REVIEW)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedRequest) -> HttpResponse:
    """Her tokens, and a form for a new one. Its secret stands in the answer to the form alone."""
    form, secret, status = TokenForm(initial={"scopes": [Token.READ], "days": "90"}), "", 200
    if request.method == "POST":
        form, status = TokenForm(request.POST), 422
        if form.is_valid():
            given = form.cleaned_data
            _token, secret = token_make(
                user=request.user, name=given["name"], scopes=given["scopes"], days=int(given["days"])
            )
            form, status = TokenForm(initial={"days": "90"}), 200
    context = {"form": form, "secret": secret, "tokens": Token.objects.filter(owner=request.user)}
    return render(request, "api/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: SignedRequest, pk: int) -> HttpResponse:
    """End one of her tokens."""
    token = get_object_or_404(Token, pk=pk, owner=request.user)
    token_revoke(token, user=request.user)
    messages.success(request, _("The token is revoked."))
    return redirect("tokens")
