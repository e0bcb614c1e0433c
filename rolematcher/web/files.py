"""Files of every room in Django's storage. In: bytes. Out: a file named by its content, whole or absent.

The same content has the same name: making a file twice leaves one. Each room says which names of its folder
its rows still use; what no row uses is removed every hour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

AT_REST = timedelta(hours=1)
"""Younger files are left alone: the row that names one may not be written yet."""

InUse = Callable[[list[str]], set[str]]
_folders: dict[str, InUse] = {}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A finished file: its name in the storage, its hash and its size in bytes."""

    name: str
    sha256: str
    size: int


def files_of(folder: str, in_use: InUse) -> None:
    """Register a folder: of these names, which does a row still use?"""
    _folders[folder] = in_use


def file_keep(data: bytes, *, folder: str, ending: str) -> StoredFile:
    """Keep these bytes and read them back. Raises OSError where the storage cannot take them."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{folder}/{sha256[:2]}/{sha256}.{ending}"
    default_storage.save(name, ContentFile(data))
    if not file_intact(name, sha256):
        raise OSError(f"{name} reads back otherwise than it was written")
    return StoredFile(name, sha256, len(data))


def file_intact(name: str, sha256: str) -> bool:
    """Does the file exist and still have the content it was stored with?"""
    try:
        with default_storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def file_discard(name: str) -> None:
    """Remove a file unless a row uses it. What cannot be removed now is found by the hourly sweep."""
    folder = name.partition("/")[0]
    if name and name not in _folders[folder]([name]):
        with suppress(OSError):
            default_storage.delete(name)


def files_unused() -> Iterator[str]:
    """The files that no row uses, and those that were never finished."""
    before = timezone.now() - AT_REST
    for block, used in _blocks():
        for name in sorted(block - used):
            with suppress(OSError):  # removed by somebody else meanwhile
                if default_storage.get_modified_time(name) < before:
                    yield name


def files_used() -> Iterator[str]:
    """The files that a row uses."""
    for _block, used in _blocks():
        yield from sorted(used)


def _blocks() -> Iterator[tuple[set[str], set[str]]]:
    """All files, some at a time, and which of them a row uses."""
    for folder, in_use in _folders.items():
        names = _names(folder)
        while block := list(islice(names, 500)):
            yield set(block), in_use(block)


def _names(folder: str) -> Iterator[str]:
    try:
        inner, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in inner:
        yield from _names(f"{folder}/{name}")
