"""From a pasted text to a brief, counted: clicks, screens, seconds, page heights, words. Out: a table.

The product runs as on a server; a browser walks it as a recruiter would, with six briefs. A screen
is looked at when it is filled in.
"""

from __future__ import annotations

import shutil
import sys
import time

from playwright.sync_api import Page, sync_playwright

import benchmarks.inner  # noqa: F401 -- sets Django up, which the tests' walker needs
from benchmarks.product import PASSWORD, Product
from tests.intake.test_walk import BUTTON, UNSURE_TOO, Walker, walked

MOST_CLICKS, MOST_SCREENS = 10, 5
BRIEFS: dict[str, tuple[str, dict[str, str]]] = {
    "dental group, calls": (
        "A group of dental surgeries wants its phone answered. The assistant should understand what a caller"
        " needs, look into the diary and book, move or cancel the appointment by itself, in daily use.",
        {"work": "agent", "evidence": "untested", "wish": "no", "app": "no", "stage": "production"},
    ),
    "parts maker, scrap": (
        "We press metal parts and want to foresee which batches will be scrap, from four years of records"
        " where each batch is marked good or scrap. A standard product was measured and was not good enough.",
        {"work": "predict", "evidence": "failed", "data": "labelled", "wish": "no"},
    ),
    "agency, leads": (
        "An agency wants every lead from the website form copied into the CRM and announced in Teams, set up"
        " in Make or Power Automate.",
        {"work": "connect", "platform": "no_code", "app": "no", "wish": "no", "evidence": "untested"},
    ),
    "hotels, bookings": (
        "We run nine small hotels. An assistant should answer guests by mail, look into the booking system"
        " and change or cancel stays by itself. It must be in daily use by summer. Nothing tried so far.",
        {"work": "agent", "evidence": "untested", "wish": "no", "app": "no", "stage": "production"},
    ),
    "orchard, photographs": (
        "An orchard wants photographs of apples on the belt checked for a blight that only grows in our"
        " valley. We have 12,000 photographs, each marked healthy or ill by our people.",
        {"work": "vision_special", "data": "labelled", "evidence": "untested", "wish": "no"},
    ),
    "law firm, in German": (
        "Eine Kanzlei möchte lange Verträge zusammenfassen und Fragen dazu beantworten lassen, in einer"
        " eigenen kleinen Anwendung. Zwei Entwickler sind da. Budget 80.000 € im Jahr, Frankfurt.",
        {"work": "language", "evidence": "untested", "app": "yes", "platform": "code", "wish": "no"},
    ),
}


UNSURE_IS_RIGHT = {"parts maker, scrap", "agency, leads", "orchard, photographs", "law firm, in German"}


class Walk(Walker):
    """The walker of the tests, who notes each screen she leaves: its step, its height, its words."""

    def __init__(self, page: Page, base: str) -> None:
        super().__init__(page, base)
        self.noted: list[tuple[str, int, int]] = []

    def press(self, selector: str) -> None:
        """Press something; a step's own button leaves its screen."""
        if selector in (BUTTON, UNSURE_TOO):
            height = self.page.evaluate("document.documentElement.scrollHeight")
            step = self.page.url.rstrip("/").rsplit("/", 1)[-1]
            self.noted.append((step, height, len(self.page.inner_text("main").split())))
        super().press(selector)


def main() -> int:
    """Walk all of them; 1 where one took more than ten clicks or five screens."""
    clicks = screens = 0
    chromium = shutil.which("chromium")
    with Product(workers=1) as product, sync_playwright() as playwright:
        base = f"http://127.0.0.1:{product.port}"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{base}/accounts/login/")
        page.fill("[name=username]", "bench")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{base}/**")
        for name, (text, replies) in BRIEFS.items():
            begun = time.perf_counter()
            walk = Walk(page, base)
            walk.trusts = name in UNSURE_IS_RIGHT
            walked(walk, text, replies)
            took = time.perf_counter() - begun
            clicks, screens = max(clicks, walk.clicks), max(screens, len(walk.noted))
            print(f"{name}: {walk.clicks} clicks, {len(walk.noted)} screens, {took:.1f} s")
            for step, height, words in walk.noted:
                print(f"  {step:<10} {height:>5} px {words:>4} words")
        browser.close()
    print(f"most: {clicks} of {MOST_CLICKS} clicks, {screens} of {MOST_SCREENS} screens")
    return int(clicks > MOST_CLICKS or screens > MOST_SCREENS)


if __name__ == "__main__":
    sys.exit(main())
