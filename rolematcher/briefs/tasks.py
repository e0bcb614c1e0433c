"""The job that makes a brief. In: the job. Out: its file kept and its row saying so. Twice is harmless.

Only the worker loads this: the renderer is slow to import and belongs in no web process.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.timezone import now

from rolematcher.decisions.signals import happened
from rolematcher.outbox.kinds import Permanent, job_kind
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import LeaseLost, job_concluded
from rolematcher.web.files import StoredFile, file_discard, file_keep

from .content import Audience, content_of
from .house import house_head
from .made import BriefError, BriefFile
from .models import Brief
from .pdf import brief_pdf, renderer_warm
from .word import brief_docx

MAKERS = {Brief.PDF: brief_pdf, Brief.DOCX: brief_docx}
BEGINS = {Brief.PDF: b"%PDF-", Brief.DOCX: b"PK"}
AUDIENCE: dict[str, Audience] = {Brief.HOUSE: "house", Brief.CLIENT: "client"}
OWNED = ("decision__owner", "decision__edition", "decision__profiles")
MOST_BYTES = 50_000_000


@job_kind(
    "brief",
    soft=settings.BRIEF_SOFT_SECONDS,
    hard=settings.BRIEF_HARD_SECONDS,
    lease=settings.BRIEF_LEASE_SECONDS,
    warm=renderer_warm,
)
def brief_make(job: Job) -> None:
    """Make the brief and keep its file. Nothing stays of one that was erased or made by another meanwhile."""
    brief = Brief.objects.select_related(*OWNED).filter(job=job).first()
    if brief is None:
        raise LeaseLost  # erased: nobody waits for it
    try:
        with translation.override(brief.language), limited():
            content = content_of(brief.decision, audience=AUDIENCE[brief.audience], house=house_head())
            made = MAKERS[brief.format](content, paper=brief.paper)
    except BriefError as fault:
        raise Permanent(str(fault)) from fault
    if not made.data.startswith(BEGINS[brief.format]) or len(made.data) > MOST_BYTES:
        raise Permanent("The renderer gave no whole document of a sensible size.")
    stored = file_keep(made.data, folder="briefs", ending=brief.format)
    try:
        with job_concluded(job):
            _kept(brief, made, stored)
    except LeaseLost:
        file_discard(stored.name)
        raise


def _kept(brief: Brief, made: BriefFile, stored: StoredFile) -> None:
    """Say in the row where the file lies. Raises LeaseLost where the row is gone."""
    rows = Brief.objects.filter(pk=brief.pk).update(
        file=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        pages=made.pages,
        missing_glyphs=bool(made.missing_glyphs),
        ready_at=now(),
    )
    if not rows:
        raise LeaseLost
    data = {"brief": str(brief.public_id), "audience": brief.audience, "format": brief.format}
    happened.send(Brief, event="brief.ready", decisions=[brief.decision], data=data)


@contextmanager
def limited() -> Iterator[None]:
    """Bound the memory of one render, and the files it writes; lifted again for everything else.

    SQLite's own file is written by this process too and may be larger, hence not for good.
    """
    wanted = {
        resource.RLIMIT_DATA: settings.BRIEF_MEMORY_MB * 1024 * 1024,
        resource.RLIMIT_FSIZE: MOST_BYTES + 1_000_000,
    }
    before = {limit: resource.getrlimit(limit) for limit in wanted}
    for limit, most in wanted.items():
        hard = before[limit][1]
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        for limit, pair in before.items():
            resource.setrlimit(limit, pair)
