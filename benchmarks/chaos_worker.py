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

from benchmarks.inner import STEPS, Brief
from hiring.celery import app
from hiring.worker import ARGUMENTS

PLAN = json.loads(os.environ.get("CHAOS_PLAN", "{}"))
KILL_AT = {int(key): step for key, step in PLAN.get("kill_at", {}).items()}
making: int | None = 0
"""The brief this child is making."""


def reach(step: str) -> None:
    """Die here if the plan says so and it has not happened to this brief before."""
    if making == PLAN.get("poison") and step == "content built":
        os.kill(os.getpid(), signal.SIGKILL)
    if KILL_AT.get(making) == step and not (mark := Path(PLAN["done"]) / str(making)).exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def around(owner: Any, name: str, step: str) -> None:
    """Wrap `owner.name`: the step is reached when it has returned."""
    original: Callable[..., Any] = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        global making
        result = original(*args, **kwargs)
        if step == "after the claim":
            making = Brief.objects.filter(job=result).values_list("pk", flat=True).first() if result else 0
        reach(step)
        return result

    setattr(owner, name, wrapped)


def skew_clock(seconds: float) -> None:
    """Let this process read a wrong clock wherever Python asks for the time."""
    right_time, right_now = time.time, timezone.now
    time.time = lambda: right_time() + seconds
    timezone.now = lambda: right_now() + timedelta(seconds=seconds)


if __name__ == "__main__":
    app.loader.import_default_modules()
    for named, (where, function) in STEPS.items():
        around(importlib.import_module(where) if isinstance(where, str) else where, function, named)
    if PLAN.get("skew"):
        skew_clock(PLAN["skew"])
    app.worker_main(list(ARGUMENTS))
