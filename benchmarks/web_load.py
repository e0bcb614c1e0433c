"""Many people at once: a request to repeat, how many do it and for how long in; times of the answers out."""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

Ask = Callable[[int, int], tuple[str, str, Mapping[str, object] | None]]
"""Who asks, and for the how-maniest time -> method, address and form fields."""

TOKEN = "b" * 32


@dataclass
class Load:
    """What came of one run: seconds of every answer, refused ones, and how long the run took."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    took: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.took if self.took else 0.0

    def at(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


class Server:
    """gunicorn as the product runs it, with two workers of two threads."""

    def __init__(self, port: int, *, settings: str = "hiring.settings") -> None:
        self.port = port
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "ALLOWED_HOSTS": "127.0.0.1"}
        log = Path(os.environ["DATA_DIR"]) / "gunicorn.log"
        command = [sys.executable, "-m", "gunicorn", "--config", "hiring/gunicorn.py"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", "hiring.wsgi"],
            env=env,
            stdout=log.open("ab"),
            stderr=subprocess.STDOUT,
        )
        for _try in range(600):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/livez")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"gunicorn does not answer; see {log}")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()

    def load(self, ask: Ask, *, clients: int, seconds: float, cookie: str, pause: float = 0.0) -> Load:
        """Let `clients` people repeat their request; with a `pause` they wait about that long in between."""
        load, lock, end = Load(), threading.Lock(), time.monotonic() + seconds
        headers = {"Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "Host": "127.0.0.1"}

        def person(who: int) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            count, dice = 0, random.Random(who)
            if pause:
                time.sleep(dice.uniform(0, pause))
            while time.monotonic() < end:
                method, address, form = ask(who, count)
                count += 1
                body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}, doseq=True) if form else None
                kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
                began = time.perf_counter()
                connection.request(method, address, body, {**headers, **kind})
                answer = connection.getresponse()
                answer.read()
                took = time.perf_counter() - began
                with lock:
                    if answer.status >= 400:
                        load.errors.append(f"{answer.status} {address}")
                    else:
                        load.seconds.append(took)
                if pause:
                    time.sleep(dice.uniform(0.5 * pause, 1.5 * pause))

        began = time.monotonic()
        people = [threading.Thread(target=person, args=(who,)) for who in range(clients)]
        for one in people:
            one.start()
        for one in people:
            one.join()
        load.took = time.monotonic() - began
        return load
