"""The drill: save, lose everything, restore, and have it all again."""

from __future__ import annotations

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from rolematcher.accounts.audit import audit, audit_verify
from rolematcher.accounts.audit_guard import guard_lifted
from rolematcher.accounts.models import AuditEvent, User
from rolematcher.briefs import states as outbox
from rolematcher.briefs.models import Brief
from rolematcher.briefs.pdf_files import pdf_intact, pdf_store
from rolematcher.decisions.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\nwords\n%%EOF\n"


@pytest.fixture
def kept(queued, tmp_path, settings, decision_row):
    """A decision with a finished brief and an audit event, and the folder of its backup."""
    from django.db import transaction

    settings.BRIEFS_DIR = tmp_path / "briefs"
    held = outbox.brief_claim(queued().pk, worker="test")
    outbox.brief_finish(held, pdf_store(PDF), pages=1, missing_glyphs=False)
    with transaction.atomic():
        audit("decision.made", decision_row, actor=None)
    call_command("backup", str(tmp_path / "backups"))
    return next((tmp_path / "backups").iterdir())


def lose_everything(settings) -> None:
    from django.db import connection

    shutil.rmtree(settings.BRIEFS_DIR)
    Decision.objects.all().delete()
    User.objects.all().delete()
    with guard_lifted(connection):
        AuditEvent.objects.all().delete()


def test_everything_is_there_again_after_a_restore(kept, settings, capsys):
    head = audit_verify().head
    lose_everything(settings)
    call_command("restore", str(kept))
    brief = Brief.objects.get()
    assert (brief.state, brief.decision.role) == ("ready", "automation_specialist")
    assert pdf_intact(brief.file, brief.sha256)
    assert User.objects.get().username == "someone"
    assert (audit_verify().head, audit_verify().faults) == (head, ())
    assert f"Head of the audit trail: {head}" in capsys.readouterr().out


def test_new_rows_follow_the_restored_ones(kept, settings):
    lose_everything(settings)
    call_command("restore", str(kept))
    User.objects.create_user("later")
    Brief.objects.create(decision=Decision.objects.get(), content_version=7)
    assert User.objects.count() == 2


def test_a_restored_audit_trail_is_guarded_again(kept, settings):
    from django.db import DatabaseError

    lose_everything(settings)
    call_command("restore", str(kept))
    with pytest.raises(DatabaseError):
        AuditEvent.objects.all().delete()


def test_a_restore_does_not_overwrite_decisions_unasked(kept):
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(kept))
    call_command("restore", str(kept), "--replace")
    assert Decision.objects.count() == 1


def test_a_damaged_backup_is_named_and_changes_nothing(kept, settings):
    saved = next((kept / "briefs").rglob("*.pdf"))
    saved.write_bytes(saved.read_bytes().replace(b"words", b"w0rds"))
    with pytest.raises(CommandError, match=saved.name):
        call_command("restore", str(kept), "--check")
    with pytest.raises(CommandError, match=saved.name):
        call_command("restore", str(kept), "--replace")
    assert Brief.objects.get().state == "ready"


def test_an_interrupted_backup_is_no_backup(kept):
    (kept / "manifest.json").unlink()
    with pytest.raises(CommandError, match="no finished backup"):
        call_command("restore", str(kept), "--check")


def test_a_backup_of_the_other_database_is_refused(kept):
    manifest = json.loads((kept / "manifest.json").read_text())
    manifest["database"] = "another"
    (kept / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match="another"):
        call_command("restore", str(kept), "--replace")


def test_a_brief_changed_on_the_disk_is_not_saved_as_if_it_were_whole(kept, settings, tmp_path):
    brief = Brief.objects.get()
    (settings.BRIEFS_DIR / brief.file).write_bytes(PDF.replace(b"words", b"w0rds"))
    with pytest.raises(CommandError, match="changed on the disk"):
        call_command("backup", str(tmp_path / "second"))


def test_nobody_else_can_read_a_backup(kept):
    assert kept.stat().st_mode & 0o777 == 0o700
