"""Signing in with an organisation's accounts. In: SSO_* of the environment. Out: what settings need for it.

Nothing set means nothing added: no app, no table, no address. Works by django-allauth, the extra `sso`.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TypedDict

from django.core.exceptions import ImproperlyConfigured

from hiring import env as given
from hiring.env import env

OPENID, SAML = "openid", "saml"
GROUPS = ("recruiter", "reviewer", "rules editor")


class SignOn(TypedDict):
    """What rooms read as `settings.SIGN_ON`. `ways` maps `openid` and `saml` to a name."""

    ways: dict[str, str]
    domains: list[str]
    groups: dict[str, str]
    groups_claim: str


def sign_on() -> SignOn:
    """What the environment asks for; `ways` is empty where it asks for nothing.

    Raises ImproperlyConfigured for half a provider, for no domain, and for a group that does not exist.
    """
    name = env.str("SSO_NAME", default="")
    ways = {way: name for way, found in ((OPENID, _openid()), (SAML, _saml())) if found}
    given_domains = (domain.strip().lower().lstrip("@") for domain in env.list("SSO_DOMAINS", default=[]))
    domains = list(filter(None, given_domains))
    groups = {str(theirs): str(ours) for theirs, ours in given.json_object("SSO_GROUPS").items()}
    if ways and not domains:
        raise ImproperlyConfigured("SSO_DOMAINS must name the e-mail domains that may join, as example.com.")
    for ours in groups.values():
        if ours not in GROUPS:
            raise ImproperlyConfigured(f"SSO_GROUPS: {ours!r} is none of {', '.join(GROUPS)}.")
    if ways and not find_spec("allauth"):
        raise ImproperlyConfigured(
            "SSO_* is set: install requirements/all.txt, or the extra role-matcher[sso]."
        )
    claim = env.str("SSO_GROUPS_CLAIM", default="groups")
    return SignOn(ways=ways, domains=domains, groups=groups, groups_claim=claim)


def providers() -> dict[str, dict[str, list[dict[str, object]]]]:
    """allauth's SOCIALACCOUNT_PROVIDERS for what the environment asks for."""
    found: dict[str, dict[str, list[dict[str, object]]]] = {}
    if openid := _openid():
        server, client, secret = openid
        app: dict[str, object] = {
            "provider_id": OPENID,
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": server},
        }
        found["openid_connect"] = {"APPS": [app]}
    if saml := _saml():
        metadata, entity = saml
        idp: dict[str, object] = {"metadata_url": metadata, "entity_id": entity}
        asked = {"want_assertion_signed": True, "reject_idp_initiated_sso": True}
        found["saml"] = {"APPS": [{"client_id": SAML, "settings": {"idp": idp, "advanced": asked}}]}
    return found


def _openid() -> list[str]:
    return _together("SSO_OPENID_SERVER", "SSO_OPENID_CLIENT", "SSO_OPENID_SECRET")


def _saml() -> list[str]:
    return _together("SSO_SAML_METADATA", "SSO_SAML_ENTITY")


def _together(*names: str) -> list[str]:
    """The values of variables that only work together, or none. Raises ImproperlyConfigured for a part."""
    values = [env.str(name, default="") for name in names]
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing and any(values):
        raise ImproperlyConfigured(f"{', '.join(missing)} is missing; {', '.join(names)} go together.")
    return [] if missing else values
