"""Rulebook editions: draft, save, publish, publish again. The highest published number decides.

A draft is a text somebody works on; publishing gives it a number and freezes it for ever. Going back is
publishing an earlier text again, under a new number, so what decided when is never in doubt.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import AuditEvent, User
from rolematcher.rules import RulebookError, rulebook_read, shipped_text
from rolematcher.web.names import said

from .check import EditionError, edition_check
from .models import Edition, rulebook_of, text_hash


class EditionConflict(Exception):
    """Somebody else saved or published meanwhile. `theirs` is what is stored now."""

    def __init__(self, message: str, theirs: Edition) -> None:
        super().__init__(message)
        self.theirs = theirs


class EditionInvalid(ValueError):
    """The text cannot be published as it is. `errors` says where and how to cure it."""

    def __init__(self, errors: tuple[EditionError, ...]) -> None:
        super().__init__(
            _("The rulebook has %(count)s errors; publish it when none is left.") % {"count": len(errors)}
        )
        self.errors = errors


def edition_current() -> Edition:
    """The edition that decides now. Raises Edition.DoesNotExist before the first is published."""
    return Edition.objects.current()


def edition_packaged() -> Edition:
    """The shipped rulebook as an edition that is not saved: what decides where no database is set up."""
    text = shipped_text()
    return Edition(number=1, state=Edition.PUBLISHED, text=text, sha256=text_hash(text))


def text_said(text: str) -> str:
    """A text of a rulebook in the active language."""
    return said(text)


def edition_first_load() -> Edition | None:
    """Bring the shipped rulebook into the database. Twice is harmless; returns what was made, if anything.

    A new database gets it published as edition 1. Where editions exist already, a shipped text that
    was never seen here becomes a draft: an upgrade never changes advice by itself, somebody compares
    and publishes. A draft that was thrown away stays away, because the audit trail remembers its text.

    Raises RulebookError where the shipped text is wrong.
    """
    text = shipped_text()
    sha256 = text_hash(text)
    seen = AuditEvent.objects.filter(verb="edition.shipped", detail__sha256=sha256)
    if Edition.objects.filter(sha256=sha256).exists() or seen.exists():
        return None
    current = Edition.objects.published().first()
    edition = Edition(text=text, sha256=sha256, based_on=current)
    edition.title = rulebook_of(edition).title
    if current is None:
        edition.state, edition.number, edition.published_at = Edition.PUBLISHED, 1, timezone.now()
        edition.reason = _("The edition this product was shipped with.")
    try:
        with transaction.atomic():
            edition.save()
            audit("edition.shipped", edition, actor=None, sha256=sha256, number=edition.number)
    except IntegrityError:
        # Another process set the same new database up at the same moment.
        return None
    return edition


def edition_draft(user: User | None, *, text: str | None = None, based_on: Edition | None = None) -> Edition:
    """A new draft: of a text that was loaded, else a copy of `based_on`, else of the current edition.

    Raises PermissionDenied without the right (`user` None is the command line), Edition.DoesNotExist.
    """
    if user is not None and not user.has_perm("editions.add_edition"):
        raise PermissionDenied
    base = based_on or Edition.objects.published().first()
    if text is None:
        if base is None:
            raise Edition.DoesNotExist
        text = base.text
    text = text_plain(text)
    with transaction.atomic():
        edition = Edition.objects.create(
            title=_title_of(text, base),
            text=text,
            sha256=text_hash(text),
            based_on=base,
            created_by=user,
            saved_by=user,
        )
        audit("edition.drafted", edition, actor=user, based_on=base.number if base else None)
    return edition


def edition_save(edition: Edition, *, user: User, text: str, seen: int) -> Edition:
    """Keep a draft's text, right or wrong. `seen` is the version the page showed.

    Raises EditionConflict where somebody saved or published meanwhile, PermissionDenied.
    """
    if not user.has_perm("editions.change_edition"):
        raise PermissionDenied
    text = text_plain(text)
    with transaction.atomic():
        mine = Edition.objects.filter(pk=edition.pk, state=Edition.DRAFT, saved_version=seen)
        saved = mine.update(
            text=text,
            sha256=text_hash(text),
            title=_title_of(text, edition),
            saved_version=seen + 1,
            saved_by=user,
            changed_at=timezone.now(),
        )
        if saved:
            audit("edition.saved", edition, actor=user, version=seen + 1)
    if not saved:
        raise EditionConflict(
            _("Somebody saved this draft meanwhile. Your text is below; theirs is beside it."),
            Edition.objects.get(pk=edition.pk),
        )
    edition.refresh_from_db()
    return edition


def edition_discard(edition: Edition, *, user: User) -> None:
    """Throw a draft away. Raises PermissionDenied without the right and for a published edition."""
    if not user.has_perm("editions.delete_edition") or edition.state != Edition.DRAFT:
        raise PermissionDenied
    with transaction.atomic():
        audit("edition.discarded", edition, actor=user)
        Edition.objects.filter(pk=edition.pk, state=Edition.DRAFT).delete()


def edition_replay_seen(edition: Edition, *, user: User) -> None:
    """Note that somebody looked at what a draft, as it is saved now, changes in past decisions."""
    if edition.state == Edition.DRAFT and user.has_perm("editions.publish_edition"):
        Edition.objects.filter(pk=edition.pk, saved_version=edition.saved_version).update(
            replay_seen=edition.saved_version
        )
        edition.replay_seen = edition.saved_version


def edition_publish(edition: Edition, *, user: User, reason: str, seen: int) -> Edition:
    """Give a checked draft the next number; from now on it decides.

    Asks that its replay was looked at and, with the setting RULES_SECOND_PERSON, that somebody else saved it.

    Raises PermissionDenied, ValueError (no reason, no change, not looked at), EditionInvalid,
    EditionConflict.
    """
    _may_publish(edition, user, reason)
    if edition.replay_seen != edition.saved_version and edition.decided_before():
        raise ValueError(
            _("Look at the replay first: it names the past decisions that would come out otherwise.")
        )
    if settings.RULES_SECOND_PERSON and edition.saved_by_id == user.pk:
        raise ValueError(_("You saved this draft; here a second person publishes it."))
    current = Edition.objects.published().first()
    if current is not None and current.sha256 == edition.sha256:
        raise ValueError(
            _("This is word for word the edition that decides now; there is nothing to publish.")
        )
    try:
        with transaction.atomic():
            published = Edition.objects.filter(pk=edition.pk, state=Edition.DRAFT, saved_version=seen).update(
                **_published(user, reason)
            )
            if published:
                edition.refresh_from_db()
                audit("edition.published", edition, actor=user, number=edition.number, sha256=edition.sha256)
    except IntegrityError:
        published = 0
    if not published:
        raise EditionConflict(
            _("Somebody saved or published meanwhile. Look at it again before publishing."),
            Edition.objects.get(pk=edition.pk),
        )
    return edition


def edition_again(edition: Edition, *, user: User, reason: str) -> Edition:
    """Publish an earlier edition's text again, under the next number: going back.

    Raises PermissionDenied, ValueError without a reason or where it decides already, EditionInvalid.
    """
    _may_publish(edition, user, reason)
    if edition.state != Edition.PUBLISHED:
        raise ValueError(_("Only a published edition can be published again."))
    if edition.sha256 == Edition.objects.current().sha256:
        raise ValueError(_("This text decides already."))
    with transaction.atomic():
        again = Edition.objects.create(
            title=edition.title,
            text=edition.text,
            sha256=edition.sha256,
            based_on=edition,
            created_by=user,
            **_published(user, reason),
        )
        audit("edition.published", again, actor=user, number=again.number, again=edition.number)
    return again


def text_plain(text: str) -> str:
    """The text as it is stored: line ends as in git, one at the end, no byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return f"{plain.rstrip()}\n"


def _may_publish(edition: Edition, user: User, reason: str) -> None:
    if not user.has_perm("editions.publish_edition"):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError(_("Say why it is published; everybody who asks later reads this."))
    checked = edition_check(edition.text)
    if checked.errors:
        raise EditionInvalid(checked.errors)


def _published(user: User, reason: str) -> dict[str, object]:
    """What makes an edition the one that decides: the next number, and who published it when and why."""
    last = Edition.objects.aggregate(last=Max("number"))["last"] or 0
    return {
        "state": Edition.PUBLISHED,
        "number": last + 1,
        "reason": reason.strip(),
        "published_by": user,
        "published_at": timezone.now(),
    }


def _title_of(text: str, base: Edition | None) -> str:
    try:
        return rulebook_read(text).title
    except RulebookError:
        return base.title if base else ""
