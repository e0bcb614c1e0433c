"""`make run`, for real: it starts, says where, makes a PDF, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchmarks.product import Browser, free_port, submitted

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """SQLite and files in a folder of its own, whatever this test run uses."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL")}
    fonts = tmp_path / "data" / "fonts"
    fonts.parent.mkdir()
    fonts.symlink_to(ROOT / ".pytest_cache" / "fonts")
    few = {"WEB_WORKERS": "1", "WORKERS": "1", "DJANGO_SETTINGS_MODULE": "hiring.settings"}
    return kept | few | {"DATA_DIR": str(tmp_path / "data")}


def test_one_command_serves_makes_a_pdf_and_stops_cleanly(environment):
    port = free_port()
    command = [sys.executable, "manage.py", "run_embedded", "--no-demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE)
    try:
        said = "".join(takewhile(lambda line: "Ctrl-C" not in line, process.stdout))
        assert f"http://127.0.0.1:{port}/" in said
        name, password = re.search(r"Sign in\s+(\S+)\s+/\s+(\S+)", said).groups()
        browser = Browser(port)
        browser.post("/accounts/login/", {"username": name, "password": password})
        assert browser.status == 302
        _times, file = submitted(browser)
        assert file.startswith(b"%PDF-")
        children = [
            int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        ]
        assert len(children) == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        if process.poll() is None:
            process.kill()
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_in_use_is_said_with_a_cure():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Cannot listen on 127.0.0.1:{port}.*--port {port + 1}"):
            call_command("run_embedded", port=port)
