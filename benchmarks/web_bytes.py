"""What a visit costs: bytes on the wire, requests and largest paint of each page, first and second time."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

PAINT = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({type: 'largest-contentful-paint', buffered: true}))"""
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("setup_data", verbosity=0)
from rolematcher.models import User
from rolematcher.services.decisions import decision_make
from django.utils import timezone
user = User.objects.create_user("bench", password="%s")
answers = {"work": "language", "app": "yes", "place": "US"}
made = decision_make(answers, user=user, key="k", on=timezone.localdate())
print("PAGE", made.get_absolute_url())
"""


def visits() -> None:
    """Print the figures of every page, where there is a Chromium to visit them with."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("\nVisits: left out, there is no Chromium.")
        return
    from benchmarks.web_load import Server

    password = uuid.uuid4().hex
    with tempfile.TemporaryDirectory(prefix="bench-web-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "hiring.settings"}
        Path(folder).chmod(0o700)
        made = subprocess.run(
            [sys.executable, "manage.py", "shell", "-c", PREPARE % password],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        page = made.stdout.split("PAGE ")[-1].strip()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = Server(port)
        try:
            _measure(chromium, f"http://127.0.0.1:{port}", password, ["/accounts/login/", "/", "/new/", page])
        finally:
            server.stop()


def _measure(chromium: str, host: str, password: str, addresses: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    print(f"\n{'Visit':24}{'first: bytes':>14}{'requests':>10}{'paint ms':>10}", end="")
    print(f"{'second: bytes':>16}{'requests':>10}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        door = context.new_page()
        door.goto(f"{host}/accounts/login/")
        door.fill("[name=username]", "bench")
        door.fill("[name=password]", password)
        door.click("main button")
        door.wait_for_url(f"{host}/")
        for address in addresses:
            fresh = browser.new_context(storage_state=None if "login" in address else context.storage_state())
            first, paint = _visit(fresh, host + address)
            second, _paint = _visit(fresh, host + address)
            name = "decision" if address.startswith("/briefs/") else address
            print(f"{name:24}{first[0]:>14,}{first[1]:>10}{paint:>10.0f}{second[0]:>16,}{second[1]:>10}")
            fresh.close()
        browser.close()
    print("  aims: under 150,000 bytes at the first visit, largest paint under 1,000 ms")


def _visit(context: Any, address: str) -> tuple[tuple[int, int], float]:
    """Bytes and requests on the wire (what came from the cache counts neither), and the largest paint."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    paint = page.evaluate(PAINT)
    page.close()
    sent = [size for size in sizes if size > 0]
    return (round(sum(sent)), len(sent)), paint
