"""What benchmarks share: options, works timed in turn, a crowd in one line, aims told as met or missed."""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

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


def crowd_line(name: str, took: Sequence[float], errors: Sequence[str], length: float) -> float:
    """Print answers a second, median and 95th percentile of sorted times; the latter in seconds."""
    p95 = took[int(len(took) * 0.95)]
    print(f"{name:36}{len(took) / length:>7.1f} a second, ", end="")
    print(f"median {1000 * took[len(took) // 2]:.1f} ms, p95 {1000 * p95:.1f} ms, {len(errors)} errors")
    return p95


def status(aims: Sequence[Aim]) -> int:
    """Tell each aim; the status to end with."""
    for met, words in aims:
        print(f"{'met   ' if met else 'MISSED'}  {words}")
    return int(not all(met for met, _words in aims))
