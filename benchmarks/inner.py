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
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import uuid4

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hiring-bench-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")
import django

django.setup()

from django.core.management import call_command
from django.db.models import Count, Max, Q
from django.utils import translation

from benchmarks.product import PASSWORD
from rolematcher.accounts.models import User
from rolematcher.briefs import states as outbox
from rolematcher.briefs.content import content_of
from rolematcher.briefs.models import Brief, BriefAttempt
from rolematcher.briefs.pdf import brief_pdf
from rolematcher.briefs.pdf.page import brief_html
from rolematcher.briefs.pdf.render import style_text
from rolematcher.briefs.pdf_files import pdf_intact
from rolematcher.decisions.models import Decision
from rolematcher.decisions.preview import preview_of
from rolematcher.decisions.services import WorkedOut, decision_make, decision_work_out
from rolematcher.editions.models import Edition
from rolematcher.editions.rulebooks import text_hash
from rolematcher.packaged import packaged_text
from rolematcher.rates.services import figures_packaged
from rolematcher.sharing.privacy import client_erase

__all__ = ("Brief", "BriefAttempt", "Decision", "User", "client_erase")
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
    "after the claim": (outbox, "brief_claim"),
    "content built": ("rolematcher.briefs.content", "content_of"),
    "rendered": ("rolematcher.briefs.pdf", "brief_pdf"),
    "file stored": ("rolematcher.briefs.pdf_files", "pdf_store"),
    "finished, not acknowledged": (outbox, "brief_finish"),
}
"""Where a worker is killed: right after this function of the product has returned."""
WAKE = "rolematcher.briefs.services.brief_wake"


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
    edition = Edition(number=1, state=Edition.PUBLISHED, text=text, sha256=text_hash(text))
    return decision_work_out(answers, edition=edition, on=TODAY, figures=figures_packaged())


def decision_made(answers: dict[str, Any], user: User, key: str = "") -> Decision:
    """A decision saved with its brief queued."""
    return decision_make(answers, user=user, key=key or uuid4().hex, on=TODAY)


def brief_of(answers: dict[str, Any]) -> Any:
    """What the brief of these answers says, in English."""
    with translation.override("en"):
        return content_of(preview_of(worked_out(answers)))


def printed(brief: Any) -> Any:
    """The PDF of a brief: `data` and `pages`."""
    return brief_pdf(brief, variant="full", paper="a4", language="en")


def html_of(brief: Any) -> str:
    """Its HTML with style sheet and font inside, for other renderers."""
    font = f"{files('fontpkg_inter') / 'files' / 'Inter[opsz,wght].ttf'}".replace("[", "%5B").replace(
        "]", "%5D"
    )
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:100 900;src:url("file://{font}")}}'
        for family in ("Brief Inter", "Brief Inter Display")
    )
    style = faces + re.sub(r"@font-face[^}]*}", "", style_text("brief")) + style_text("a4")
    return brief_html(brief, annex=True).replace("</head>", f"<style>{style}</style></head>")


def requeue_given_up(keys: list[int]) -> int:
    """Press Retry for each brief that lost its worker on all its attempts."""
    failed = Brief.objects.filter(pk__in=keys, state=Brief.FAILED, error=outbox.OUT_OF_ATTEMPTS)
    return sum(outbox.brief_requeue(key) for key in failed.values_list("pk", flat=True))


def states(keys: list[int]) -> dict[str, int]:
    """How many of these briefs are in which state."""
    rows = Brief.objects.filter(pk__in=keys).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def tallied(keys: list[int]) -> dict[str, int]:
    """What became of briefs: ready, failed, waiting, lost, made twice, torn, most attempts."""
    mine, found = Brief.objects.filter(pk__in=keys), states(keys)
    ready, failed = found.get("ready", 0), found.get("failed", 0)
    finished = mine.annotate(n=Count("history", filter=Q(history__outcome=BriefAttempt.READY)))
    return {
        "briefs": len(keys),
        "ready": ready,
        "failed": failed,
        "waiting": sum(found.values()) - ready - failed,
        "lost": len(keys) - sum(found.values()),
        "twice": finished.filter(n__gt=1).count(),
        "torn": sum(not pdf_intact(row.file, row.sha256) for row in mine.filter(state="ready")),
        "most": mine.aggregate(most=Max("attempts"))["most"] or 0,
    }
