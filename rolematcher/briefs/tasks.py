"""What the worker does. In: the id of a brief. Out: its row ready, set back or failed. Twice is harmless.

A message is only a wake-up: the row says whether there is anything to do (`states.py`). A worker may die
at any line here; the lease then runs out and a sweep wakes the next one.
"""

from __future__ import annotations

import logging
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.utils import translation

from hiring.logs import request_id, request_named

from . import pdf_files
from . import states as outbox
from .content import Audience, content_of
from .house import house_head
from .models import Brief
from .pdf import brief_pdf
from .word import brief_docx

log = logging.getLogger(__name__)

MAKERS = {Brief.PDF: brief_pdf, Brief.DOCX: brief_docx}
AUDIENCE: dict[str, Audience] = {Brief.HOUSE: "house", Brief.CLIENT: "client"}
OWNED = ("decision__owner", "decision__edition", "decision__profiles")

MAY_PASS = (OSError, DatabaseTrouble, MemoryError, SoftTimeLimitExceeded)
"""What stands in the way only for now: disk, database, memory, time. Everything else stays as it is."""


def worker_name() -> str:
    """This process, as the history of attempts names it."""
    return f"{socket.gethostname()}:{os.getpid()}"


def brief_wake(brief_id: int) -> bool:
    """Tell the workers that a brief is due. False where the broker cannot be reached: a sweep will tell them.

    Never raises and never retries: the row is already safe, and the page must not wait for a broker.
    """
    try:
        brief_make.apply_async((brief_id, request_id.get()), retry=False)
    except Exception:
        # Each transport has its own errors (that for files raises FileNotFoundError), so all of them count.
        log.warning("brief not announced", extra={"brief": brief_id}, exc_info=True)
        return False
    return True


@shared_task(name="brief.make")
def brief_make(brief_id: int, asked_by: str = "") -> None:
    """Make one brief if it is due. `asked_by` is the id of the request that asked for it."""
    with request_named(asked_by):
        claim = outbox.brief_claim(brief_id, worker=worker_name())
        if claim is None:
            return
        try:
            held = _make(claim)
            log.info("brief made", extra={"brief": brief_id, "attempt": claim.attempt, "held": held})
        except MAY_PASS as trouble:
            log.warning("brief set back", extra={"brief": brief_id, "attempt": claim.attempt}, exc_info=True)
            outbox.brief_set_back(claim, _words(trouble))
        except Exception as fault:
            log.exception("brief failed", extra={"brief": brief_id, "attempt": claim.attempt})
            outbox.brief_fail(claim, _words(fault))


def _make(claim: outbox.Claim) -> bool:
    """Write the brief and keep its file. False where somebody else made it meanwhile."""
    brief = Brief.objects.select_related(*OWNED).get(pk=claim.brief_id)
    with translation.override(brief.language), limited():
        content = content_of(brief.decision, audience=AUDIENCE[brief.audience], house=house_head())
        made = MAKERS[brief.format](content, paper=brief.paper)
        stored = pdf_files.document_store(made.data, ending=brief.format)
    return outbox.brief_finish(claim, stored, pages=made.pages, missing_glyphs=bool(made.missing_glyphs))


def _words(fault: BaseException) -> str:
    """What the row says of an error: the sentence of our own ones, of others the kind alone.

    The text of a foreign exception may quote what somebody typed.
    """
    own = type(fault).__module__.startswith("rolematcher.")
    return f"{type(fault).__name__}: {fault}" if own else type(fault).__name__


@contextmanager
def limited() -> Iterator[None]:
    """Bound the memory and the file size of one render; the limits are lifted again for everything else.

    SQLite's own file is written by this process too and may be larger, hence not for good.
    """
    wanted = {
        resource.RLIMIT_DATA: settings.BRIEF_MEMORY_MB * 1024 * 1024,
        resource.RLIMIT_FSIZE: pdf_files.MOST_BYTES + 1_000_000,
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


def sweep() -> outbox.Swept:
    """Give up hopeless briefs and wake workers for those due; stops early where the broker is away."""
    swept = outbox.briefs_sweep()
    woken = 0
    for brief_id in swept.due:
        if not brief_wake(brief_id):
            break
        woken += 1
    outbox.sweep_recorded(worker_name(), woken=woken)
    if woken or swept.given_up:
        log.info("swept", extra={"woken": woken, "given_up": swept.given_up})
    return replace(swept, woken=woken)
