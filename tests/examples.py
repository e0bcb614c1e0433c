"""How many made-up cases a property is tried on: a part in `make test`, all of them in `make test-slow`.

In: the number wanted in full. Out: Hypothesis' settings for a test.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

FULL = os.environ.get("EXAMPLES") == "all"
PART, USUAL = 4, 100


def up_to(most: int = USUAL, **options: Any) -> settings:
    """At most this many cases in full, a quarter of them otherwise."""
    return settings(max_examples=most if FULL else most // PART, **options)


# A busy machine is no fault of what is tried on it.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("part", patient, max_examples=USUAL // PART)
settings.register_profile("all", patient, max_examples=USUAL)
settings.load_profile("all" if FULL else "part")
