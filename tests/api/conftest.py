"""A program for each kind of person: `program(recruiter, "read", "make")` calls with a token of hers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from rolematcher.api.tokens import token_make

ALL = ("read", "make", "review")


@pytest.fixture
def program() -> Callable[..., Client]:
    def make(user, *scopes: str) -> Client:
        _token, secret = token_make(user=user, name="script", scopes=list(scopes or ALL), days=30)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return make


def post(client: Client, address: str, body: object, *, key: str = "k"):
    """Send JSON to a call; what makes something is made under this key."""
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": key}}
    return client.post(f"/api/v1/{address}", body, **sent)
