"""The inner names of the product that benchmarks use, in one place. In: DATA_DIR. Out: verbs.

Importing it sets Django up, in a folder of its own unless DATA_DIR names one.
"""

# ruff: noqa: E402
from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hiring-bench-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")
import django

django.setup()

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db.models import Count, Max, Q

from benchmarks.product import PASSWORD
from rolematcher.accounts.clients import client_erase
from rolematcher.accounts.models import User
from rolematcher.briefs.models import Brief
from rolematcher.briefs.pdf import brief_html, brief_pdf
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import decision_make
from rolematcher.editions.services import edition_current, rulebook_of
from rolematcher.outbox.models import Job, JobAttempt
from rolematcher.outbox.services import OUT_OF_ATTEMPTS, job_requeue
from rolematcher.rules import answers_read
from rolematcher.web.files import file_intact
from tests.briefs.made import RECOMMENDED, content

__all__ = ("Brief", "Decision", "Job", "JobAttempt", "User", "brief_pdf", "client_erase", "content")
TODAY = date.today()
SAMPLES = {name: RECOMMENDED[name] for name in ("hire", "hire_pair", "ask_first")}
"""Answers whose briefs differ most; the tests hold that the rulebook takes them."""
STEPS = {
    "after the claim": ("rolematcher.outbox.tasks", "job_claim"),
    "content built": ("rolematcher.briefs.tasks", "content_of"),
    "file stored": ("rolematcher.briefs.tasks", "file_keep"),
    "row written, not committed": ("rolematcher.briefs.tasks", "_kept"),
    "finished, not acknowledged": ("rolematcher.outbox.tasks", "job_run"),
}
"""Where a worker is killed: right after this function of the product has returned."""
WAKE = "rolematcher.outbox.services.wake"


def database_ready() -> User:
    """Tables, shipped data and somebody who may do everything."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_data", verbosity=0)
    return User.objects.filter(username="bench").first() or User.objects.create_superuser(
        "bench", password=PASSWORD
    )


def decision_made(answers: dict[str, Any], user: User, key: str = "") -> Decision:
    """A decision saved with its brief queued."""
    read = answers_read(rulebook_of(edition_current()), answers)
    return decision_make(read, user=user, key=key or uuid4().hex, on=TODAY)


def html_of(brief: Any) -> str:
    """Its HTML with style sheet and font inside, for other renderers."""
    font = f"{files('fontpkg_inter') / 'files' / 'Inter[opsz,wght].ttf'}".replace("[", "%5B").replace(
        "]", "%5D"
    )
    face = f'@font-face{{font-family:"Inter";font-weight:100 900;src:url("file://{font}")}}'
    sheet = Path(finders.find("briefs/pdf.css") or "").read_text()
    style = face + re.sub(r"@font-face[^}]*}", "", sheet)
    return brief_html(brief).replace("</head>", f"<style>{style}</style></head>")


def requeue_given_up(keys: list[int]) -> int:
    """Press Retry for each brief that lost its worker on all its attempts."""
    failed = Job.objects.filter(brief__in=keys, state=Job.FAILED, error=OUT_OF_ATTEMPTS)
    return sum(map(job_requeue, failed))


def states(keys: list[int]) -> dict[str, int]:
    """How many of these briefs are in which state."""
    return dict(Counter(brief.state for brief in Brief.objects.filter(pk__in=keys).select_related("job")))


def tallied(keys: list[int]) -> dict[str, int]:
    """What became of briefs: ready, failed, waiting, lost, made twice, torn, most attempts."""
    mine, found = Brief.objects.filter(pk__in=keys), states(keys)
    ready, failed = found.get("ready", 0), found.get("failed", 0)
    done = Q(job__history__outcome=JobAttempt.DONE)
    finished = mine.annotate(n=Count("job__history", filter=done))
    return {
        "briefs": len(keys),
        "ready": ready,
        "failed": failed,
        "waiting": sum(found.values()) - ready - failed,
        "lost": len(keys) - sum(found.values()),
        "twice": finished.filter(n__gt=1).count(),
        "torn": sum(not file_intact(row.file, row.sha256) for row in mine.exclude(file="")),
        "most": mine.aggregate(most=Max("job__attempts"))["most"] or 0,
    }
