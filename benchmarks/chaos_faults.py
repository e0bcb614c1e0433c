"""One arena with its drills. In: which arena, how long, which drills. Out: one JSON line a drill.

python -m benchmarks.chaos_faults sqlite "" short groups,steps
"""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import sys
import time

from benchmarks import chaos_broker, chaos_kills, chaos_load, chaos_text  # noqa: F401  (they fill the table)
from benchmarks.chaos_arena import Arena
from benchmarks.chaos_drill import DRILLS


def main() -> int:
    """Run the drills of one arena."""
    arena_name, postgres, length, only = sys.argv[1:5]
    chosen = [
        one
        for one in DRILLS.values()
        if arena_name in one.engines and (not only or one.id in only.split(","))
    ]
    random.seed(os.environ.get("CHAOS_SEED"))
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    from django.utils import translation

    with Arena(postgres=postgres, redis=arena_name == "postgres") as arena:
        # The table is for reading; what the product logs is in the workers' log.
        logging.disable(logging.CRITICAL)
        for one in chosen:
            translation.activate("en")  # a drill that sends requests may leave another language
            restarts, begun = arena.restarts, time.monotonic()
            try:
                good, said = one.run(arena, length == "short")
            except Exception as error:  # the drills after it are still worth running
                good, said = False, f"the drill itself failed: {type(error).__name__}: {error}"[:300]
            if arena.restarts > restarts:
                said += f", workers started again {arena.restarts - restarts} times"
            row = {"arena": arena.name, "id": one.id, "fault": one.words, "good": good, "said": said}
            print(json.dumps(row | {"seconds": round(time.monotonic() - begun)}), flush=True)
            for worker in list(arena.workers):
                worker.kill()
            chaos_broker.wipe_queue(arena)
    return 0


if __name__ == "__main__":
    sys.exit(main())
