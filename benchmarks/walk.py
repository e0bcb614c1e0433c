"""From a pasted text to a brief, counted: clicks, screens, seconds, page heights, words. Out: a table.

The product runs as on a server; a browser walks it as a recruiter would, with three briefs.
"""

from __future__ import annotations

import shutil
import sys
import time
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.product import PASSWORD, Product

MOST_CLICKS = 10
NEXT = "form#intake .btn-primary"
BRIEFS: dict[str, tuple[str, dict[str, str]]] = {
    "hotel group, calls": (
        "We run nine small hotels. An assistant on the phone should answer guests, look into the"
        " booking system and change or cancel stays by itself. It must be in daily use"
        " by summer. Nothing tried so far.",
        {"work": "agent", "evidence": "untested", "wish": "no", "app": "no", "stage": "production"},
    ),
    "mill, waste": (
        "Our paper mill wants to foresee which rolls will be waste, from five years of records where each"
        " roll is marked good or waste. A standard product was measured and was not good enough.",
        {"work": "predict", "evidence": "failed", "data": "labelled", "wish": "no"},
    ),
    "broker, leads": (
        "A broker wants every enquiry from the website form copied into the CRM and announced in Teams,"
        " set up in Make or Power Automate.",
        {"work": "connect", "platform": "no_code", "app": "no", "wish": "no"},
    ),
}


class Walk:
    """One walk with a mouse: what was pressed and what was seen."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.screens = page, 0, list[tuple[str, int, int]]()

    def look(self) -> None:
        """Note the screen: its step, its height, its words."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        words = len(self.page.inner_text("main").split())
        step = self.page.url.rstrip("/").rsplit("/", 1)[-1]
        self.screens.append((step, height, words))

    def press(self, selector: str, *, leads_on: bool = True) -> None:
        """Press something, and wait for the next screen where it leads to one."""
        self.clicks += 1
        if not leads_on:
            self.page.locator(selector).first.click()
            return
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


def walk(page: Page, base: str, text: str, replies: dict[str, str]) -> Walk:
    """From the empty page to the brief."""
    walked = Walk(page)
    page.goto(f"{base}/new/")
    walked.look()
    page.fill("[name=description]", text)
    while "/decisions/" not in page.url:
        asked: Any = page.query_selector("[name=question]")
        name = asked.get_attribute("value") if asked else ""
        if name and name in replies:
            walked.press(f"[name={name}][value={replies[name]}]", leads_on=False)
        walked.press("[name=dont_know]" if name and name not in replies else NEXT)
        if "/decisions/" not in page.url:
            walked.look()
    return walked


def main() -> int:
    """Walk all of them; 1 where one took more than ten clicks."""
    most = 0
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
            walked = walk(page, base, text, replies)
            took = time.perf_counter() - begun
            most = max(most, walked.clicks)
            print(f"{name}: {walked.clicks} clicks, {len(walked.screens)} screens, {took:.1f} s")
            for step, height, words in walked.screens:
                print(f"  {step:<10} {height:>5} px {words:>4} words")
        browser.close()
    return int(most > MOST_CLICKS)


if __name__ == "__main__":
    sys.exit(main())
