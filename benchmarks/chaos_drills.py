"""The drills of one arena. In: which arena, how long, which drills. Out: one JSON line a drill."""

from __future__ import annotations

import json
import logging
import signal
import sys
import time

from django.utils import translation

from benchmarks import chaos_faults, chaos_people  # noqa: F401  (they fill the table)
from benchmarks.chaos_arena import DRILLS, Arena


def main(where: str, length: str, only: str) -> None:
    """Run them; a drill that itself fails counts as failed, the ones after it still run."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    arena = Arena()
    logging.disable(logging.CRITICAL)  # what the product logs is in the workers' log
    try:
        for id, (words, does, on) in DRILLS.items():
            if where not in on or (only and id not in only.split(",")):
                continue
            translation.activate("en")  # a drill that sends requests may leave another language
            restarts, begun = arena.restarts, time.monotonic()
            try:
                good, said = does(arena, length == "short")
            except Exception as error:
                good, said = False, f"the drill itself failed: {type(error).__name__}: {error}"[:300]
            if arena.restarts > restarts:
                said += f", workers started again {arena.restarts - restarts} times"
            row = {"arena": arena.name, "id": id, "fault": words, "good": good, "said": said}
            print(json.dumps(row | {"seconds": round(time.monotonic() - begun)}), flush=True)
            for worker in list(arena.workers):
                worker.kill()
            arena.queue_wipe()
    finally:
        arena.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
