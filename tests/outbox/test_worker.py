"""A worker that gets nothing done ends, so that it is started again; a busy or an idle one does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ends_after(*looks: tuple[int, int]) -> int | None:
    """After which look, each (jobs due, tasks begun so far), five seconds apart, the watchdog bites."""
    # The module counts on being in a worker (it holds a lock around forks), so it is loaded only here.
    from rolematcher.outbox.worker import Watchdog

    watchdog = Watchdog(patience=45)
    bitten = (
        number
        for number, (due, begun) in enumerate(looks)
        if watchdog.bites(due=due, begun=begun, now=1000 + 5.0 * number)
    )
    return next(bitten, None)


def test_a_worker_that_begins_nothing_of_what_is_due_ends():
    assert ends_after(*[(3, 7)] * 20) == 10


def test_a_worker_that_begins_something_now_and_then_stays():
    assert ends_after(*[(3, number // 5) for number in range(60)]) is None


def test_a_worker_with_nothing_to_do_stays_and_has_all_its_time_when_something_comes():
    assert ends_after(*[(0, 3)] * 60) is None
    assert ends_after(*[(0, 3)] * 60, *[(1, 3)] * 9) is None


def test_the_web_process_loads_no_renderer_and_no_worker():
    asked = (
        "import hiring.wsgi, sys;"
        " print([m for m in ('weasyprint', 'rolematcher.outbox.worker') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_web_process_has_read_what_the_first_decision_needs():
    asked = (
        "import hiring.wsgi; from rolematcher.pay.figures import figures_packaged;"
        " print(figures_packaged.cache_info().currsize)"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "1"
