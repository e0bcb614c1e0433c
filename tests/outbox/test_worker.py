"""A worker that no longer hears its broker notices, and one that is busy or has nothing to hear does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def judged_after(*sweeps: tuple[int, int, bool]) -> list[str]:
    # The module counts on being in a worker (it holds a lock around forks), so it is loaded only here.
    from rolematcher.outbox.worker import Hearing

    hearing = Hearing(longest=30)
    return [
        hearing.judge(woken=woken, received=received, busy=busy, now=1000 + 5.0 * number)
        for number, (woken, received, busy) in enumerate(sweeps)
    ]


def fine(*sweeps: tuple[int, int, bool]) -> bool:
    return set(judged_after(*sweeps)) == {"fine"}


def test_an_idle_worker_that_gets_nothing_of_what_is_sent_connects_anew():
    assert judged_after(*[(3, 0, False)] * 5) == ["fine"] * 4 + ["connect anew"]


def test_a_worker_that_stays_deaf_after_that_ends():
    assert judged_after(*[(3, 0, False)] * 10)[-1] == "end"


def test_a_worker_that_heard_something_in_between_connects_anew_each_time():
    deaf = [(3, 0, False)] * 5
    deaf_again = [(3, 2, False)] * 6
    assert judged_after(*deaf, *deaf_again).count("connect anew") == 2


def test_a_worker_that_receives_is_not_deaf():
    assert fine(*[(3, number, False) for number in range(20)])


def test_a_busy_worker_is_not_deaf():
    assert fine(*[(3, number // 5, True) for number in range(40)])


def test_a_worker_whose_children_begin_nothing_for_longer_than_any_task_may_take_is_stuck():
    assert judged_after(*[(3, 0, True)] * 10) == ["fine"] * 9 + ["stuck"]


def test_a_busy_worker_with_nothing_due_is_not_stuck():
    assert fine(*[(0, 0, True)] * 20)


def test_a_worker_that_was_idle_long_is_not_stuck_when_it_gets_something():
    assert fine(*[(0, 3, False)] * 20, (1, 3, True), (1, 4, True))


def test_a_worker_with_nothing_to_hear_is_not_deaf():
    assert fine(*[(0, 0, False)] * 20)


def test_counting_begins_anew_after_something_was_heard():
    silent, heard = (3, 7, False), (3, 8, False)
    assert fine(*[silent] * 4, heard, *[heard] * 4)


def test_the_web_process_loads_no_renderer_and_no_worker():
    asked = (
        "import hiring.wsgi, sys;"
        " print([m for m in ('weasyprint', 'rolematcher.outbox.worker') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
