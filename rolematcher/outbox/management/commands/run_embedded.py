"""Nothing in, the running product with sample decisions out: database, web and worker, until Ctrl-C.

Each child leads a session of its own, so Ctrl-C reaches only this process, which then ends every child
in order; should this process be killed, Linux ends the children for it.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from rolematcher.accounts.models import User

ADMINISTRATOR = "admin"
LOGS = settings.DATA_DIR / "logs"
PATIENCE = settings.BRIEF_HARD_SECONDS + 5
"""Seconds a child may take to end: a brief under way is finished first."""
PAUSE = 5.0
"""A child that ends is not started again sooner than so many seconds after its last start."""
PDEATHSIG = 1


class Child:
    """One process: what it is called, where its output is added, and the module it runs."""

    def __init__(self, name: str, log: str, *command: str) -> None:
        self.name, self.log, self.command = name, LOGS / log, (sys.executable, *command)
        self.start()

    def start(self) -> None:
        """Run the command."""
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    @property
    def running(self) -> bool:
        """Is it alive?"""
        return self.process.poll() is None


class Command(BaseCommand):
    """`make run`."""

    help = "Prepare the database, then run the web server and the worker until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address to listen on, and whether to fill in invented decisions."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
        parser.add_argument("--no-demo", action="store_true", help="begin without invented decisions")

    def handle(self, *args: object, host: str, port: int, no_demo: bool, **options: object) -> None:
        """Prepare, start, wait, stop. Raises CommandError where the port is taken or the web server fails."""
        _refuse_taken(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("setup_data", verbosity=0)
        password = _administrator()
        samples = StringIO()
        if password and not no_demo:
            call_command("demo", stdout=samples)
        LOGS.mkdir(mode=0o700, parents=True, exist_ok=True)
        gunicorn = ("-m", "gunicorn", "--config", "hiring/gunicorn.py", "hiring.wsgi", "--bind")
        children: list[Child] = []
        stopped = _stop_asked()
        try:
            children.append(Child("The web server", "web.log", *gunicorn, f"{host}:{port}"))
            # Python's warning about the rights of root is for servers; this is somebody's own machine.
            children.append(Child("The worker", "worker.log", "-W", "ignore", "-m", "hiring.worker"))
            _wait_until_up(children[0], host, port, stopped)
            self._greet(host, port, password, samples.getvalue())
            while not stopped:
                self._start_again(children)
                time.sleep(0.2)
        finally:
            self._say("Stopping: the worker finishes the brief it is making ...")
            _stop_all(children)
            self._say("Stopped.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _greet(self, host: str, port: int, password: str, samples: str) -> None:
        self._say(f"\n  Open      http://{host}:{port}/")
        if password:
            self._say(f"  Sign in   {ADMINISTRATOR}  /  {password}")
            self._say("            This password is shown once; change it after signing in.")
            self._say(samples)
        else:
            forgot = f".venv/bin/python manage.py changepassword {ADMINISTRATOR}"
            self._say(f"  Sign in   as before. Forgotten? {forgot}")
        self._say(f"  Data      {settings.DATA_DIR}")
        self._say("  Stop      Ctrl-C\n")

    def _start_again(self, children: Sequence[Child]) -> None:
        """Whatever ended."""
        for child in children:
            if not child.running and time.monotonic() - child.started > PAUSE:
                self._say(f"{child.name} ended and is started again; its last words are in {child.log}.")
                child.start()


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise CommandError(
                f"Cannot listen on {host}:{port} ({taken.strerror}). Stop what uses it, or choose another"
                f' port: make run ARGS="--port {port + 1}"'
            ) from None


def _administrator() -> str:
    """Make the first account where there is none; its password, else an empty text."""
    if User.objects.filter(is_superuser=True).exists():
        return ""
    password = secrets.token_urlsafe(12)
    User.objects.create_superuser(ADMINISTRATOR, password=password)
    return password


def _stop_asked() -> list[int]:
    """A list that the first Ctrl-C or SIGTERM makes non-empty."""
    asked: list[int] = []
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, _frame: asked.append(number))
    return asked


def _wait_until_up(web: Child, host: str, port: int, stopped: list[int]) -> None:
    """Wait for the first answer, so that the printed address works when it is printed."""
    until = time.monotonic() + 60
    while not stopped:
        if not web.running:
            raise CommandError(f"The web server did not start; see {web.log}.")
        with suppress(HTTPException, OSError):
            connection = HTTPConnection(host, port, timeout=2)
            connection.request("GET", "/livez")
            if connection.getresponse().status == 200:
                return
        if time.monotonic() > until:
            raise CommandError(f"The web server does not answer; see {web.log}.")
        time.sleep(0.2)


def _stop_all(children: Sequence[Child]) -> None:
    """Ask all to end at once, wait for each `PATIENCE` seconds in all, then end what is left of its group."""
    alive, until = [child.process for child in children if child.running], time.monotonic() + PATIENCE
    for process in alive:
        # To its main process alone: a Celery worker whose children get it too hangs.
        process.send_signal(signal.SIGTERM)
    for process in alive:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGTERM)
