"""The PDF, measured beside other ways. In: nothing. Out: times, bytes, pages of three real briefs.

    python -m benchmarks.brief [--rounds 9]

Peers print the same HTML: WeasyPrint as its manual shows it, and Chromium in a new tab. All take turns.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright
from weasyprint import HTML

from benchmarks.inner import SAMPLES, brief_pdf, content, html_of
from benchmarks.measure import Aim, asked, in_turn, status

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


def warm(rounds: int) -> list[Aim]:
    """Each sample by each way, everything loaded."""
    aims: list[Aim] = []
    with new_tabs() as tab:
        for name, answers in SAMPLES.items():
            brief = content(answers)
            html = html_of(brief)
            ways: Ways = {OURS: partial(brief_pdf, brief), DEFAULT: HTML(string=html).write_pdf}
            ways |= {NEW_TAB: partial(tab, html)} if tab else {}
            took, made = in_turn(ways, rounds), brief_pdf(brief)
            print(f"{name}: {made.pages} pages, {len(made.data):,} bytes")
            for way, wall in took.items():
                print(f"  {way:<24}{1000 * wall:7.0f} ms   ours is {took[OURS] / wall:.2f} of it")
            aims.append((took[OURS] <= 0.5 * took[DEFAULT], f"{name}: at most 0.5 of {DEFAULT}"))
            if tab:
                aims.append((took[OURS] <= took[NEW_TAB], f"{name}: not behind {NEW_TAB}"))
    return aims


if __name__ == "__main__":
    sys.exit(status(warm(asked(__doc__, rounds=9).rounds)))
