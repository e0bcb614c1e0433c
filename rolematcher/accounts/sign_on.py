"""Signing in with an organisation's account. In: what its provider vouches for. Out: a person, or why not.

Only loaded where SSO_* is set (`hiring/sign_on.py`). Whoever comes from a named domain joins, or becomes the
person here who has that address; an administrator keeps to password and second factor, so that a
fault at the provider never hands over the whole site.
"""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from rolematcher.web.middleware import SIGNED_ON

from .audit import audit
from .models import RECRUITERS, User
from .people import RIGHTS, person_join

MOST_NAME = 150


class SessionAdapter(DefaultAccountAdapter):
    """Notes in the session that the organisation's provider asked for its own second factor."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in."""
        super().login(request, user)
        request.session[SIGNED_ON] = True


class PersonAdapter(DefaultSocialAccountAdapter):
    """Decides who may come in, and as whom."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse, or find the person here whom the provider means. Raises ImmediateHttpResponse."""
        known, claims = sociallogin.is_existing, _claims(sociallogin)
        people = [sociallogin.user] if known else filter_users_by_email(str(sociallogin.user.email or ""))
        if reason := _refusal(sociallogin, people) or _no_group(claims):
            raise _refused(request, reason)
        if people and not known:
            sociallogin.connect(request, people[0])
        if people:
            groups_follow(people[0], claims)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: object = None) -> User:
        """Keep somebody new, as a recruiter unless her groups say otherwise."""
        with transaction.atomic():
            for name in ("first_name", "last_name"):
                clean = getattr(sociallogin.user, name).replace("\0", "")[:MOST_NAME]
                setattr(sociallogin.user, name, clean)
            person: User = super().save_user(request, sociallogin, form)
            audit("user.joined", person, actor=None, by=sociallogin.account.provider)
            if settings.SIGN_ON["groups"]:
                groups_follow(person, _claims(sociallogin))
            else:
                person_join(person, RECRUITERS)
        return person

    def on_authentication_error(self, request: HttpRequest, provider: object, **_told: object) -> None:
        """Say it in a sentence. Raises ImmediateHttpResponse."""
        reason = _("Your organisation's sign-in was cancelled or did not answer. Try it again.")
        raise _refused(request, reason)


@transaction.atomic
def groups_follow(person: User, claims: dict[str, object]) -> None:
    """Give somebody the groups that SSO_GROUPS makes of hers at the provider, and take the others of ours."""
    if not settings.SIGN_ON["groups"]:
        return
    had = {group.name for group in person.groups.filter(name__in=RIGHTS)}
    now = _groups(claims)
    person.groups.remove(*Group.objects.filter(name__in=had - now))
    for name in now - had:
        person_join(person, name)
    if had != now:
        audit("user.groups", person, actor=None, old=sorted(had), new=sorted(now))


def _refusal(sociallogin: SocialLogin, found: Sequence[User]) -> str:
    """Why this person may not come in; empty where she may."""
    address = str(sociallogin.user.email or "")
    domain = address.rpartition("@")[2].lower()
    if sociallogin.state.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
        return _("Sign out first, then sign in with your organisation's account.")
    if not address or _claims(sociallogin).get("email_verified") is False:
        return _(
            "Your organisation vouches for no e-mail address of yours. Ask its administrator to add one."
        )
    if domain not in settings.SIGN_ON["domains"]:
        return _("Addresses of %(domain)s may not join. Ask an administrator of this site.") % {
            "domain": domain
        }
    if len(found) > 1:
        return _("More than one person here has your address. Ask an administrator of this site to fix it.")
    if any(person.is_superuser for person in found):
        return _("Administrators sign in with their password.")
    if not all(person.is_active for person in found):
        return _("Your account here is closed. Ask an administrator of this site.")
    return ""


def _no_group(claims: dict[str, object]) -> str:
    if settings.SIGN_ON["groups"] and not _groups(claims):
        return _(
            "None of your groups may use this site. Ask your organisation's administrator to add you to one."
        )
    return ""


def _claims(sociallogin: SocialLogin) -> dict[str, object]:
    """What the provider says of the person: OpenID's user information over its token, SAML's attributes."""
    said: dict[str, object] = sociallogin.account.extra_data or {}
    parts = [part for part in (said.get("id_token"), said.get("userinfo")) if isinstance(part, dict)]
    return {name: value for part in parts for name, value in part.items()} or said


def _groups(claims: dict[str, object]) -> set[str]:
    named, ours = claims.get(settings.SIGN_ON["groups_claim"]) or [], settings.SIGN_ON["groups"]
    theirs = named if isinstance(named, list) else [named]
    return {ours[name] for name in map(str, theirs) if name in ours}


def _refused(request: HttpRequest, reason: str) -> ImmediateHttpResponse:
    page = render(request, "registration/sign_on_refused.html", {"reason": reason}, status=403)
    return ImmediateHttpResponse(page)
