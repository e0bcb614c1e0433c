"""Tokens, the API and its description."""

from django.urls import URLPattern, URLResolver, path

from . import docs, tokens
from .calls import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    path("api/openapi.json", docs.openapi_json, name="openapi"),
    path("api/docs/", docs.docs, name="api_docs"),
    path("api/v1/", api.urls),
]
