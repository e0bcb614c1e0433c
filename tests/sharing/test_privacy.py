"""Erasing a client, keeping by age, taking out what is held: nothing is left, statistics and chain stay."""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from rolematcher.accounts.audit import audit_verify
from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs.models import Brief
from rolematcher.briefs.pdf_files import pdf_store
from rolematcher.decisions.models import Decision, Outcome, Override
from rolematcher.decisions.services import decision_override, outcome_record
from rolematcher.editions.compare import edition_replay
from rolematcher.intake.models import Draft
from rolematcher.sharing.client_copy import client_copy
from rolematcher.sharing.models import ManagerRequest, ShareLink
from rolematcher.sharing.privacy import client_erase, client_keys, client_mentions, decisions_erase
from rolematcher.sharing.retention import retention_run
from tests.fixtures_admin import CHATBOT

CANARY = "Kanarienvogel"
ANSWERS = {
    **CHATBOT,
    "client": CANARY,
    "project": f"{CANARY} one",
    "description": f"For {CANARY} only",
    "musts": [f"{CANARY} must"],
    "success": [f"{CANARY} is happy"],
}


@pytest.fixture
def full(decision_of, recruiter, reviewer, elsewhere, briefs_dir):
    """A decision with everything that can hold the client's name, and a draft and links beside it."""
    decision = decision_of(recruiter, **ANSWERS)
    decision_override(
        decision,
        user=reviewer,
        role="ml_engineer",
        course="hire",
        reason=f"{CANARY} insists",
        agreed_with=CANARY,
        seen=0,
    )
    outcome_record(decision, user=reviewer, right_role="yes", note=f"{CANARY} was glad")
    stored = pdf_store(b"%PDF-1.7 " + CANARY.encode() + uuid.uuid4().bytes + b"\n%%EOF\n")
    Brief.objects.filter(decision=decision, content_version=1).update(
        state=Brief.READY, file=stored.name, sha256=stored.sha256, size=stored.size, pages=1
    )
    end = timezone.now() + dt.timedelta(days=5)
    ShareLink.objects.create(
        decision=decision, created_by=recruiter, secret_hash="a" * 64, label=CANARY, expires_at=end
    )
    Draft.objects.create(owner=recruiter, fields={"client": f" {CANARY.upper()} ", "project": CANARY})
    became = Draft.objects.create(owner=recruiter, fields={"description": CANARY}, became=decision)
    ManagerRequest.objects.create(
        draft=became,
        created_by=recruiter,
        secret_hash="b" * 64,
        project=CANARY,
        questions=[],
        note=CANARY,
        expires_at=end,
    )
    Decision.objects.filter(pk=decision.pk).update(evidence={"work": [CANARY]})
    return decision


def everything_stored() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


def test_erasing_a_client_leaves_no_trace_of_its_words(full, administrator, briefs_dir):
    assert CANARY in everything_stored()
    erased = client_erase(f"  {CANARY.lower()} ", user=administrator)
    assert (erased.decisions, erased.files, erased.shares, erased.drafts, erased.requests) == (1, 1, 1, 2, 1)
    assert CANARY.casefold() not in everything_stored().casefold()
    assert not [path for path in briefs_dir.rglob("*.pdf") if CANARY.encode() in path.read_bytes()]
    assert Decision.objects.found_by(CANARY).count() == 0


def test_erasing_keeps_choices_verdict_figures_and_the_audit_chain(full, administrator, reviewer):
    role, trace = full.role, full.verdict["trace"]
    client_erase(CANARY, user=administrator)
    kept = Decision.objects.get(pk=full.pk)
    assert (kept.role, kept.verdict["trace"], kept.answers["work"]) == (role, trace, "language")
    assert kept.erased_at is not None and kept.answers["musts"] == []
    assert Override.objects.get(decision=kept).role == "ml_engineer"
    assert Outcome.objects.get(decision=kept).right_role == "yes"
    assert edition_replay(kept.edition, user=reviewer).changed == 0
    assert audit_verify().faults == () or not audit_verify().faults
    assert AuditEvent.objects.filter(verb="decision.erased", object_id=str(full.pk)).count() == 1


def test_the_page_of_an_erased_decision_still_opens(full, administrator, reviewer, signed_in):
    client_erase(CANARY, user=administrator)
    answer = signed_in(reviewer).get(reverse("admin:decisions_decision_change", args=[full.pk]))
    assert answer.status_code == 200 and "was erased on" in answer.content.decode()


def test_other_clients_stay_and_are_named_when_their_text_mentions_it(
    full, decision_of, recruiter, administrator, elsewhere
):
    other = decision_of(recruiter, **CHATBOT, client="Acme", description=f"Like the one for {CANARY}")
    erased = client_erase(CANARY, user=administrator)
    assert erased.mentioned_by == [other.pk]
    other.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (other.client, elsewhere.client) == ("Acme", "Zeppelin Works")


def test_erasing_twice_is_harmless(full, administrator):
    client_erase(CANARY, user=administrator)
    assert client_erase(CANARY, user=administrator).decisions == 0


def test_only_an_administrator_erases_or_takes_out(full, reviewer, recruiter):
    for person in (reviewer, recruiter):
        with pytest.raises(PermissionDenied):
            client_erase(CANARY, user=person)
        with pytest.raises(PermissionDenied):
            client_copy(CANARY, user=person, file=io.BytesIO())


def test_the_page_erases_only_when_the_name_is_typed_again(full, administrator, signed_in):
    client, path = signed_in(administrator), reverse("admin:client_erase")
    client.post(path, {"name": CANARY, "again": "yes"})
    assert client_keys(CANARY) == [full.pk]
    client.post(path, {"name": CANARY, "again": CANARY})
    assert client_keys(CANARY) == [] and client_mentions(CANARY) == []


def test_an_empty_name_erases_nothing(full, administrator, decision_of, recruiter):
    decision_of(recruiter, **CHATBOT)
    for name in ("", "   "):
        erased = client_erase(name, user=administrator)
        assert (erased.decisions, erased.drafts) == (0, 0)


def test_what_is_held_is_taken_out_whole(full, administrator):
    file = io.BytesIO()
    assert client_copy(CANARY, user=administrator, file=file) == 1
    packed = zipfile.ZipFile(file)
    held = json.loads(packed.read("held.json"))
    assert held["decisions"][0]["answers"]["description"] == f"For {CANARY} only"
    assert len(held["drafts"]) == 2 and held["overrides"][0]["reason"] == f"{CANARY} insists"
    assert len([name for name in packed.namelist() if name.endswith(".pdf")]) == 1
    assert "secret_hash" not in packed.read("held.json").decode()
    assert "Zeppelin" not in packed.read("held.json").decode()


def test_the_commands_do_the_same(full, administrator, tmp_path, capsys):
    to = tmp_path / "held.zip"
    call_command("client_export", CANARY, by="ada", to=to)
    assert zipfile.ZipFile(to).namelist()
    call_command("erase_client", CANARY, by="ada", yes=True)
    assert "Erased: 1 decisions, 1 PDFs" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nothing is held"):
        call_command("erase_client", CANARY, by="ada", yes=True)
    with pytest.raises(CommandError, match="may not"):
        call_command("erase_client", "Acme", by="rita", yes=True)


def test_retention_erases_by_age_and_says_so_first(full, elsewhere, recruiter):
    now = timezone.now()
    Decision.objects.filter(pk=full.pk).update(created_at=now - dt.timedelta(days=400))
    dry = retention_run(days=365, now=now, dry=True)
    assert dry.erased.decisions == 1 and client_keys(CANARY) == [full.pk]
    done = retention_run(days=365, now=now)
    assert done.erased.decisions == 1 and client_keys(CANARY) == []
    assert client_keys("Zeppelin Works") == [elsewhere.pk]
    assert retention_run(days=365, now=now).erased.decisions == 0


def test_retention_refuses_a_slip_of_the_finger(loaded):
    with pytest.raises(CommandError, match="30 days"):
        call_command("retention", days=3)


def test_a_file_two_briefs_share_stays_until_the_last_is_erased(full, decision_of, stranger, briefs_dir):
    file = Brief.objects.get(decision=full, content_version=1)
    other = decision_of(stranger, **CHATBOT, client="Other")
    Brief.objects.filter(decision=other).update(state=Brief.READY, file=file.file, sha256=file.sha256)
    assert decisions_erase([full.pk], actor=None, why="age").files == 0
    assert decisions_erase([other.pk], actor=None, why="age").files == 1


@pytest.mark.django_db(transaction=True)
def test_no_erased_word_is_left_in_the_database_file(administrator, recruiter, loaded, decision_of):
    """SQLite overwrites what it frees while erasing; on PostgreSQL VACUUM does the rest."""
    decision_of(recruiter, **ANSWERS)
    client_erase(CANARY, user=administrator)
    left = (
        connection.connection.serialize() if connection.vendor == "sqlite" else everything_stored().encode()
    )
    assert b"language" in left and CANARY.encode() not in left
