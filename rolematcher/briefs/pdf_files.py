"""Finished documents on disk. In: the bytes of one brief. Out: a file named by its content, whole or absent.

Written beside its target, checked, flushed to the disk and only then renamed, so no reader and no crash
ever meets half a file. The same content has the same name: making a brief twice leaves one file.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

MOST_BYTES = 50_000_000
UNFINISHED = ".part"


class FileRefused(Exception):
    """The bytes are no whole document of a sensible size."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A finished file: its name below `BRIEFS_DIR`, its hash and its size in bytes."""

    name: str
    sha256: str
    size: int


def document_store(data: bytes, *, ending: str = "pdf") -> StoredFile:
    """Keep a document. Raises FileRefused for what is no whole one, OSError where the disk cannot take it."""
    _check(data, ending)
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{sha256[:2]}/{sha256}.{ending}"
    target = settings.BRIEFS_DIR / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{uuid4().hex}{UNFINISHED}")
    try:
        _write(part, data)
        if hashlib.sha256(part.read_bytes()).hexdigest() != sha256:
            raise OSError(f"{part.name} reads back otherwise than it was written")
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)
    return StoredFile(name, sha256, len(data))


def _check(data: bytes, ending: str) -> None:
    whole = (
        data.startswith(b"PK") if ending == "docx" else data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]
    )
    if not whole:
        raise FileRefused("The renderer gave no whole document.")
    if len(data) > MOST_BYTES:
        raise FileRefused(f"The document has {len(data)} bytes; the most is {MOST_BYTES}.")


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def pdf_intact(name: str, sha256: str) -> bool:
    """Does the file exist and still have the content it was stored with?"""
    try:
        with (settings.BRIEFS_DIR / name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def pdf_leftovers_remove(*, older_than_seconds: int = 3600) -> int:
    """Remove unfinished files whose writer must be long gone. Returns how many."""
    gone = 0
    for part in settings.BRIEFS_DIR.glob(f"*/*{UNFINISHED}"):
        if time.time() - part.stat().st_mtime > older_than_seconds:
            part.unlink(missing_ok=True)
            gone += 1
    return gone
