"""The shipped rulebook, as text and read once."""

from __future__ import annotations

import pytest

from rolematcher.engine.model import Rulebook
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.packaged import packaged_text


@pytest.fixture(scope="session")
def rulebook_text() -> str:
    """The text of the rulebook the product starts with."""
    return packaged_text("rulebook.toml")


@pytest.fixture(scope="session")
def rulebook(rulebook_text: str) -> Rulebook:
    """The rulebook the product starts with."""
    return rulebook_read(rulebook_text)
