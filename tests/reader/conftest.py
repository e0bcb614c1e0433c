"""What the reader's tests share: the shipped lexicon and rulebook, read once."""

from __future__ import annotations

import pytest

from rolematcher.engine.reader.read import lexicon_read, read
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.packaged import packaged_text

from .texts import ON


@pytest.fixture(scope="session")
def lexicon():
    """The lexicon that ships with the product."""
    return lexicon_read(packaged_text("lexicon.toml"))


@pytest.fixture(scope="session")
def rulebook():
    """The rulebook that ships with the product."""
    return rulebook_read(packaged_text("rulebook.toml"))


@pytest.fixture(scope="session")
def reading_of(lexicon):
    """Read a text on the day of these tests."""
    return lambda text: read(lexicon, text, on=ON)


@pytest.fixture(scope="session")
def answers_of(reading_of):
    """The suggested answers of a text."""
    return lambda text: reading_of(text).answers()
