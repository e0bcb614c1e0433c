"""The bell beside the queue: a waiting reader stops at once; without a bell only a moment is lost."""

from __future__ import annotations

import threading
import time
from queue import Empty

import pytest
from kombu import Connection, Consumer, Producer, Queue

from hiring.bell import Bell, bell_ring
from hiring.env import broker_options
from hiring.filequeue import filequeue_use


def waited(bell: Bell, seconds: float) -> float:
    begun = time.monotonic()
    bell.wait(seconds)
    return time.monotonic() - begun


def test_a_ring_ends_the_wait(tmp_path):
    bell = Bell(tmp_path)
    bell.wait(0)
    threading.Timer(0.1, bell_ring, [tmp_path]).start()
    assert waited(bell, 5) < 2


def test_without_a_ring_the_wait_has_its_time(tmp_path):
    assert waited(Bell(tmp_path), 0.2) >= 0.2


def test_a_ring_before_the_wait_is_heard_once(tmp_path):
    bell = Bell(tmp_path)
    bell.wait(0)
    bell_ring(tmp_path)
    bell_ring(tmp_path)
    assert waited(bell, 5) < 2
    assert waited(bell, 0.2) >= 0.2


def test_ringing_where_nobody_listens_or_nothing_is_does_nothing(tmp_path):
    bell_ring(tmp_path)
    bell_ring(tmp_path / "away")
    Bell(tmp_path).wait(0)
    bell_ring(tmp_path)


def test_a_bell_that_was_wiped_away_is_hung_up_again(tmp_path):
    bell = Bell(tmp_path)
    bell.wait(0)
    (tmp_path / "bell").unlink()
    bell.wait(0)
    threading.Timer(0.1, bell_ring, [tmp_path]).start()
    assert waited(bell, 5) < 2


def test_where_there_can_be_no_bell_the_wait_has_its_time(tmp_path):
    (tmp_path / "file").write_text("")
    assert waited(Bell(tmp_path / "file"), 0.2) >= 0.2


@pytest.fixture
def connection(tmp_path):
    filequeue_use()
    options = broker_options("filesystem://", queue_dir=tmp_path, visibility_seconds=300)
    options["polling_interval"] = 5
    with Connection("filesystem://localhost", transport_options=options) as opened:
        yield opened


def test_a_message_is_delivered_long_before_the_next_look(connection):
    queue, got = Queue("briefs"), []

    def put() -> None:
        with Connection("filesystem://localhost", transport_options=connection.transport_options) as other:
            Producer(other.default_channel).publish({"number": 7}, routing_key="briefs", declare=[queue])

    with Consumer(connection.default_channel, [queue], callbacks=[lambda body, _message: got.append(body)]):
        with pytest.raises(TimeoutError):
            connection.drain_events(timeout=0.1)
        threading.Timer(0.2, put).start()
        begun = time.monotonic()
        connection.drain_events(timeout=10)
    assert got == [{"number": 7}]
    assert time.monotonic() - begun < 3


def test_an_empty_queue_is_empty_with_a_bell_in_it(connection):
    connection.transport.bell.wait(0)
    with pytest.raises(Empty):
        connection.default_channel._get("briefs")
