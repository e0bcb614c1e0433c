"""What is kept only for so long: texts of old decisions, forgotten drafts, links that ended, sessions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.sessions.models import Session
from django.db import transaction

from rolematcher.decisions.models import Decision
from rolematcher.intake.models import Draft

from .models import ManagerRequest, ShareLink
from .privacy import Erased, decisions_erase, orphan_files_remove, search_forget

LINKS_KEPT = dt.timedelta(days=30)
"""An ended link stays so long, so that its opener can be told that it ended."""


@dataclass(slots=True)
class Retained:
    """What a run removed, or with `dry` would remove."""

    erased: Erased = field(default_factory=Erased)
    drafts: int = 0
    links: int = 0
    sessions: int = 0
    files: int = 0


def retention_run(*, days: int, now: dt.datetime, dry: bool = False) -> Retained:
    """Erase texts of decisions made more than `days` ago; clear away what has ended. Twice is harmless."""
    cutoff = now - dt.timedelta(days=days)
    done = Retained()
    keys = list(Decision.objects.filter(created_at__lt=cutoff, erased_at=None).values_list("pk", flat=True))
    drafts = Draft.objects.filter(changed_at__lt=cutoff, became=None)
    shares = ShareLink.objects.filter(expires_at__lt=now - LINKS_KEPT)
    requests = ManagerRequest.objects.filter(expires_at__lt=now - LINKS_KEPT, answered_at=None)
    sessions = Session.objects.filter(expire_date__lt=now)
    if dry:
        done.erased.decisions, done.drafts = len(keys), drafts.count()
        done.links, done.sessions = shares.count() + requests.count(), sessions.count()
        return done
    done.erased = decisions_erase(keys, actor=None, why="age")
    with transaction.atomic():
        done.drafts = drafts.delete()[1].get("intake.Draft", 0)
        done.links = shares.delete()[1].get("sharing.ShareLink", 0)
        done.links += requests.delete()[1].get("sharing.ManagerRequest", 0)
        done.sessions = sessions.delete()[0]
    done.files = orphan_files_remove(older_than=dt.timedelta(hours=1), now=now)
    search_forget()
    return done
