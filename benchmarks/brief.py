"""The PDF, measured beside other ways. In: nothing. Out: times, bytes, pages of three real briefs.

    python -m benchmarks.brief [--rounds 9]

Peers print the same HTML: WeasyPrint as its manual shows it, and Chromium in a new tab. All take turns.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright
from weasyprint import HTML

from benchmarks.inner import SAMPLES
from benchmarks.measure import Aim, asked, chromium, in_turn, status
from rolematcher.briefs.content import Content
from rolematcher.briefs.fonts import font_path
from rolematcher.briefs.pdf import brief_html, brief_pdf
from tests.briefs.made import content

OURS, DEFAULT, NEW_TAB = "ours", "WeasyPrint as it comes", "Chromium, new tab"


@contextmanager
def new_tabs() -> Iterator[Callable[[str], object]]:
    """HTML to PDF in a new tab of a Chromium that runs already."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = chromium(playwright)
        context, file = browser.new_context(), Path(folder) / "brief.html"

        def pdf(html: str) -> None:
            file.write_text(html)
            page = context.new_page()
            page.goto(file.as_uri())
            page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
            page.close()

        yield pdf
        browser.close()


def html_of(brief: Content) -> str:
    """Its HTML with style sheet and font inside, for other renderers."""
    font = Path(font_path()).as_uri()
    face = f'@font-face{{font-family:"Inter";font-weight:100 900;src:url("{font}")}}'
    sheet = Path(finders.find("briefs/pdf.css") or "").read_text()
    style = face + re.sub(r"@font-face[^}]*}", "", sheet)
    return brief_html(brief).replace("</head>", f"<style>{style}</style></head>")


def warm(rounds: int) -> Iterator[Aim]:
    """Each sample by each way, everything loaded."""
    with new_tabs() as tab:
        for name, answers in SAMPLES.items():
            brief = content(answers)
            html, made = html_of(brief), brief_pdf(brief)
            ways: dict[str, Callable[[], object]] = {
                OURS: partial(brief_pdf, brief),
                DEFAULT: HTML(string=html).write_pdf,
                NEW_TAB: partial(tab, html),
            }
            took = in_turn(ways, rounds)
            print(f"{name}: {made.pages} pages, {len(made.data):,} bytes")
            for way, wall in took.items():
                print(f"  {way:<24}{1000 * wall:7.0f} ms   ours is {took[OURS] / wall:.2f} of it")
            yield took[OURS] <= 0.5 * took[DEFAULT], f"{name}: at most 0.5 of {DEFAULT}"
            yield took[OURS] <= took[NEW_TAB], f"{name}: not behind {NEW_TAB}"


if __name__ == "__main__":
    sys.exit(status(list(warm(asked(__doc__, rounds=9).rounds))))
