"""Rulebook editions: the shipped text becomes the first edition; later shipped texts wait as drafts."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.engine.rulebook import rulebook_read
from rolematcher.models import AuditEvent, Edition
from rolematcher.packaged import packaged_text

from .audit import audit

SHIPPED = "rulebook.toml"


def text_hash(text: str) -> str:
    """The checksum an edition's text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def edition_first_load() -> Edition | None:
    """Bring the shipped rulebook into the database. Twice is harmless; returns what was made, if anything.

    A new database gets it published as edition 1. Where editions exist already, a shipped text that
    was never seen here becomes a draft: an upgrade never changes advice by itself, somebody compares
    and publishes. A draft that was thrown away stays away, because the audit trail remembers its text.

    Raises RulebookError where the shipped text is wrong.
    """
    text = packaged_text(SHIPPED)
    sha256 = text_hash(text)
    if Edition.objects.filter(sha256=sha256).exists():
        return None
    if AuditEvent.objects.filter(verb="edition.shipped", detail__sha256=sha256).exists():
        return None
    rulebook = rulebook_read(text)
    first = not Edition.objects.published().exists()
    with transaction.atomic():
        edition = Edition.objects.create(
            title=rulebook.title,
            text=text,
            sha256=sha256,
            state=Edition.PUBLISHED if first else Edition.DRAFT,
            number=1 if first else None,
            reason=_("The edition this product was shipped with.") if first else "",
            published_at=timezone.now() if first else None,
            based_on=None if first else Edition.objects.current(),
        )
        audit("edition.shipped", edition, actor=None, sha256=sha256, number=edition.number)
    return edition
