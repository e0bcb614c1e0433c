"""Erasing a client, keeping by age, taking out what is held: nothing is left, statistics and chain stay."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolematcher.accounts.audit import audit_verify
from rolematcher.accounts.clients import client_erase, client_export, client_held, client_key, retention_run
from rolematcher.accounts.models import AuditEvent
from rolematcher.decisions.follow_up import outcome_record
from rolematcher.decisions.models import Decision, Outcome, Override
from rolematcher.decisions.override import decision_override
from rolematcher.decisions.replay import edition_replay
from rolematcher.sharing.models import ShareLink
from tests.fixtures_admin import CHATBOT
from tests.fixtures_rows import OTHERWISE

CANARY = "Kanarienvogel"
ANSWERS = {
    **CHATBOT,
    "client": CANARY,
    "project": f"{CANARY} one",
    "description": f"For {CANARY} only",
    "must_haves": [f"{CANARY} must"],
    "success": [f"{CANARY} is happy"],
}


@pytest.fixture
def full(decision_of, recruiter, reviewer, elsewhere):
    """A decision with everything that can hold the client's name, and a link beside it."""
    decision = decision_of(recruiter, **ANSWERS)
    said = OTHERWISE | {"reason": f"{CANARY} insists", "agreed_with": CANARY}
    decision_override(decision, user=reviewer, seen=0, **said)
    outcome_record(decision, user=reviewer, right_role="yes", note=f"{CANARY} was glad")
    end = timezone.now() + dt.timedelta(days=5)
    ShareLink.objects.create(
        decision=decision, created_by=recruiter, secret_hash="a" * 64, label=CANARY, expires_at=end
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


def test_erasing_a_client_leaves_no_trace_of_its_words(full, administrator):
    assert CANARY in everything_stored()
    erased = client_erase(f"  {CANARY.lower()} ", user=administrator)
    assert erased.things["decisions"] == 1 and erased.things["links and questions"] == 1
    assert CANARY.casefold() not in everything_stored().casefold()
    assert Decision.objects.found_by(CANARY).count() == 0


def test_erasing_keeps_choices_verdict_figures_and_the_audit_chain(full, administrator, reviewer):
    client_erase(CANARY, user=administrator)
    kept = Decision.objects.get(pk=full.pk)
    assert (kept.role, kept.verdict, kept.answers["work"]) == (full.role, full.verdict, "language")
    assert kept.erased_at is not None and kept.answers_typed.must_haves == ()
    assert Override.objects.get(decision=kept).role == "ml_engineer"
    assert Outcome.objects.get(decision=kept).right_role == "yes"
    assert edition_replay(kept.edition, user=reviewer).changed == 0
    assert not audit_verify().faults
    assert AuditEvent.objects.filter(verb="decision.erased", object_id=str(full.pk)).count() == 1


def test_other_clients_stay_and_are_named_when_their_text_mentions_it(
    full, decision_of, recruiter, administrator, elsewhere
):
    other = decision_of(recruiter, **CHATBOT, client="Acme", description=f"Like the one for {CANARY}")
    assert client_erase(CANARY, user=administrator).mentions == [other.number_words]
    clients = Decision.objects.exclude(client="").values_list("client", flat=True)
    assert {*clients} == {"Acme", "Zeppelin Works"}


def test_every_version_and_deleted_ones_are_erased_too(full, decision_of, recruiter, administrator):
    later = decision_of(recruiter, version_of=full, **ANSWERS)
    Decision.objects.filter(pk=later.pk).update(deleted_at=timezone.now())
    assert client_erase(CANARY, user=administrator).things["decisions"] == 2
    assert client_erase(CANARY, user=administrator).total == 0, "twice is harmless"


NAMES = st.sampled_from(
    ['"Acme"', "null", "1e5", "1.10", "9" * 200, "true", "[]", "{}", "%", "_", "\\", "O'Neil", "Straße", "ﬁ"]
) | st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Mn", "Me", "Mc", "Cn", "Co", "So")),
    min_size=1,
    max_size=40,
)


def test_any_name_survives_nothing_of_its_own_erasure(decision_of, recruiter, administrator):
    rests: list[int] = []

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
    @given(name=NAMES)
    def erased(name):
        if client_key(name):
            made = decision_of(recruiter, **CHATBOT, client=name)
            client_erase(made.client, user=administrator)
            rests.append(client_held(made.client).total)
            assert Decision.objects.get(pk=made.pk).client == "" and rests[-1] == 0

    erased()
    print(f"{connection.vendor}: {len(rests)} erasures, {sum(rests)} rests")


def test_the_page_erases_only_when_the_name_is_typed_again(full, administrator, signed_in):
    client, path = signed_in(administrator), reverse("admin:client_erase")
    assert client.get(reverse("admin:client_find"), {"name": CANARY}).context["held"].things["decisions"] == 1
    client.post(path, {"name": CANARY, "again": "yes"})
    assert client_held(CANARY).total
    client.post(path, {"name": CANARY, "again": CANARY})
    assert not client_held(CANARY).total


def test_a_name_that_is_none_erases_nothing(full, administrator, signed_in):
    client = signed_in(administrator)
    for name in ("", "   ", "\0", "x" * 5000):
        assert client_erase(name, user=administrator).total == 0
        for page in ("client_find", "client_erase", "client_export"):
            answer = client.post(reverse(f"admin:{page}"), {"name": name, "again": name})
            assert answer.status_code < 500
        assert client.get(reverse("admin:client_find"), {"name": name}).status_code < 500
    assert client_held(CANARY).total


def test_what_is_held_is_taken_out_whole(full, administrator):
    file = io.BytesIO()
    client_export(CANARY, user=administrator, file=file)
    text = zipfile.ZipFile(file).read("held.json").decode()
    held = json.loads(text)
    assert held["decisions"][0]["answers"]["description"] == f"For {CANARY} only"
    assert held["decisions"][0]["overrides"][0]["reason"] == f"{CANARY} insists"
    assert held["links and questions"][0]["label"] == CANARY
    assert "secret_hash" not in text and "Zeppelin" not in text


def test_texts_are_kept_for_so_many_days_and_no_longer(full, elsewhere):
    old = timezone.now() - dt.timedelta(days=100)
    Decision.objects.filter(pk=full.pk).update(created_at=old)
    now = timezone.now()
    assert retention_run(days=90, now=now, dry=True).things["decisions"] == 1
    assert Decision.objects.get(pk=full.pk).client == CANARY
    retention_run(days=90, now=now)
    assert CANARY not in everything_stored()
    assert Decision.objects.get(pk=elsewhere.pk).client == "Zeppelin Works"
    assert retention_run(days=90, now=now).things["decisions"] == 0


@pytest.mark.parametrize("days", [0, 29, 99999])
def test_a_retention_that_is_most_likely_a_slip_is_refused(days, db):
    with pytest.raises(CommandError):
        call_command("retention", days=days)
