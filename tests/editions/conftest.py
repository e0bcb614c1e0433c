"""The shipped rulebook, as text and read once."""

from __future__ import annotations

import pytest

from rolematcher.rules import Rulebook, shipped_rulebook, shipped_text


@pytest.fixture(scope="session")
def rulebook_text() -> str:
    """The text of the rulebook the product starts with."""
    return shipped_text()


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook the product starts with."""
    return shipped_rulebook()
