"""A worker that gets nothing done ends, so that it is started again; a busy or an idle one does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def ends_after(looks: list[tuple[int, int]]) -> int | None:
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


@pytest.mark.parametrize(
    ("looks", "ends"),
    [
        pytest.param([(3, 7)] * 20, 10, id="begins nothing of what is due"),
        pytest.param([(3, number // 5) for number in range(60)], None, id="begins something now and then"),
        pytest.param([(0, 3)] * 60 + [(1, 3)] * 9, None, id="idle, has all its time when something comes"),
    ],
)
def test_a_worker_that_gets_nothing_done_ends_and_no_other(looks, ends):
    assert ends_after(looks) == ends


def test_the_web_process_has_read_what_decides_and_loads_no_renderer_and_no_worker():
    asked = (
        "import hiring.wsgi, sys; from rolematcher.pay.figures import figures_packaged;"
        " print([m for m in ('weasyprint', 'rolematcher.outbox.worker') if m in sys.modules],"
        " figures_packaged.cache_info().currsize)"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[] 1"
