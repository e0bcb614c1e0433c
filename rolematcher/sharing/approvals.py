"""Sending a decision for approval: the form of whom to ask, links, mails, the answer, the reminder. No pages.

What is asked and answered is kept by `decisions.approval_verbs`; this adds how people are reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from secrets import token_hex
from typing import TypedDict
from urllib.parse import urljoin

from django import forms
from django.core.validators import EmailValidator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request
from rolematcher.decisions.approval import WAITING, Approval, Approver
from rolematcher.decisions.approval_verbs import Asked, approval_answer, approval_ask
from rolematcher.decisions.models import Decision
from rolematcher.editions.fields import TextField
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_enqueue
from rolematcher.web.rate_limit import slow_down

from .links import DAYS, LinkClosed, secret_derived, secret_hash
from .models import ApproverLink
from .services import mail_is_printed

SENDINGS = {"most": 20, "seconds": 3600}
RIGHTS = "django.contrib.auth.backends.ModelBackend"
ROWS = range(1, 6)
ORDERS = [("order", lazy("one after the other, as they stand here")), ("once", lazy("all at once"))]


class Sending(TypedDict):
    """Whom to ask, one after the other or not, and for how many days a link works."""

    people: list[Asked]
    in_order: bool
    days: int


class ApprovalForm(forms.Form):
    """Up to five people, in which order, and how long their links work.

    Row N has `colleague_N` (a sign-in name), or `name_N` with or without `email_N`.
    """

    order = forms.ChoiceField(
        label=lazy("Ask them"), choices=ORDERS, initial="order", widget=forms.RadioSelect(), required=False
    )
    days = forms.TypedChoiceField(
        label=lazy("A link works for"),
        choices=DAYS,
        initial="14",
        coerce=int,
        empty_value=14,  # type: ignore[arg-type]
        required=False,
    )

    def __init__(self, data: object = None, *, colleagues: Sequence[User], **given: object) -> None:
        """`colleagues`: who can be asked by account."""
        super().__init__(data, **given)  # type: ignore[arg-type]
        self.colleagues = {user.username: user for user in colleagues}
        known = [("", lazy("somebody without an account")), *((u.username, u.shown_name) for u in colleagues)]
        for number in ROWS:
            self.fields[f"colleague_{number}"] = forms.ChoiceField(choices=known, required=False)
            self.fields[f"name_{number}"] = TextField(most=120, required=False)
            self.fields[f"email_{number}"] = email = TextField(most=200, required=False)
            email.validators.append(EmailValidator(_("This is not an e-mail address; check it.")))

    def clean(self) -> dict[str, object]:
        """Every row that was begun is whole, and nobody is asked twice."""
        given = super().clean() or {}
        for number in ROWS:
            begun = str(self[f"email_{number}"].data or "").strip()
            if begun and given.get(f"name_{number}") == "":
                self.add_error(f"name_{number}", _("Give the name too; it is printed in the brief."))
        if not self.errors:
            people = [one.user or (one.name, one.email) for one in self.people]
            if not people:
                raise forms.ValidationError(_("Name at least one person."))
            if len(people) != len(set(people)):
                raise forms.ValidationError(_("One person stands there twice."))
        return given

    @property
    def people(self) -> list[Asked]:
        """The rows that were filled in."""
        found = []
        for number in ROWS:
            user = self.colleagues.get(self.cleaned_data.get(f"colleague_{number}", ""))
            name, email = (self.cleaned_data.get(f"{what}_{number}", "") for what in ("name", "email"))
            if user is not None:
                found.append(Asked(user.shown_name, user=user))
            elif name:
                found.append(Asked(name, email))
        return found

    @property
    def sending(self) -> Sending:
        """How `approval_send` takes it."""
        given = self.cleaned_data
        return {"people": self.people, "in_order": given["order"] != "once", "days": given["days"]}

    def rows(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each row for the page."""
        for number in ROWS:
            yield number, self[f"colleague_{number}"], self[f"name_{number}"], self[f"email_{number}"]


def colleagues_of(decision: Decision, user: User) -> QuerySet[User]:
    """Whom this person can ask by account: who may see the decision, but for its owner and herself."""
    may_see = Q(pk__in=User.objects.with_perm("decisions.review_decision", backend=RIGHTS).values("pk"))
    if decision.team_id:
        may_see |= Q(team_id=decision.team_id)
    found = User.objects.filter(may_see, is_active=True)
    return found.exclude(pk__in=[decision.owner_id, user.pk]).order_by("username")


def approval_send(
    decision: Decision,
    *,
    user: User,
    people: Sequence[Asked],
    in_order: bool,
    days: int,
    language: str,
    site: str,
) -> Approval:
    """Ask these people: by mail where there is an address, by a link to hand on where there is none.

    Raises ValueError as `approval_ask` does, TooMany where one person sends very often.
    """
    slow_down("approval", str(user.pk), **SENDINGS)
    with transaction.atomic():
        brief_request(decision, user=user, audience=Brief.CLIENT, language=language)
        approval = approval_ask(
            decision, user=user, people=people, in_order=in_order, language=language, site=site
        )
        ends = timezone.now() + timedelta(days=days)
        for approver in approval.approvers.filter(user=None):
            nonce = token_hex(32)
            hashed = secret_hash(secret_derived("approver", nonce))
            ApproverLink.objects.create(approver=approver, nonce=nonce, secret_hash=hashed, expires_at=ends)
        _mail_whose_turn(approval)
    return approval


def links_to_hand_on(approval: Approval) -> list[tuple[Approver, str]]:
    """Approvers whom no mail reaches (all of them where no mail server is set up), each with the address."""
    everybody = mail_is_printed()
    outside = approval.approvers.filter(user=None).select_related("link")
    return [(one, approver_address(one)) for one in outside if everybody or not one.email]


def approver_address(approver: Approver) -> str:
    """Where this person answers."""
    if approver.user_id:
        path = reverse("approval_colleague", args=[approver.pk])
    else:
        path = reverse("approval_reply", args=[approver.link.secret])
    return urljoin(approver.approval.site, path)


def approver_by(secret: str) -> Approver:
    """The person behind a link that works, their turn or not. Raises LinkClosed."""
    known = ApproverLink.objects.select_related("approver__approval__decision", "approver__user")
    link = known.filter(secret_hash=secret_hash(secret)).first()
    if link is None or not (link.open or link.approver.answered_at):
        raise LinkClosed
    approval = link.approver.approval
    if approval.withdrawn_at or approval.decision.deleted_at:
        raise LinkClosed
    return link.approver


def approval_reply(
    approver: Approver, *, answer: str, reason: str, role: str, recommendation: str, seen: int
) -> None:
    """Keep the answer; whoever asked is mailed, and whoever comes next. Raises as `approval_answer` does."""
    with transaction.atomic():
        new = approval_answer(
            approver, answer=answer, reason=reason, role=role, recommendation=recommendation, seen=seen
        )
        if new:
            key, payload = f"approval_answered:{approver.pk}", {"approver": approver.pk}
            job_enqueue("approval_answered", payload, key=key, priority=Job.ON_REQUEST)
            _mail_whose_turn(approver.approval)


def approvers_remind(*, days: int) -> int:
    """Mail once more who was asked so many days ago and has not answered; how many. 0 days: nobody."""
    if not days:
        return 0
    now = timezone.now()
    waiting = Approver.objects.filter(
        asked_at__lt=now - timedelta(days=days),
        answered_at=None,
        reminded_at=None,
        approval__withdrawn_at=None,
        approval__decision__approval=WAITING,
        approval__decision__deleted_at=None,
    ).exclude(link__expires_at__lt=now)
    reminded = list(waiting.select_related("approval__decision")[:1000])
    for approver in reminded:
        with transaction.atomic():
            if Approver.objects.filter(pk=approver.pk, reminded_at=None).update(reminded_at=now):
                _mail(approver, reminder=True)
                audit("approval.reminded", approver.approval.decision, actor=None, number=approver.number)
    return len(reminded)


def _mail_whose_turn(approval: Approval) -> None:
    if approval.approvers.filter(answer=Approver.BACK).exists():
        return
    for approver in approval.approvers.exclude(asked_at=None).filter(answered_at=None):
        _mail(approver)


def _mail(approver: Approver, *, reminder: bool = False) -> None:
    if approver.user_id or approver.email:
        key = f"approval_mail:{approver.pk}:{int(reminder)}"
        payload = {"approver": approver.pk, "reminder": int(reminder)}
        job_enqueue("approval_mail", payload, key=key, priority=Job.ON_REQUEST)
