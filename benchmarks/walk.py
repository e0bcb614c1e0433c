"""From a pasted text to a brief, counted: clicks, screens, seconds, heights and words. Out: a line a brief.

The product runs as on a server; a browser walks it as a recruiter would, with the briefs of the tests and
one in German.
"""

from __future__ import annotations

import sys
from functools import partial

from playwright.sync_api import Page, sync_playwright

import benchmarks.inner  # noqa: F401 -- sets Django up, which the tests' walker needs
from benchmarks.measure import asked, chromium, seconds, status
from benchmarks.product import PASSWORD, Product
from tests.intake.test_walk import Walker, walked
from tests.intake.texts import BRIEFS

MOST_CLICKS, MOST_SCREENS = 10, 5
IN_GERMAN = (
    "Eine Kanzlei möchte lange Verträge zusammenfassen und Fragen dazu beantworten lassen, in einer"
    " eigenen kleinen Anwendung. Zwei Entwickler sind da. Budget 80.000 € im Jahr, Frankfurt.",
    {"work": "language", "evidence": "untested", "app": "yes", "platform": "code", "wish": "no"},
)


class Counter(Walker):
    """Notes the height and the words of each screen."""

    def __init__(self, page: Page, base: str) -> None:
        super().__init__(page, base)
        self.heights: list[int] = []
        self.words: list[int] = []

    def seen(self) -> None:
        """Look at a screen."""
        super().seen()
        self.heights.append(self.page.evaluate("document.documentElement.scrollHeight"))
        self.words.append(len(self.page.inner_text("main").split()))


def main() -> int:
    """Walk all of them; 1 where one took more than ten clicks or five screens."""
    asked(__doc__)
    aims = []
    with Product(workers=1) as product, sync_playwright() as playwright:
        base = f"http://127.0.0.1:{product.port}"
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{base}/accounts/login/")
        page.fill("[name=username]", "bench")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{base}/**")
        for name, (text, replies, *_role) in {**BRIEFS, "in German": IN_GERMAN}.items():
            walk = Counter(page, base)
            took = seconds(partial(walked, walk, text, replies))
            few = walk.clicks <= MOST_CLICKS and walk.screens <= MOST_SCREENS
            counted = f"{walk.clicks} of {MOST_CLICKS} clicks, {walk.screens} of {MOST_SCREENS} screens"
            seen = f"pages of {walk.heights} px and {walk.words} words"
            aims.append((few, f"{name}: {counted}, {took:.1f} s, {seen}"))
        browser.close()
    return status(aims)


if __name__ == "__main__":
    sys.exit(main())
