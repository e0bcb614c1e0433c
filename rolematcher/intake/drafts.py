"""Drafts: raw answers go in, a saved draft comes out; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.decisions.models import UNDO, Decision

from .models import Draft
from .raw import answers_from


class DraftConflict(Exception):
    """Another tab or device saved this draft meanwhile. `draft` is what is stored now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.public_id))
        self.draft = draft


def draft_begin(
    user: User,
    raw: Mapping[str, object],
    *,
    public_id: uuid.UUID | None = None,
    tab: str = "",
    version_of: Decision | None = None,
) -> Draft:
    """The draft of a form; the same `public_id` sent again is the same draft, with what was sent last."""
    made, new = Draft.objects.get_or_create(
        public_id=public_id or uuid.uuid4(),
        owner=user,
        defaults={"fields": dict(raw), "saved_by": tab, "new_version_of": version_of},
    )
    return made if new else draft_save(made, raw, seen=made.saved_version, tab=tab)


@transaction.atomic
def draft_save(
    draft: Draft,
    given: Mapping[str, object],
    *,
    seen: int,
    tab: str,
    asked: Iterable[str] = (),
    overwrite: bool = False,
) -> Draft:
    """Put these answers into the draft, right or wrong; the others stay. `asked` are questions she was put.

    `seen` is the version this page last knew, `tab` names the browser tab, whose autosave and the button that
    follows are two requests at one time. `overwrite` says that somebody has read the warning and means it.
    Raises DraftConflict.
    """
    draft.refresh_from_db(from_queryset=Draft.objects.select_for_update())
    raw = {**draft.raw, **given}
    put = [*draft.asked, *(id for id in asked if id not in draft.asked)]
    if answers_from(raw) == answers_from(draft.raw) and put == draft.asked:
        return draft
    if draft.saved_version != seen and draft.saved_by != tab and not overwrite:
        raise DraftConflict(draft)
    draft.fields, draft.asked, draft.saved_by = raw, put, tab
    draft.saved_version += 1
    draft.save()
    return draft


def draft_delete(draft: Draft) -> None:
    """Take a draft out of the list; for a week it can be brought back."""
    Draft.objects.filter(pk=draft.pk, deleted_at=None).update(deleted_at=timezone.now())


def draft_undelete(draft: Draft) -> None:
    """Bring a deleted draft back."""
    Draft.objects.filter(pk=draft.pk).update(deleted_at=None)


def drafts_purge(*, now: dt.datetime) -> int:
    """Remove for good what was deleted more than a week ago; returns how many. Twice is harmless."""
    return Draft.objects.filter(deleted_at__lt=now - UNDO).delete()[1].get("intake.Draft", 0)


def drafts_open(user: User, most: int = 20) -> list[Draft]:
    """What she has begun and not finished, newest first; `replies` counts answers of managers to look at."""
    waiting = Q(manager_requests__answered_at__isnull=False, manager_requests__settled_at=None)
    begun = Draft.objects.filter(owner=user, became=None, deleted_at=None).annotate(
        replies=Count("manager_requests", filter=waiting)
    )
    return list(begun.order_by("-changed_at")[:most])
