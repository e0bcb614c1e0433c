"""A bell beside a folder of messages: whoever puts one in rings, and readers stop waiting at once.

A named pipe, so that nothing has to run for it. It may be missing or broken: then nobody hears anything and
the readers look again after their usual while.
"""

from __future__ import annotations

import os
import select
import time
from contextlib import suppress
from pathlib import Path

NAME = "bell"


def bell_ring(folder: Path) -> None:
    """Wake the readers of this folder, if there are any."""
    with suppress(OSError):
        pipe = os.open(folder / NAME, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(pipe, b".")
        finally:
            os.close(pipe)


class Bell:
    """The readers' side: `wait` until somebody rings, but no longer than the time given."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.pipe: int | None = None

    def wait(self, seconds: float) -> None:
        """Until a ring or the end of this time. One that came while nobody waited is heard."""
        pipe = self._opened()
        if pipe is None:
            time.sleep(seconds)
        elif select.select([pipe], [], [], seconds)[0]:
            with suppress(OSError):
                os.read(pipe, 4096)

    def _opened(self) -> int | None:
        """The pipe, made anew where the folder was emptied; None where there can be none."""
        try:
            if self.pipe is not None and self.path.exists():
                return self.pipe
            self.close()
            with suppress(FileExistsError):
                os.mkfifo(self.path, 0o600)
            # For reading and writing: a pipe nobody writes to would count as ended.
            self.pipe = os.open(self.path, os.O_RDWR | os.O_NONBLOCK)
        except OSError:
            self.pipe = None
        return self.pipe

    def close(self) -> None:
        """Let the pipe go."""
        if self.pipe is not None:
            os.close(self.pipe)
            self.pipe = None
