"""A finished PDF is on disk whole or not at all."""

from __future__ import annotations

import os
import resource
import time
from contextlib import contextmanager

import pytest

from rolematcher.briefs import pdf_files
from rolematcher.briefs.pdf_files import FileRefused, pdf_intact, pdf_leftovers_remove, pdf_store

PDF = b"%PDF-1.7\n" + b"words " * 20_000 + b"\n%%EOF\n"


@pytest.fixture
def folder(tmp_path, settings):
    settings.BRIEFS_DIR = tmp_path / "briefs"
    return settings.BRIEFS_DIR


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@contextmanager
def files_at_most(size: int):
    """As on a disk that is full after `size` bytes of this file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_named_by_its_content_and_readable_by_nobody_else(folder):
    stored = pdf_store(PDF)
    path = folder / stored.name
    assert path.read_bytes() == PDF
    assert (stored.size, path.name) == (len(PDF), f"{stored.sha256}.pdf")
    assert path.stat().st_mode & 0o777 == 0o600
    assert pdf_intact(stored.name, stored.sha256)


def test_storing_the_same_content_twice_leaves_one_file(folder):
    assert pdf_store(PDF) == pdf_store(PDF)
    assert len(files(folder)) == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nhalf", b"<html>no</html>%%EOF"])
def test_what_is_no_whole_pdf_is_refused_and_leaves_nothing(folder, data):
    with pytest.raises(FileRefused):
        pdf_store(data)
    assert not folder.exists()


def test_what_is_too_large_is_refused(folder, monkeypatch):
    monkeypatch.setattr(pdf_files, "MOST_BYTES", 1000)
    with pytest.raises(FileRefused, match="1000"):
        pdf_store(PDF)


def test_a_full_disk_leaves_nothing_and_the_next_try_succeeds(folder):
    with files_at_most(5000), pytest.raises(OSError):
        pdf_store(PDF)
    assert files(folder) == []
    assert pdf_intact(pdf_store(PDF).name, pdf_store(PDF).sha256)


def test_a_folder_that_cannot_be_made_leaves_nothing(folder):
    folder.write_text("in the way")
    with pytest.raises(OSError):
        pdf_store(PDF)


def test_a_changed_or_missing_file_is_not_intact(folder):
    stored = pdf_store(PDF)
    (folder / stored.name).write_bytes(PDF.replace(b"words", b"w0rds", 1))
    assert not pdf_intact(stored.name, stored.sha256)
    (folder / stored.name).unlink()
    assert not pdf_intact(stored.name, stored.sha256)


def test_unfinished_files_go_after_an_hour_and_finished_ones_stay(folder):
    stored = pdf_store(PDF)
    fresh, old = (folder / stored.name[:2] / name for name in ("fresh.part", "old.part"))
    for path in (fresh, old):
        path.write_bytes(b"%PDF-")
    hour_ago = time.time() - 3700
    os.utime(old, (hour_ago, hour_ago))
    assert pdf_leftovers_remove() == 1
    assert files(folder) == sorted([fresh.name, f"{stored.sha256}.pdf"])
