"""A database that is frozen, unreachable or stopped: every page says so soon, and all is well after.

In: a real web server whose way to PostgreSQL leads through a line that the test can cut or freeze.
Out: seconds, printed with `-s`.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.product import Product

POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]
pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not POSTGRES, reason="needs PostgreSQL"),
]
PAGE = "/s/no-such-link/"
"""Asks the database for the link."""


class Line:
    """A line to the database. `frozen`: it takes everything and gives nothing. `stop()`: it refuses."""

    def __init__(self, host: str, port: int) -> None:
        self.target, self.frozen, self.ends = (host, port), threading.Event(), []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                far = socket.create_connection(self.target)
                self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                while self.frozen.is_set():
                    time.sleep(0.05)
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)

    def stop(self) -> None:
        """As if the server were stopped at once."""
        for end in (self.listener, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def line() -> Iterator[Line]:
    """A line to the database of this test run."""
    given = connection.settings_dict
    made = Line(given["HOST"] or "127.0.0.1", int(given["PORT"] or 5432))
    yield made
    made.frozen.clear()
    made.stop()


@pytest.fixture
def web(line, tmp_path) -> Iterator[int]:
    """The port of a web server that uses this line."""
    given = connection.settings_dict
    word = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    settings = {
        "DATABASE_URL": f"postgres://{given['USER']}{word}@127.0.0.1:{line.port}/{given['NAME']}",
        "DJANGO_SETTINGS_MODULE": "hiring.settings",
        "DATA_DIR": str(tmp_path),
        "WEB_WORKERS": "1",
        "WEB_THREADS": "8",
    }
    with Product(workers=0, settings=settings) as product:
        yield product.port


def asked(port: int, path: str) -> tuple[int, float, str]:
    """Status, seconds and text of one answer."""
    begun = time.monotonic()
    http = HTTPConnection("127.0.0.1", port, timeout=20)
    http.request("GET", path, headers={"Cookie": "sessionid=somebody", "Host": "localhost"})
    answer = http.getresponse()
    text = answer.read().decode()
    http.close()
    return answer.status, time.monotonic() - begun, text


def test_a_frozen_database_is_told_soon_and_all_is_well_when_it_is_back(line, web):
    assert asked(web, PAGE)[0] == 404
    line.frozen.set()
    answers: list[tuple[int, float, str]] = []
    waiting = [threading.Thread(target=lambda: answers.append(asked(web, PAGE))) for _n in range(3)]
    for one in waiting:
        one.start()
    alive, ready = asked(web, "/livez"), asked(web, "/readyz")
    for one in waiting:
        one.join()
    slowest = max(seconds for _status, seconds, _text in answers)
    print(f"frozen database: 503 in {slowest:.1f} s, ready in {ready[1]:.2f} s, alive in {alive[1]:.3f} s")
    assert {status for status, _seconds, _text in answers} == {503}
    assert slowest < 5
    assert all("The database does not answer" in text and "draft" not in text for _s, _t, text in answers)
    assert (alive[0], ready[0]) == (200, 503)
    assert alive[1] < 0.2
    assert ready[1] < 2
    again = asked(web, PAGE)
    assert (again[0], again[1] < 5) == (503, True), "over a new connection, as over an old one"
    line.frozen.clear()
    assert asked(web, PAGE)[0] == 404
    assert asked(web, "/readyz")[0] == 200


def test_a_database_stopped_at_once_is_told_as_503(line, web):
    assert asked(web, PAGE)[0] == 404
    line.stop()
    for _again in range(2):
        status, seconds, text = asked(web, PAGE)
        assert (status, seconds < 5) == (503, True)
        assert "The database does not answer" in text
    assert asked(web, "/readyz")[0] == 503
    assert asked(web, "/livez")[0] == 200
