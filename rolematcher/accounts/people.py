"""Who may do what: the three groups with exactly their rights."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from .models import RECRUITERS, REVIEWERS, RULES_EDITORS, User

FIGURES = "rateobservation conversionfact exchangerate"


def _rights(verbs: str, things: str) -> tuple[str, ...]:
    """Each verb for each thing."""
    return tuple(f"{verb}_{thing}" for thing in things.split() for verb in verbs.split())


RIGHTS: dict[str, tuple[str, ...]] = {
    RECRUITERS: _rights("view override export", "decision"),
    REVIEWERS: (
        *_rights("view review override export", "decision"),
        *_rights("view retry", "brief job"),
        *_rights("view resend", "webhookmessage"),
        *_rights("view", f"sharelink webhook auditevent edition {FIGURES}"),
    ),
    RULES_EDITORS: (
        *_rights("view add change delete", f"edition startingpoint {FIGURES}"),
        *_rights("publish", "edition"),
        *_rights("import", "rateobservation"),
    ),
}
"""Rights by group. A recruiter's reach is narrowed further by `Decision.objects.visible_to`: her own and
her team's. Accounts, teams and erasing a client are the administrator's (a superuser)."""


@transaction.atomic
def groups_ensure() -> None:
    """Make the three groups, or set them back to exactly their rights. Twice is harmless.

    An operator who wants other rights makes a group of another name; that one is never touched.
    """
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("rolematcher.")]
    known = {right.codename: right for right in Permission.objects.filter(content_type__app_label__in=ours)}
    for name, codenames in RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([known[codename] for codename in codenames])


@transaction.atomic
def person_join(person: User, group: str) -> None:
    """Put somebody into one of the three groups; all three may look at the admin, each at its own part."""
    person.groups.add(Group.objects.get(name=group))
    if not person.is_staff:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
