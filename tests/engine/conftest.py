"""What the engine's tests share: the shipped rulebook, read once."""

from pathlib import Path

import pytest

from rolematcher.engine.model import Rulebook
from rolematcher.engine.rulebook.read import rulebook_read

SHIPPED = Path(__file__).parents[2] / "rolematcher" / "data" / "rulebook.toml"


@pytest.fixture(scope="session")
def rulebook_text() -> str:
    """The text of the rulebook the product starts with."""
    return SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def rulebook(rulebook_text: str) -> Rulebook:
    """The rulebook the product starts with."""
    return rulebook_read(rulebook_text)
