"""Somebody who edits rates, in her browser."""

from __future__ import annotations

import pytest


@pytest.fixture
def editor(client, rules_editor):
    """A client signed in as a rules editor."""
    client.force_login(rules_editor)
    return client
