"""The product itself, started for a measurement. Out: its web server and worker, and a signed-in browser.

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
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a password for measuring"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """Web and worker as `make run` starts them, in a temporary folder."""

    def __init__(self, *, workers: int = 2, settings: dict[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hiring-bench-"))
        self.port = free_port()
        self.environment = os.environ | {
            "DATA_DIR": str(self.folder),
            "WORKERS": str(workers),
            "LOG_LEVEL": "WARNING",
            **(settings or {}),
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Product:
        self.manage("migrate", "--verbosity", "0")
        self.manage("setup_data", "--verbosity", "0")
        self.manage("createsuperuser", "--no-input", "--username", "bench", "--email", "b@example.org")
        self.web = self.start(
            "-m",
            "gunicorn",
            "--config",
            "hiring/gunicorn.py",
            "--bind",
            f"127.0.0.1:{self.port}",
            "hiring.wsgi",
        )
        self.worker = self.start("-W", "ignore", "-m", "hiring.worker")
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

    def manage(self, *arguments: str) -> None:
        """Run a management command. Raises CalledProcessError."""
        environment = self.environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a process that leads a group of its own."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def await_ready(self) -> None:
        """Wait until the web answers and the worker has swept. Raises RuntimeError after two minutes."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                browser = Browser(self.port)
                if b'"state": "up"' in browser.get("/readyz")[:20]:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def memory_mb(self, process: subprocess.Popen[bytes]) -> float:
        """Memory of a process and its children, shared pages counted once, in MB."""
        ids = [process.pid]
        for pid in ids:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            ids += [int(child) for child in children.read_text().split()] if children.exists() else []
        total = 0
        for pid in ids:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total / 1024


class Browser:
    """As little of a browser as a measurement needs: one kept connection, cookies, form tokens."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.location = ""
        self.status = 0

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

    def send(self, path: str, fields: dict[str, str], *, token: str) -> bytes:
        """POST a form whose token is known."""
        body = urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True)
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        """Open the page of a form, fill it in, send it."""
        return self.send(path, fields, token=self.token_of(path))

    def sign_in(self) -> None:
        """As the measuring account. Raises RuntimeError."""
        self.post("/accounts/login/", {"username": "bench", "password": PASSWORD})
        if self.status != 302:
            raise RuntimeError(f"signing in gave {self.status}")


def form_filled(**changed: str) -> dict[str, str]:
    """The fields of a filled intake form, under a new key."""
    fields = {"key": str(uuid.uuid4()), "tab": "one", "seen": "0", "client": "Measured Ltd", "project": "Bot"}
    fields |= {"work": "language", "evidence": "untested", "team": "developers", "data": "none", "wish": "no"}
    fields |= {
        "app": "yes",
        "platform": "code",
        "stage": "prototype",
        "place": "US",
        "budget_amount": "120000",
    }
    fields |= {"budget_currency": "USD", "budget_per": "year", "budget_kind": "pay"}
    return fields | changed
