"""The shipped lexicon and rulebook, read once."""

from __future__ import annotations

import pytest

from rolematcher.engine.reader.read import lexicon_read
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.packaged import packaged_text


@pytest.fixture(scope="session")
def lexicon():
    """The lexicon that ships with the product."""
    return lexicon_read(packaged_text("lexicon.toml"))


@pytest.fixture(scope="session")
def rulebook():
    """The rulebook that ships with the product."""
    return rulebook_read(packaged_text("rulebook.toml"))
