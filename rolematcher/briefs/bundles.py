"""Many briefs in one ZIP: finished PDFs in, a stream of bytes out. They are stored, not squeezed again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.files.storage import default_storage
from django.utils import timezone

MOST_BRIEFS = 200


class _Pipe:
    """Takes what the ZIP writer writes and gives it on, so that no ZIP is ever held whole."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.at = 0

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.at += len(data)
        return len(data)

    def tell(self) -> int:
        return self.at

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def bundle_stream(files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """A ZIP of these files under these names, piece by piece. A file that is gone is left out and listed."""
    pipe, missing, used = _Pipe(), [], set[str]()
    now = timezone.localtime()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as bundle:  # type: ignore[call-overload]
        for name, stored in files:
            name = _unused(name, used)
            try:
                with default_storage.open(stored) as file:
                    data = file.read()
            except OSError:
                missing.append(name)
                continue
            bundle.writestr(_entry(name, now), data)
            yield pipe.taken()
        if missing:
            listed = "\n".join(missing).encode()
            bundle.writestr(_entry("missing.txt", now), listed)
    yield pipe.taken()


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _unused(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, tried = 1, name
    while tried in used:
        number += 1
        tried = f"{stem}-{number}{dot}{ending}"
    used.add(tried)
    return tried
