"""Drafts: field values of a form being filled in go in, a saved draft comes out; nothing typed is lost."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from rolematcher.accounts.models import User
from rolematcher.decisions.models import Decision

from .models import Draft

MOST_CHARACTERS = 60_000
"""All fields of one draft together. The longest valid form has about 7,000."""


class DraftConflict(Exception):
    """Another tab or device saved this draft meanwhile. `draft` is what is stored now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.public_id))
        self.draft = draft


class DraftTooLong(Exception):
    """More text than a draft keeps; the page says so and keeps what was typed on the screen."""


def draft_save(
    public_id: uuid.UUID,
    *,
    user: User,
    fields: dict[str, Any],
    seen: int,
    tab: str,
    version_of: Decision | None = None,
    overwrite: bool = False,
) -> Draft:
    """Keep the fields as they are, right or wrong. The first save of a form makes its draft.

    `seen` is the version this page last knew (0 for a new form), `tab` names the browser tab.
    `overwrite` says that somebody has read the warning and means it.

    Raises Draft.DoesNotExist where the draft is not hers or gone, DraftConflict, DraftTooLong.
    """
    if sum(len(str(value)) for value in fields.values()) > MOST_CHARACTERS:
        raise DraftTooLong
    if seen == 0:
        try:
            with transaction.atomic():
                return Draft.objects.create(
                    public_id=public_id, owner=user, fields=fields, saved_by=tab, new_version_of=version_of
                )
        except IntegrityError:
            pass  # made by an earlier save of this form whose answer never arrived, or by another tab
    draft = Draft.objects.get(public_id=public_id, owner=user)
    if draft.fields == fields:
        return draft
    if draft.saved_version != seen and draft.saved_by != tab and not overwrite:
        raise DraftConflict(draft)
    saved = Draft.objects.filter(pk=draft.pk, saved_version=draft.saved_version).update(
        fields=fields, saved_version=F("saved_version") + 1, saved_by=tab, changed_at=timezone.now()
    )
    draft.refresh_from_db()
    if not saved:
        raise DraftConflict(draft)
    return draft


def draft_done(public_id: uuid.UUID, *, user: User, decision: Decision) -> None:
    """The form became a decision: its draft leaves the list of open ones, and stays as history."""
    Draft.objects.filter(public_id=public_id, owner=user).update(became=decision)


def draft_delete(draft: Draft) -> None:
    """Throw a draft away, with the questions that were sent out for it."""
    draft.delete()


def drafts_open(user: User, most: int = 20) -> list[Draft]:
    """What she has begun and not finished, newest first; `replies` counts answers of managers to look at."""
    waiting = Q(manager_requests__answered_at__isnull=False, manager_requests__settled_at=None)
    begun = Draft.objects.filter(owner=user, became=None).annotate(
        replies=Count("manager_requests", filter=waiting)
    )
    return list(begun.order_by("-changed_at")[:most])
