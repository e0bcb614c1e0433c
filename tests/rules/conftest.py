"""A quick way to decide."""

from collections.abc import Callable
from datetime import date

import pytest

from rolematcher.rules import Rulebook, Verdict, answers_read, conclude, settle

ON = date(2026, 1, 1)


@pytest.fixture
def decide(rulebook: Rulebook) -> Callable[..., Verdict]:
    """Answers as keywords -> the verdict on the first of January 2026."""
    return lambda **raw: conclude(settle(rulebook, answers_read(rulebook, raw), ON))
