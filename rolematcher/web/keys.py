"""Random public ids as they come in a form or an address."""

from __future__ import annotations

import uuid


def uuid_of(text: str | None) -> uuid.UUID:
    """The id a text says; for anything else a new one, which nobody's row has."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return uuid.uuid4()
