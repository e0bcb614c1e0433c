"""What benchmarks share: options, works timed in turn, aims told as met or missed."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from playwright.sync_api import Browser, Playwright

Aim = tuple[bool, str]


def asked(doc: str | None, **usual: float | str | bool) -> argparse.Namespace:
    """What somebody may change on the command line, by name, with its usual value; False is a switch."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    for name, value in usual.items():
        if value is False:
            parser.add_argument(f"--{name}", action="store_true")
        else:
            parser.add_argument(f"--{name}", type=type(value), default=value)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    return given


def in_turn(
    works: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Median seconds of each; the first round only warms, and each round begins with another."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    order = list(works)
    for number in range(rounds + 1):
        for name in order:
            begun = clock()
            works[name]()
            if number:
                taken[name].append(clock() - begun)
        order.append(order.pop(0))
    return {name: statistics.median(times) for name, times in taken.items()}


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def chromium(playwright: Playwright) -> Browser:
    """The machine's Chromium, else the one that came with Playwright."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])


def status(aims: Sequence[Aim]) -> int:
    """Tell each aim; the status to end with."""
    for met, words in aims:
        print(f"{'met   ' if met else 'MISSED'}  {words}")
    return int(not all(met for met, _words in aims))
