"""A real worker with faults built in. In: a plan of faults in CHAOS_PLAN (JSON). Out: a Celery worker.

The product's code runs as it is; around chosen functions a wrapper ends the process with SIGKILL, which no
code can catch. `kill_at`: {brief id: step}, once each. `poison`: a brief that kills on every attempt. `skew`:
seconds by which this process's clock is wrong.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from benchmarks.chaos_arena import STEPS, Brief, die_with_parent
from hiring.celery import app
from hiring.worker import ARGUMENTS

PLAN = json.loads(os.environ.get("CHAOS_PLAN", "{}"))
making = 0
"""The brief this child is making."""


def reach(step: str) -> None:
    """Die here if the plan says so and it has not happened to this brief before."""
    if making == PLAN.get("poison") and step == "content built":
        os.kill(os.getpid(), signal.SIGKILL)
    planned = PLAN.get("kill_at", {}).get(str(making))
    if planned == step and not (mark := Path(PLAN["done"]) / str(making)).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: Any, name: str, step: str) -> None:
    """Wrap `owner.name`: the step is reached when it has returned."""
    original: Callable[..., Any] = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        global making
        result = original(*args, **kwargs)
        if step == "after the claim":
            claimed = Brief.objects.filter(job=result) if result else Brief.objects.none()
            making = claimed.values_list("pk", flat=True).first() or 0
        reach(step)
        return result

    setattr(owner, name, wrapped)


def skew_clock(seconds: float) -> None:
    """Let this process read a wrong clock wherever Python asks for the time."""
    right_time, right_now = time.time, timezone.now
    time.time = lambda: right_time() + seconds
    timezone.now = lambda: right_now() + timedelta(seconds=seconds)


if __name__ == "__main__":
    die_with_parent()
    app.loader.import_default_modules()
    for named, (where, function) in STEPS.items():
        around(importlib.import_module(where), function, named)
    skew_clock(PLAN.get("skew", 0))
    app.worker_main(list(ARGUMENTS))
