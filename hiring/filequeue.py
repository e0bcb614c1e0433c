"""kombu's file transport with whole messages only. In: a folder. Out: the transport behind `filesystem://`.

kombu opens a message's file under its final name and then writes it, and readers take no lock, so a
reader can meet an empty file: about 1 message in 300 with four writers and two readers, and the
error ends the worker. Here a message is written beside the queue and renamed into it, and a bell is rung.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import monotonic, time
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

from .bell import Bell, bell_ring


class Channel(filesystem.Channel):
    """As kombu's, but a message appears in the queue whole or not at all, and no file ends a reader."""

    def _get(self, queue: str, timeout: Any = None) -> Any:
        try:
            return super()._get(queue)
        except (OSError, ChannelError, ValueError):
            # A folder that is away, a file that is none of ours: nothing to do now, and no reason to end.
            with suppress(OSError):
                Path(self.data_folder_in).mkdir(mode=0o700, parents=True, exist_ok=True)
            raise Empty from None

    def _put(self, queue: str, payload: Any, **options: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{round(monotonic() * 1000)}_{uuid4().hex}"
        # Readers only take names that end in "QUEUE.msg".
        part = folder / f"{name}.part"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(str_to_bytes(dumps(payload)))
        part.rename(folder / f"{name}.{queue}.msg")
        bell_ring(folder)


class Transport(filesystem.Transport):
    """The transport of `filesystem://` addresses: looks now and then, and when the bell rings."""

    Channel = Channel

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)
        self.bell = Bell(Path(client.transport_options.get("data_folder_in", "data_in")))

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # type: ignore[override]
        """Deliver a message. Raises TimeoutError where none comes in time."""
        begun = monotonic()
        while True:
            try:
                self.cycle.get(self._deliver, timeout=timeout)  # type: ignore[union-attr]
            except Empty:
                if timeout is not None and monotonic() - begun >= timeout:
                    raise TimeoutError from None
                self.bell.wait(min(self.polling_interval, timeout or self.polling_interval))
            else:
                return

    def close_connection(self, connection: Any) -> None:
        """Close the channels, and the bell with them."""
        super().close_connection(connection)
        self.bell.close()


def taken_forget(options: dict[str, Any], *, older_than_seconds: int = 3600) -> int:
    """Remove messages that were taken long ago; `options` are the transport's. Returns how many."""
    folder = options.get("processed_folder")
    gone = 0
    for message in Path(folder).glob("*.msg") if folder else ():
        with suppress(OSError):
            if time() - message.stat().st_mtime > older_than_seconds:
                message.unlink()
                gone += 1
    return gone


def filequeue_use() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = "hiring.filequeue:Transport"
