"""The product itself, started for a measurement. Out: web server, worker, signed-in browser, a crowd.

Everything lives in a folder of its own and ends with the block.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a password for measuring"
SERVER = ("-m", "gunicorn", "--config", "hiring/gunicorn.py", "hiring.wsgi", "--bind")
WORKER = ("-W", "ignore", "-m", "hiring.worker")
OFFERED = re.compile(rb'href="([^"]*/files/[0-9a-f-]+/)"')
AGAIN = re.compile(rb'hx-get="([^"]+)" hx-trigger="load delay:(\d+)ms"')


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """Ids of its children: each of its threads lists those that it started."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in listed for child in path.read_text().split()]


class Product:
    """Web and worker as a server runs them; `settings` go before those made here."""

    def __init__(self, *, workers: int = 2, settings: dict[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hiring-bench-"))
        self.port, self.workers = free_port(), workers
        given = {"DATA_DIR": str(self.folder), "WORKERS": str(workers or 1), "LOG_LEVEL": "WARNING"}
        self.environment = os.environ | given | (settings or {})
        self.running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Product:
        self.manage("migrate", "--verbosity", "0")
        self.manage("setup_data", "--verbosity", "0")
        self.manage("createsuperuser", "--no-input", "--username", "bench", "--email", "b@example.org")
        self.web = self.start(*SERVER, f"127.0.0.1:{self.port}")
        if self.workers:
            self.worker = self.start(*WORKER)
        self.await_ready()
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def manage(self, *arguments: str) -> str:
        """What a management command says. Raises CalledProcessError."""
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        return subprocess.check_output(command, cwd=ROOT, env=environment, text=True)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a process that leads a group of its own."""
        command = [sys.executable, *arguments]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(process)
        return process

    def await_ready(self) -> None:
        """Wait until the web answers and the worker has swept. Raises RuntimeError after two minutes."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with suppress(OSError):
                browser = Browser(self.port)
                up = b'"state": "up"' in browser.get("/readyz")[:20]
                if up or (browser.status == 200 and not self.workers):
                    return
            time.sleep(0.2)
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def memory_mb(self, process: subprocess.Popen[bytes]) -> float:
        """Memory of a process and its children, shared pages counted once, in MB."""
        ids, lines = [process.pid], []
        for pid in ids:
            with suppress(OSError):  # a child that ended meanwhile
                ids += children(pid)
                lines += Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class Browser:
    """As little of a browser as a measurement needs: one kept connection, cookies, form tokens."""

    def __init__(self, port: int, *, timeout: float = 60) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.cookies: dict[str, str] = {}
        self.location, self.status, self.key = "", 0, str(uuid.uuid4())

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> bytes:
        """Send a request, keep the cookies, give the body."""
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        self.status, self.location = answer.status, answer.headers.get("Location", "")
        return content

    def get(self, path: str) -> bytes:
        """GET."""
        return self.ask("GET", path)

    def token_of(self, path: str) -> str:
        """The form token on a page."""
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        return found.group(1).decode() if found else ""

    def send(self, path: str, fields: Mapping[str, str | list[str]], *, token: str) -> bytes:
        """POST a form whose token is known."""
        body = urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True)
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def sent(self, path: str, fields: Mapping[str, str], *, token: str) -> None:
        """POST a form that leads on. Raises RuntimeError with what the page says where it is refused."""
        refused = self.send(path, fields, token=token)
        if self.status not in (302, 303):
            words = re.sub(rb"<[^>]+>|\s+", b" ", refused)
            raise RuntimeError(f"{path} was refused with {self.status}: {words[-800:].decode()}")

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> bytes:
        """Open the page of a form, fill it in, send it."""
        return self.send(path, fields, token=self.token_of(path))

    def sign_in(self) -> None:
        """As the measuring account. Raises RuntimeError."""
        page = "/accounts/login/"
        self.sent(page, {"username": "bench", "password": PASSWORD}, token=self.token_of(page))


FILLED = {
    "tab": "one", "seen": "0", "client": "Measured Ltd", "project": "Bot", "work": "language",
    "evidence": "untested", "team": "developers", "data": "none", "wish": "no", "app": "yes",
    "platform": "code", "stage": "prototype", "place": "US", "budget": "USD 120,000 a year",
    "budget_kind": "pay", "engagement_type": "permanent",
}  # fmt: skip
"""All questions on one page, answered."""


def draft_filled(browser: Browser, token: str) -> str:
    """Paste a text and answer all questions on one page: the address where the brief is made."""
    key = str(uuid.uuid4())
    browser.send("/new/", {"key": key, "description": "An assistant answers customers."}, token=token)
    browser.sent(f"/drafts/{key}/all/", FILLED, token=token)
    return f"/drafts/{key}/make/"


def submitted(browser: Browser) -> tuple[dict[str, float], bytes]:
    """Fill the form and do what the browser does until the PDF is here: seconds since the click, the file.

    After the answer it loads the page, then asks at the address and after the pauses that the page names.
    Raises RuntimeError where the form is refused or nothing comes within a minute.
    """
    token = browser.token_of("/new/")
    address = draft_filled(browser, token)
    begun = time.perf_counter()
    browser.sent(address, {"project": "Bot", "client": "Measured Ltd"}, token=token)
    at = {"answered": time.perf_counter() - begun}
    state = browser.get(browser.location)
    at["page"] = time.perf_counter() - begun
    while time.perf_counter() - begun < 60:
        if offered := OFFERED.search(state):
            at["offered"] = time.perf_counter() - begun
            content = browser.get(offered[1].decode())
            return at | {"here": time.perf_counter() - begun}, content
        again = AGAIN.search(state)
        if again is None:
            raise RuntimeError("the page neither offers a PDF nor asks for it")
        time.sleep(int(again[2]) / 1000)
        state = browser.get(again[1].decode().replace("&amp;", "&"))
    raise RuntimeError("no PDF after 60 s")


Does = Callable[[Browser, int], object]


def crowd(
    product: Product, name: str, does: Does, *, people: int, seconds: float, pause: float = 0
) -> tuple[float, int]:
    """So many signed-in people repeat what one does. Prints a line; p95 in seconds, number of errors."""
    took: list[float] = []
    errors: list[int] = []
    first = Browser(product.port)
    first.sign_in()
    until = time.monotonic() + seconds

    def person(_number: int) -> None:
        browser = Browser(product.port)
        browser.cookies |= first.cookies
        for number in count():
            if time.monotonic() >= until:
                break
            begun = time.perf_counter()
            does(browser, number)
            took.append(time.perf_counter() - begun)
            errors.extend([browser.status] if browser.status >= 400 else [])
            time.sleep(pause)

    with ThreadPoolExecutor(people) as threads:
        list(threads.map(person, range(people)))
    p95 = sorted(took)[int(len(took) * 0.95)]
    print(f"{name:36}{len(took) / seconds:>7.1f} a second, median {1000 * median(took):.1f} ms, ", end="")
    print(f"p95 {1000 * p95:.1f} ms, {len(errors)} errors")
    return p95, len(errors)
