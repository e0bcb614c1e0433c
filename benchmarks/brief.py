"""The PDF, measured beside other ways. In: nothing. Out: times, bytes, pages of three real briefs.

    python -m benchmarks.brief [--rounds 9]

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


def main() -> int:
    """Print every figure; status 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of the comparison")
    rounds = parser.parse_args().rounds
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
    aims = warm(rounds)
    for met, words in aims:
        print(f"{'met   ' if met else 'MISSED'}  {words}")
    return int(not all(met for met, _words in aims))


if __name__ == "__main__":
    sys.exit(main())
