"""The PDF, measured. In: nothing. Out: times, memory, bytes, pages of three real briefs, beside other ways.

    python -m benchmarks.brief [--rounds 15] [--growth 500]

Every way prints the same content in turn, round after round, so that a busy machine is equally busy for all.
Aims: warm at most half the time of WeasyPrint as it comes; ahead of Chromium with a new tab in wall and
processor time; at most 5 MB more after 500 briefs; two workers at least 1.8 times one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from benchmarks.brief_made import ANSWERS, content_made, django_ready
from benchmarks.brief_peers import (
    chromium_command,
    chromium_running,
    family_cpu,
    page_of,
    weasyprint_default,
)

SETTLE = 0.2
"""Seconds after which what a way left running has ended."""
OURS, DEFAULT, NEW_TAB, SAME_TAB = "ours", "WeasyPrint as it comes", "Chromium, new tab", "Chromium, same tab"


def main() -> None:
    """Print every figure and whether the aims are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of the warm comparison")
    parser.add_argument("--growth", type=int, default=500, help="briefs made in a row to see memory grow")
    given = parser.parse_args()
    django_ready()
    load = os.getloadavg()[0]
    tuned = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    python = f"Python {sys.version.split()[0]}" + (", built with its profile" if tuned else "")
    print(f"{os.cpu_count()} cores, load {load:.1f} at the start; {python}\n")
    aims = warm(given.rounds)
    cold()
    aims += memory(given.growth)
    aims += workers()
    print()
    for met, words in aims:
        print(f"{'met   ' if met else 'MISSED'}  {words}")


def warm(rounds: int) -> list[tuple[bool, str]]:
    """Wall and processor milliseconds a brief, everything loaded, all ways in turn."""
    from rolematcher.brief import brief_pdf

    aims = []
    with chromium_running() as tabs:
        for name in ANSWERS:
            content, html = content_made(name), page_of(content_made(name))
            ways: dict[str, Callable[[], object]] = {
                OURS: lambda content=content: brief_pdf(content, variant="full", paper="a4", language="en"),
                DEFAULT: lambda html=html: weasyprint_default(html),
            }
            if tabs:
                ways[NEW_TAB] = lambda html=html: tabs.new_tab(html)
                ways[SAME_TAB] = lambda html=html: tabs.same_tab(html)
            figures = in_turn(ways, rounds)
            made = brief_pdf(content, variant="full", paper="a4", language="en")
            print(f"{name}: {made.pages} pages, {len(made.data):,} bytes")
            for way, (wall, cpu, best) in figures.items():
                ratio = "" if way == OURS else f"   ours is {figures[OURS][0] / wall:.2f} of it"
                print(f"  {way:<24}{wall:7.0f} ms wall (best {best:.0f}) {cpu:7.0f} ms processor{ratio}")
            aims += judged(name, figures)
    if not tabs:
        print("  (no Chromium on this machine)")
    return aims


def in_turn(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float, float]]:
    """Median wall, median processor and best wall milliseconds of each way; the first round only warms.

    Each round begins with another way, so that none always follows the same one; and each waits a moment
    after its work, so that what it leaves running (a tab being closed) counts as its own. What makes the PDF
    in this process is not charged with what an open browser does meanwhile.
    """
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    meters = {way: family_cpu if way in (NEW_TAB, SAME_TAB) else time.process_time for way in ways}
    order = list(ways)
    for number in range(rounds + 1):
        for way in order:
            cpu, wall = meters[way](), time.perf_counter()
            ways[way]()
            took = time.perf_counter() - wall
            time.sleep(SETTLE)
            spent = (took, meters[way]() - cpu)
            if number:
                taken[way].append(spent)
        order.append(order.pop(0))
    return {
        way: (
            1000 * statistics.median(wall for wall, _cpu in spent),
            1000 * statistics.median(cpu for _wall, cpu in spent),
            1000 * min(wall for wall, _cpu in spent),
        )
        for way, spent in taken.items()
    }


def judged(name: str, figures: dict[str, tuple[float, float, float]]) -> list[tuple[bool, str]]:
    """The aims that can be told from these figures."""
    wall, cpu, _best = figures[OURS]
    share = wall / figures[DEFAULT][0]
    aims = [(share <= 0.5, f"{name}: {share:.2f} of WeasyPrint as it comes (aim 0.50)")]
    if NEW_TAB in figures:
        share, busy = wall / figures[NEW_TAB][0], cpu / figures[NEW_TAB][1]
        aims.append((share < 1, f"{name}: {share:.2f} of Chromium's new tab in wall time (aim below 1)"))
        aims.append((busy < 1, f"{name}: {busy:.2f} of it in processor time (aim below 1)"))
    return aims


def cold() -> None:
    """From nothing: a new process that loads all and makes one brief; Chromium's command line beside."""
    script = (
        "import time; start = time.perf_counter()\n"
        "from benchmarks.brief_made import ANSWERS, content_made\n"
        "content = content_made(next(iter(ANSWERS)))\n"
        "from rolematcher.brief import brief_pdf, renderer_warm\n"
        "loaded = time.perf_counter(); renderer_warm(); ready = time.perf_counter()\n"
        "make = lambda: brief_pdf(content, variant='full', paper='a4', language='en')\n"
        "make(); first = time.perf_counter(); make(); second = time.perf_counter()\n"
        "print(loaded - start, ready - loaded, first - ready, second - first)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    load, prepare, first, second = (1000 * float(part) for part in told.stdout.split())
    print(
        f"\ncold: load {load:.0f} ms, prepare {prepare:.0f} ms, first {first:.0f} ms, second {second:.0f} ms"
    )
    try:
        start = time.perf_counter()
        chromium_command(page_of(content_made(next(iter(ANSWERS)))))
        print(f"      Chromium's command line {1000 * (time.perf_counter() - start):.0f} ms")
    except (OSError, subprocess.SubprocessError):
        print("      (no Chromium on this machine)")


def memory(count: int) -> list[tuple[bool, str]]:
    """Resident memory of one process after its 20th brief and after its last."""
    script = (
        "from benchmarks.brief_made import ANSWERS, content_made\n"
        "contents = [content_made(name) for name in ANSWERS]\n"
        "from rolematcher.brief import brief_pdf\n"
        "import resource\n"
        "def held(): return int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 1e6\n"
        f"for number in range({count}):\n"
        "    brief_pdf(contents[number % 3], variant='full', paper='a4', language='en')\n"
        "    if number == 19: early = held()\n"
        "print(early, held(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    early, late, peak = (float(part) for part in told.stdout.split())
    print(f"\nmemory: {early:.0f} MB after 20 briefs, {late:.0f} MB after {count}, {peak:.0f} MB at most")
    return [(late - early <= 5, f"{late - early:+.1f} MB over {count} briefs (aim 5)")]


def workers(count: int = 24) -> list[tuple[bool, str]]:
    """Briefs a second with one process and with two."""
    rates = {}
    for number in (1, 2):
        with ProcessPoolExecutor(number) as pool:
            list(pool.map(_one, range(4 * number)))
            start = time.perf_counter()
            list(pool.map(_one, range(count)))
            rates[number] = count / (time.perf_counter() - start)
    gain = rates[2] / rates[1]
    print(f"workers: one {rates[1]:.1f} briefs a second, two {rates[2]:.1f}")
    return [(gain >= 1.8, f"two workers {gain:.2f} times one (aim 1.8)")]


def _one(_number: int) -> int:
    from rolematcher.brief import brief_pdf

    content = content_made(next(iter(ANSWERS)))
    return brief_pdf(content, variant="full", paper="a4", language="en").pages


if __name__ == "__main__":
    main()
