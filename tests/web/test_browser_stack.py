"""The whole product as `make run` starts it, with its own worker: killed in the middle, nothing is lost."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]

SAVED = "#save-state:text-matches('^saved \\\\d')"


class Stack:
    """`manage.py run_embedded` in a session of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.password = folder, ""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_embedded", "--no-demo", "--port", str(self.port)],
            cwd=ROOT,
            env={**kept, "DATA_DIR": str(self.folder), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Stop " in line:
                break
        else:
            raise AssertionError(said)
        found = re.search(r"Sign in\s+admin\s+/\s+(\S+)", said)
        self.password = found[1] if found else self.password

    def kill(self) -> None:
        """Pull the plug: this process dies at once, and its children with it."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.1)
        raise AssertionError("the web server outlived the process that started it")

    def stop(self) -> None:
        """End it in order."""
        self.process.terminate()
        self.process.wait(timeout=60)


@pytest.fixture
def stack(tmp_path) -> Iterator[Stack]:
    (tmp_path / "fonts").symlink_to(settings.DATA_DIR / "fonts")  # cut once for all tests
    stack = Stack(tmp_path)
    stack.start()
    yield stack
    stack.stop()


def test_a_form_is_resumed_after_the_server_was_killed_and_its_pdf_is_made(stack, chromium):
    page = chromium.new_context().new_page()  # not the shared one: here the console has something to say
    page.set_default_timeout(20_000)
    page.goto(f"{stack.url}/accounts/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", stack.password)
    page.click("main button")
    page.goto(f"{stack.url}/new/")
    page.fill("[name=project]", "Survives a crash")
    page.check("[name=work][value=language]")
    page.wait_for_selector(SAVED)
    page.wait_for_url(re.compile("/drafts/"))
    draft = page.url
    stack.kill()
    page.check("[name=app][value=yes]")
    page.wait_for_selector("#save-state:has-text('Not saved')")
    stack.start()
    page.wait_for_selector(SAVED)
    page.goto(draft)
    assert page.input_value("[name=project]") == "Survives a crash"
    for name, value in (("work", "language"), ("app", "yes")):
        assert page.is_checked(f"[name={name}][value={value}]"), name
    page.click("text=Make the brief")
    with page.expect_download(timeout=90_000) as download:
        page.click("#brief-state a:has-text('Download PDF')", timeout=90_000)
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.context.close()
