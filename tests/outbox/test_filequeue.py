"""Messages in files: whole or not there, and no file ends a reader."""

from __future__ import annotations

import os
import time
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from hiring.env import broker_options
from hiring.filequeue import filequeue_use, taken_forget


@pytest.fixture
def queue(tmp_path):
    """A channel on a folder of its own: `put`, `get` and the folder."""
    filequeue_use()
    options = broker_options("filesystem://", queue_dir=tmp_path, visibility_seconds=300)
    with Connection("filesystem://localhost", transport_options=options) as connection:
        channel = connection.default_channel
        channel.folder = tmp_path / "messages"
        yield channel


def test_messages_come_out_in_the_order_they_went_in(queue):
    for number in range(5):
        queue._put("briefs", {"number": number})
    taken = [queue._get("briefs")["number"] for _number in range(5)]
    assert sorted(taken) == list(range(5))
    with pytest.raises(Empty):
        queue._get("briefs")


def test_a_message_for_another_queue_stays(queue):
    queue._put("others", {"number": 1})
    with pytest.raises(Empty):
        queue._get("briefs")
    assert queue._get("others") == {"number": 1}


def test_a_message_being_written_is_not_seen(queue):
    (queue.folder / "1_abc.part").write_text("")
    with pytest.raises(Empty):
        queue._get("briefs")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'"'])
def test_a_file_that_is_no_message_is_left_behind_and_the_next_one_read(queue, content):
    (queue.folder / "0_broken.briefs.msg").write_bytes(content)
    queue._put("briefs", {"number": 1})
    with pytest.raises(Empty):
        queue._get("briefs")
    assert queue._get("briefs") == {"number": 1}


def test_a_folder_that_is_gone_is_made_again(queue):
    queue.folder.rmdir()
    with pytest.raises(Empty):
        queue._get("briefs")
    queue._put("briefs", {"number": 1})
    assert queue._get("briefs") == {"number": 1}


def test_a_message_is_readable_by_nobody_else(queue):
    queue._put("briefs", {"number": 1})
    assert [path.stat().st_mode & 0o777 for path in queue.folder.iterdir()] == [0o600]


def test_messages_taken_an_hour_ago_are_forgotten(queue):
    for number in range(2):
        queue._put("briefs", {"number": number})
        queue._get("briefs")
    taken = Path(queue.processed_folder)
    old, fresh = taken.iterdir()
    hour_ago = time.time() - 3700
    os.utime(old, (hour_ago, hour_ago))
    assert taken_forget({"processed_folder": str(taken)}) == 1
    assert list(taken.iterdir()) == [fresh]
    assert taken_forget({}) == 0
