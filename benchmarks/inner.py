"""The inner names of the product that benchmarks use, in one place. In: DATA_DIR. Out: verbs.

Importing it sets Django up, in a folder of its own unless DATA_DIR names one.
"""

# ruff: noqa: E402
from __future__ import annotations

import atexit
import hashlib
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
from django.utils import translation

from benchmarks.product import PASSWORD
from rolematcher.accounts.clients import client_erase
from rolematcher.accounts.models import User
from rolematcher.briefs.content import content_of
from rolematcher.briefs.models import Brief
from rolematcher.briefs.pdf import brief_html, brief_pdf
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import WorkedOut, decision_make, decision_work_out
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_current, rulebook_of
from rolematcher.outbox.models import Job, JobAttempt
from rolematcher.outbox.services import OUT_OF_ATTEMPTS, job_requeue
from rolematcher.packaged import packaged_text
from rolematcher.pay.figures import figures_packaged
from rolematcher.rules import answers_read
from rolematcher.web.files import file_intact

__all__ = ("Brief", "Decision", "Job", "JobAttempt", "User", "client_erase")
TODAY = date.today()
BUDGET = {"amount": "180000", "currency": "USD", "per": "year", "kind": "pay"}
HIRE = {
    "work": "language",
    "evidence": "untested",
    "team": [],
    "wish": "no",
    "app": "yes",
    "platform": "code",
}
SAMPLES: dict[str, dict[str, Any]] = {
    "hire": HIRE | {"stage": "production", "place": "US", "engagement": "permanent", "budget": BUDGET},
    "hire a pair": {
        "work": "vision_special",
        "data": "labelled",
        "stage": "production",
        "team": [],
        "place": "GB",
    },
    "ask first": {"work": "unsure", "place": "US"},
}
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


def worked_out(answers: dict[str, Any]) -> WorkedOut:
    """A decision that is not saved, by the shipped rules and rates."""
    text = packaged_text("rulebook.toml")
    edition = Edition(
        number=1, state=Edition.PUBLISHED, text=text, sha256=hashlib.sha256(text.encode()).hexdigest()
    )
    read = answers_read(rulebook_of(edition), answers)
    return decision_work_out(read, edition=edition, on=TODAY, figures=figures_packaged())


def decision_made(answers: dict[str, Any], user: User, key: str = "") -> Decision:
    """A decision saved with its brief queued."""
    read = answers_read(rulebook_of(edition_current()), answers)
    return decision_make(read, user=user, key=key or uuid4().hex, on=TODAY)


def brief_of(answers: dict[str, Any]) -> Any:
    """What the brief of these answers says, in English."""
    with translation.override("en"):
        return content_of(worked_out(answers))


def printed(brief: Any) -> Any:
    """The PDF of a brief: `data` and `pages`."""
    return brief_pdf(brief, paper="a4")


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
