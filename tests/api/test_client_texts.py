"""A client's texts in lines that wait: found, handed out, erased; nothing is made of them afterwards."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.utils import timezone

from rolematcher.accounts.clients import client_erase, client_export, client_held, retention_run
from rolematcher.api.batches import batch_make, batch_progress
from rolematcher.api.models import Batch, BatchLine
from rolematcher.api.tasks import lines_make
from rolematcher.decisions.models import Decision
from rolematcher.outbox.models import Job

pytestmark = pytest.mark.django_db
FILE = (
    b"work,client,description\n"
    b"connect,  KANARIENVOGEL,Only for Kanarienvogel\n"
    b"language,Other Ltd,Text\n"
    b"agent,Kanarienvogel,\n"
)


@pytest.fixture
def batch(loaded, recruiter):
    return batch_make(FILE, user=recruiter, key="one", name="Kanarienvogel roles.csv")


def worked() -> None:
    for job in Job.objects.filter(kind="batch"):
        lines_make(job)


def test_lines_that_wait_are_held_and_handed_out(batch, administrator):
    held = client_held("kanarienvogel")
    assert (held.things["lines of batches"], held.mentions) == (2, ["Kanarienvogel roles.csv"])
    file = io.BytesIO()
    client_export("Kanarienvogel", user=administrator, file=file)
    given = json.loads(zipfile.ZipFile(file).read("held.json"))["lines of batches"]
    assert [line["number"] for line in given] == [2, 4]
    assert given[0]["answers"]["description"] == "Only for Kanarienvogel"


def test_nothing_is_made_of_erased_lines(batch, administrator):
    assert client_erase("Kanarienvogel", user=administrator).things["lines of batches"] == 2
    assert "anarienvogel" not in str(list(BatchLine.objects.values_list("answers", flat=True)))
    worked()
    assert Decision.objects.get().client == "Other Ltd"
    far = batch_progress(batch)
    assert (far.state, far.made, far.failed) == ("done", 1, 2)
    assert client_erase("Kanarienvogel", user=administrator).total == 0


def test_what_was_made_of_a_line_is_erased_with_the_decisions(batch, administrator):
    worked()
    erased = client_erase("Kanarienvogel", user=administrator)
    assert (erased.things["lines of batches"], erased.things["decisions"]) == (0, 2)
    assert not Decision.objects.filter(client__icontains="kanarienvogel").exists()


def test_old_batches_go_and_their_decisions_stay(batch):
    worked()
    now = timezone.now() + dt.timedelta(days=31)
    assert retention_run(days=30, now=now, dry=True).things["lines of batches"] == 1
    assert Batch.objects.exists()
    retention_run(days=30, now=now)
    assert not Batch.objects.exists() and not BatchLine.objects.exists()
    assert Decision.objects.count() == 3
