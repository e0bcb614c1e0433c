"""The PDF, measured beside other ways. In: nothing. Out: times, memory, bytes, pages of three real briefs.

    python -m benchmarks.brief [--rounds 9] [--growth 200]

Peers print the same HTML: WeasyPrint as its manual shows it, and Chromium in a new tab. All take turns.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright
from weasyprint import HTML

from benchmarks.inner import SAMPLES, brief_of, html_of, printed

CHROMIUM = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
OURS, DEFAULT, NEW_TAB = "ours", "WeasyPrint as it comes", "Chromium, new tab"
Ways = dict[str, Callable[[], object]]


@contextmanager
def new_tabs() -> Iterator[Callable[[str], bytes] | None]:
    """HTML to PDF in a new tab of a Chromium that runs already; None where there is none."""
    if CHROMIUM is None:
        yield None
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context, file = browser.new_context(), Path(folder) / "brief.html"

        def pdf(html: str) -> bytes:
            file.write_text(html)
            page = context.new_page()
            page.goto(file.as_uri())
            made: bytes = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
            page.close()
            return made

        yield pdf
        browser.close()


def in_turn(ways: Ways, rounds: int) -> dict[str, float]:
    """Median milliseconds of each way; the first round only warms, each round begins with another way."""
    taken: dict[str, list[float]] = {way: [] for way in ways}
    order = list(ways)
    for number in range(rounds + 1):
        for way in order:
            begun = time.perf_counter()
            ways[way]()
            if number:
                taken[way].append(1000 * (time.perf_counter() - begun))
        order.append(order.pop(0))
    return {way: statistics.median(times) for way, times in taken.items()}


def warm(rounds: int) -> list[tuple[bool, str]]:
    """Each sample by each way, everything loaded."""
    aims = []
    with new_tabs() as tab:
        for name, answers in SAMPLES.items():
            brief = brief_of(answers)
            html = html_of(brief)
            ways: Ways = {OURS: partial(printed, brief), DEFAULT: HTML(string=html).write_pdf}
            ways |= {NEW_TAB: partial(tab, html)} if tab else {}
            took, made = in_turn(ways, rounds), printed(brief)
            print(f"{name}: {made.pages} pages, {len(made.data):,} bytes")
            for way, wall in took.items():
                print(f"  {way:<24}{wall:7.0f} ms   ours is {took[OURS] / wall:.2f} of it")
            aims.append((took[OURS] <= 0.5 * took[DEFAULT], f"{name}: at most 0.5 of {DEFAULT}"))
            if tab:
                aims.append((took[OURS] <= took[NEW_TAB], f"{name}: not behind {NEW_TAB}"))
    return aims


def held_mb() -> float:
    """Memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def grown(count: int) -> tuple[float, float]:
    """In a process of its own: seconds of the first brief, and megabytes more after so many."""
    begun = time.perf_counter()
    briefs = [brief_of(answers) for answers in SAMPLES.values()]
    printed(briefs[0])
    first = time.perf_counter() - begun
    for number in range(20):
        printed(briefs[number % 3])
    early = held_mb()
    for number in range(count - 20):
        printed(briefs[number % 3])
    return first, held_mb() - early


def many(count: int) -> int:
    """Print so many in this process."""
    brief = brief_of(SAMPLES["hire"])
    return sum(printed(brief).pages for _number in range(count))


def main() -> int:
    """Print every figure; status 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of the comparison")
    parser.add_argument("--growth", type=int, default=200, help="briefs in a row to see memory grow")
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
    aims = warm(given.rounds)
    with ProcessPoolExecutor(1) as pool:
        first, more = pool.submit(grown, given.growth).result()
    print(f"\nfirst brief of a process {first * 1000:.0f} ms; {more:+.1f} MB over {given.growth} briefs")
    aims.append((more <= 5, "at most 5 MB more"))
    rates = {}
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(many, [4] * workers))
            begun = time.perf_counter()
            list(pool.map(many, [12 // workers] * workers))
            rates[workers] = 12 / (time.perf_counter() - begun)
    print(f"one worker {rates[1]:.1f} briefs a second, two {rates[2]:.1f}\n")
    aims.append((rates[2] >= 1.8 * rates[1], "two workers at least 1.8 times one"))
    for met, words in aims:
        print(f"{'met   ' if met else 'MISSED'}  {words}")
    return int(not all(met for met, _words in aims))


if __name__ == "__main__":
    sys.exit(main())
