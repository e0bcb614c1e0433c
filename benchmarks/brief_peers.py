"""The same brief by other ways: HTML in, PDF out, by WeasyPrint as it comes and by headless Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TICKS = os.sysconf("SC_CLK_TCK")


def page_of(content: Any) -> str:
    """The brief's own HTML with its own style sheet inside, its font read from the installed package."""
    from rolematcher.brief.page import brief_html
    from rolematcher.brief.render import style_text

    font = files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"
    place = f"file://{font}".replace("[", "%5B").replace("]", "%5D")
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:100 900;src:url("{place}")}}'
        for family in ("Brief Inter", "Brief Inter Display")
    )
    style = faces + re.sub(r"@font-face[^}]*}", "", style_text("brief")) + style_text("a4")
    return brief_html(content, annex=True).replace("</head>", f"<style>{style}</style></head>")


def weasyprint_default(html: str) -> bytes:
    """The renderer as its manual shows it: one line, nothing prepared, not even tagged."""
    from weasyprint import HTML

    made: bytes = HTML(string=html).write_pdf()
    return made


class Tabs:
    """A Chromium that is already running; each brief in a new tab, or all in one."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.context = browser.new_context()
        self.kept = self.context.new_page()

    def new_tab(self, html: str) -> bytes:
        """Open a tab, print, close it."""
        page = self.context.new_page()
        try:
            return self._printed(page, html)
        finally:
            page.close()

    def same_tab(self, html: str) -> bytes:
        """Print in the tab that printed the one before."""
        return self._printed(self.kept, html)

    def _printed(self, page: Any, html: str) -> bytes:
        file = self.folder / "brief.html"
        file.write_text(html)
        page.goto(file.as_uri())
        made: bytes = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        return made


@contextmanager
def chromium_running() -> Iterator[Tabs | None]:
    """A browser to print with; None where no Chromium is installed."""
    if CHROMIUM is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Tabs(browser, Path(folder))
        browser.close()


def chromium_command(html: str) -> None:
    """The usual command line: start, print, end."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        page.write_text(html)
        command = [CHROMIUM or "", "--headless", *FLAGS, f"--print-to-pdf={made}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def family_cpu() -> float:
    """Seconds of processor time used so far by this process and everything it started."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            rest = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(entry.name)
        parents[number] = int(rest[1])
        used[number] = (int(rest[11]) + int(rest[12])) / TICKS
    own = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in own} - own:
        own |= more
    ended = os.times()
    return sum(used[number] for number in own if number in used) + ended.children_user + ended.children_system
