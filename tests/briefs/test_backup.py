"""A backup made while people work holds one moment, says of itself what it holds, and can be put back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import connection

from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs import backups
from rolematcher.briefs.backups import BackupError, backup_check, backup_make, backup_restore
from rolematcher.briefs.models import Brief
from rolematcher.decisions.models import Decision
from rolematcher.web.files import file_intact, file_keep

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\nwords\n%%EOF\n"


@pytest.fixture
def brief(decision_of, recruiter, storage) -> Brief:
    """A ready brief in a storage of its own."""
    brief = decision_of(recruiter, work="connect", client="Acme").briefs.get()
    kept = file_keep(PDF, folder="briefs", ending="pdf")
    Brief.objects.filter(pk=brief.pk).update(file=kept.name, sha256=kept.sha256, size=kept.size)
    return Brief.objects.get(pk=brief.pk)


def head() -> str:
    return AuditEvent.objects.order_by("-id").values_list("hash", flat=True)[0]


def test_a_backup_under_traffic_says_what_it_holds_and_the_drill_finds_no_tampering(
    brief, recruiter, decision_of, tmp_path, monkeypatch
):
    """Between the copy and the manifest somebody makes another decision: the manifest must not know of it."""
    before, save = head(), backups.database_save

    def save_and_go_on(folder):
        saved = save(folder)
        decision_of(recruiter, work="connect", client="Later")
        return saved

    monkeypatch.setattr(backups, "database_save", save_and_go_on)
    report = backup_make(tmp_path / "backups", at=AT)
    assert (report.decisions, report.files, report.audit_head, report.missing) == (1, 1, before, ())
    assert head() != before
    manifest = backup_check(report.folder)
    restored = backup_restore(report.folder, replace=True)
    assert (restored.decisions, restored.audit_head) == (manifest["decisions"], manifest["audit_head"])
    assert list(Decision.objects.values_list("client", flat=True)) == ["Acme"]


def test_files_that_were_lost_come_back(brief, tmp_path):
    report = backup_make(tmp_path / "backups", at=AT)
    (tmp_path / "files" / brief.file).unlink()
    assert backup_restore(report.folder, replace=True).missing == ()
    assert file_intact(brief.file, brief.sha256)


def test_a_damaged_file_is_named_when_saving_and_when_checking(brief, tmp_path):
    report = backup_make(tmp_path / "backups", at=AT)
    (report.folder / "files" / brief.file).write_bytes(PDF.replace(b"words", b"w0rds"))
    with pytest.raises(BackupError, match="is missing or not as it was saved"):
        backup_check(report.folder)
    (tmp_path / "files" / brief.file).write_bytes(PDF.replace(b"words", b"w0rds"))
    with pytest.raises(BackupError, match="changed on the disk"):
        backup_make(tmp_path / "others", at=AT)


def test_decisions_are_not_overwritten_unasked_nor_by_the_other_kind_of_database(brief, tmp_path):
    report = backup_make(tmp_path / "backups", at=AT)
    with pytest.raises(BackupError, match="--replace"):
        backup_restore(report.folder)
    path = report.folder / backups.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"database": "other"}))
    with pytest.raises(BackupError, match=f"the settings name {connection.vendor}"):
        backup_restore(report.folder, replace=True)
