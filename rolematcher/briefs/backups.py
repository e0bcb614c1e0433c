"""Backup: database and PDFs in, one folder with a manifest out, every file checked; restore the other way."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection

from rolematcher.accounts.audit import audit_verify
from rolematcher.decisions.models import Decision
from rolematcher.web.files import file_intact, files_used

from .database_copy import database_load, database_save
from .models import Brief

MANIFEST = "manifest.json"


class BackupError(Exception):
    """A backup that cannot be made or trusted. The text says which file and what to do."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was saved or restored: where, how many decisions and PDFs, and what is missing."""

    folder: Path
    decisions: int
    files: int
    audit_head: str
    missing: tuple[str, ...]


def backup_make(to: Path, *, at: datetime) -> BackupReport:
    """Save everything into a new folder below `to`, named by the time. People may keep working.

    The database first: every file its rows name was stored before the row said so. What the backup says of
    itself (counts, the head of the audit trail) is read from its copy, never from the database in use.

    Raises BackupError where a saved file does not read back, OSError where it cannot be written.
    """
    folder = to / f"hiring-{at:%Y%m%dT%H%M%SZ}"
    (folder / "database").mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    saved = database_save(folder / "database")
    missing = tuple(name for name in saved.files if not _copied(name, folder / "files"))
    for name in {*files_used()} - {*saved.files}:  # of other rooms
        _copied(name, folder / "files")
    manifest = {
        "made_at": at.isoformat(),
        "database": connection.vendor,
        "migrations": saved.migrations,
        "decisions": saved.decisions,
        "audit_head": saved.audit_head,
        "files": {str(path.relative_to(folder)): _sha256(path) for path in _files(folder)},
    }
    # Written last: a folder without a manifest is a backup that was interrupted.
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
    return BackupReport(folder, saved.decisions, len(saved.files) - len(missing), saved.audit_head, missing)


def backup_check(folder: Path) -> dict[str, Any]:
    """The manifest, if every file is there as it was saved. Raises BackupError naming one that is not."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        raise BackupError(f"{folder} has no readable {MANIFEST}: it is no finished backup.") from None
    for name, sha256 in manifest["files"].items():
        path = folder / name
        if not path.is_file() or _sha256(path) != sha256:
            raise BackupError(f"{name} is missing or not as it was saved; use another backup.")
    return manifest


def backup_restore(folder: Path, *, replace: bool = False) -> BackupReport:
    """Put a checked backup in the place of the database and the PDFs. Stop web and worker first.

    Raises BackupError where the backup is damaged, is of the other kind of database, where the audit
    trail in it is broken, or where there are decisions already and `replace` is not said.
    """
    manifest = backup_check(folder)
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"This is a backup of {manifest['database']}; the settings name {connection.vendor}."
        )
    if not replace and _has_decisions():
        raise BackupError("There are decisions in this database; say --replace to overwrite them.")
    for path in _files(folder / "files"):
        with path.open("rb") as file:
            default_storage.save(str(path.relative_to(folder / "files")), File(file))
    database_load(folder / "database", migrations=manifest["migrations"])
    audit = audit_verify()
    if audit.faults:
        raise BackupError(f"The audit trail of the backup is broken: {audit.faults[0]}")
    stored = list(Brief.objects.exclude(file="").values_list("file", "sha256").distinct())
    missing = tuple(name for name, sha256 in stored if not file_intact(name, sha256))
    return BackupReport(folder, Decision.objects.count(), len(stored) - len(missing), audit.head, missing)


def _has_decisions() -> bool:
    return "decisions_decision" in connection.introspection.table_names() and Decision.objects.exists()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copied(name: str, folder: Path) -> bool:
    """Copy a stored file; False where there is none. Raises BackupError where its name is not its hash."""
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != PurePosixPath(name).stem:
        raise BackupError(f"{name} is not the file its brief names; it was changed on the disk.")
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.write_bytes(data)
    target.chmod(0o600)
    return True
