"""Nothing in, the running product with sample decisions out: database, web and worker, until Ctrl-C."""

from __future__ import annotations

import secrets
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from http.client import HTTPConnection, HTTPException
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from rolematcher.accounts.models import User
from rolematcher.outbox.supervise import Child, stop_all, supervise

ADMINISTRATOR = "admin"
PATIENCE = settings.BRIEF_HARD_SECONDS + 5
"""Seconds a child may take to end: a brief under way is finished first."""


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
        self._refuse_taken(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("setup_data", verbosity=0)
        password = self._administrator()
        samples = StringIO()
        if password and not no_demo:
            call_command("demo", stdout=samples)
        children = [self._web(host, port), self._worker()]
        stopped = _stop_asked()
        try:
            for child in children:
                child.start()
            self._wait_until_up(children[0], host, port, stopped)
            self._greet(host, port, password, samples.getvalue())
            supervise(children, stopping=lambda: bool(stopped), say=self._say)
        finally:
            self._say("Stopping: the worker finishes the brief it is making ...")
            stop_all(children, patience=PATIENCE)
            self._say("Stopped.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _refuse_taken(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as taken:
                raise CommandError(
                    f"Cannot listen on {host}:{port} ({taken.strerror}). Stop what uses it, or choose another"
                    f' port: make run ARGS="--port {port + 1}"'
                ) from None

    def _administrator(self) -> str:
        """Make the first account where there is none; its password, else an empty text."""
        if User.objects.filter(is_superuser=True).exists():
            return ""
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(ADMINISTRATOR, password=password)
        return password

    def _web(self, host: str, port: int) -> Child:
        gunicorn = ["-m", "gunicorn", "--config", "hiring/gunicorn.py", "--bind", f"{host}:{port}"]
        log = settings.DATA_DIR / "logs" / "web.log"
        return Child("The web server", [sys.executable, *gunicorn, "hiring.wsgi"], log)

    def _worker(self) -> Child:
        log = settings.DATA_DIR / "logs" / "worker.log"
        # Python's warning about the rights of root is for servers; this is somebody's own machine.
        return Child("The worker", [sys.executable, "-W", "ignore", "-m", "hiring.worker"], log)

    def _wait_until_up(self, web: Child, host: str, port: int, stopped: list[int]) -> None:
        """Wait for the first answer, so that the printed address works when it is printed."""
        for _try in range(150):
            if stopped:
                return
            if not web.running:
                raise CommandError(f"The web server did not start; see {web.log}.")
            try:
                connection = HTTPConnection(host, port, timeout=2)
                connection.request("GET", "/livez")
                if connection.getresponse().status == 200:
                    return
            except (HTTPException, OSError):
                pass
            time.sleep(0.2)
        raise CommandError(f"The web server does not answer; see {web.log}.")

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


def _stop_asked() -> list[int]:
    """A list that the first Ctrl-C or SIGTERM makes non-empty."""
    asked: list[int] = []
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda number, _frame: asked.append(number))
    return asked
