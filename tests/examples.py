"""How many made-up cases a property is tried on: a part in `make test`, all of them in `make test-slow`.

In: the number wanted in full. Out: Hypothesis' settings for a test.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

FULL = os.environ.get("EXAMPLES") == "all"
PART, USUAL = 4, 100


def up_to(most: int = USUAL, **options: Any) -> settings:
    """At most this many cases in full, a quarter of them otherwise."""
    return settings(max_examples=most if FULL else most // PART, **options)


settings.register_profile("part", max_examples=USUAL // PART)
settings.register_profile("all", max_examples=USUAL)
settings.load_profile("all" if FULL else "part")
