"""What the tests of the decision share: the shipped rulebook, read once, and a quick way to decide."""

from collections.abc import Callable
from datetime import date

import pytest

from rolematcher.rules import (
    Rulebook,
    Verdict,
    answers_read,
    conclude,
    settle,
    shipped_rulebook,
    shipped_text,
)

ON = date(2026, 1, 1)


@pytest.fixture(scope="session")
def rulebook_text() -> str:
    """The text of the rulebook the product starts with."""
    return shipped_text()


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook the product starts with."""
    return shipped_rulebook()


@pytest.fixture
def decide(rulebook: Rulebook) -> Callable[..., Verdict]:
    """Answers as keywords -> the verdict on the first of January 2026."""
    return lambda **raw: conclude(settle(rulebook, answers_read(rulebook, raw), ON))
