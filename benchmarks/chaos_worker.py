"""A real worker with faults built in. In: a plan of faults in CHAOS_PLAN (JSON). Out: a Celery worker.

The product's code runs as it is; around chosen functions a wrapper ends the process with SIGKILL, which
no code can catch. `kill_at`: {brief id: step}, once each. `poison`: a brief that kills on every attempt.
`skew`: seconds by which this process's clock is wrong.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")

STEPS = (
    "before the claim",
    "after the claim",
    "content built",
    "rendered",
    "file half written",
    "file stored",
    "finished, not acknowledged",
)


def die() -> None:
    """End this process as the kernel would."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(10)


class Faults:
    """The plan, and which brief this child is making."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.kill_at = {int(key): step for key, step in plan.get("kill_at", {}).items()}
        self.poison = plan.get("poison")
        self.done = Path(plan["done"])
        self.brief_id = 0

    def reach(self, step: str) -> None:
        """Die here if the plan says so and it has not happened to this brief before."""
        if self.brief_id == self.poison and step == "content built":
            die()
        if self.kill_at.get(self.brief_id) != step:
            return
        try:
            (self.done / str(self.brief_id)).touch(exist_ok=False)
        except FileExistsError:
            return
        die()


def around(owner: Any, name: str, *, before: Callable[[Any], None] | None = None, after: str = "") -> None:
    """Wrap `owner.name`: call `before` with its first argument, reach the step `after` when it returned."""
    original = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if before:
            before(args[0] if args else None)
        result = original(*args, **kwargs)
        if after:
            FAULTS.reach(after)
        return result

    setattr(owner, name, wrapped)


def begin(brief_id: Any) -> None:
    """The task begins with this brief."""
    FAULTS.brief_id = brief_id
    FAULTS.reach("before the claim")


def half_write(path: Any) -> None:
    """Leave half a file where the plan says so."""
    if FAULTS.kill_at.get(FAULTS.brief_id) == "file half written":
        path.write_bytes(b"%PDF-1.7 half")
        try:
            FAULTS.reach("file half written")
        finally:
            path.unlink()


def skew_clock(seconds: float) -> None:
    """Let this process read a wrong clock wherever Python asks for the time."""
    from datetime import timedelta

    from django.utils import timezone

    right_time, right_now = time.time, timezone.now
    time.time = lambda: right_time() + seconds
    timezone.now = lambda: right_now() + timedelta(seconds=seconds)


PLAN = json.loads(os.environ.get("CHAOS_PLAN", "{}")) or {"done": "."}
FAULTS = Faults(PLAN)


def main() -> None:
    """Put the faults in place, then be a worker."""
    import django

    django.setup()
    from hiring.celery import app
    from hiring.worker import ARGUMENTS
    from rolematcher import brief, content, outbox, pdf_files

    around(outbox, "brief_claim", before=begin, after="after the claim")
    around(content, "content_of", after="content built")
    around(brief, "brief_pdf", after="rendered")
    around(pdf_files, "_write", before=half_write)
    around(pdf_files, "pdf_store", after="file stored")
    around(outbox, "brief_finish", after="finished, not acknowledged")
    if PLAN.get("skew"):
        skew_clock(PLAN["skew"])
    app.worker_main(list(ARGUMENTS))


if __name__ == "__main__":
    main()
