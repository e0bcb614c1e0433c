"""Asking for approval and answering: the form of an answer, and the verbs. Nothing is approved by reading.

In: a decision and people, or an approver and what they said. Out: rows, an override where they chose another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.editions.fields import TextField
from rolematcher.web.names import RECOMMENDATION, ROLE

from .approval import WAITING, Approval, Approver, approval_end, approval_restate
from .models import Decision
from .override import OverrideForm, decision_override
from .services import DecisionConflict
from .signals import documents_due, happened


class ApprovalClosed(Exception):
    """It was answered, withdrawn, sent back by another, or it is not this person's turn."""


@dataclass(frozen=True)
class Asked:
    """Somebody to ask: a name with or without an e-mail address, or a colleague's account."""

    name: str
    email: str = ""
    user: User | None = None


class AnswerForm(forms.Form):
    """What an approver says: yes, back with a reason, or another recommendation, which is an override.

    `may_override`: is the third offered? Its fields are checked by the form of every override.
    """

    answer = forms.ChoiceField(
        label=lazy("Your answer"),
        choices=[
            (Approver.YES, lazy("I approve it")),
            (Approver.BACK, lazy("I send it back")),
            (Approver.OTHER, lazy("I approve another recommendation")),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": lazy("Choose one.")},
    )
    role = forms.ChoiceField(label=lazy("Role"), choices=list(ROLE.items()), required=False)
    recommendation = forms.ChoiceField(
        label=lazy("What to do"), choices=list(RECOMMENDATION.items()), required=False
    )
    reason = TextField(label=lazy("Reason"), most=2_000, lines=40, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10_000)

    def __init__(self, data: object = None, *, name: str, may_override: bool, **given: object) -> None:
        """`name` is the approver's, printed as who agreed."""
        super().__init__(data, **given)  # type: ignore[arg-type]
        self.name = name
        field = self.fields["answer"]
        if not may_override:
            field.choices = field.choices[:2]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Sending back needs a reason; another recommendation all that an override needs."""
        given = super().clean() or {}
        if given.get("answer") == Approver.BACK and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say what should change, so that it can be fixed."))
        if given.get("answer") == Approver.OTHER and not self.errors:
            other = OverrideForm({**given, "agreed_with": self.name})
            for field, wrong in other.errors.items():
                self.add_error(field if field in self.fields else None, [str(one) for one in wrong])
        return given


def approval_ask(
    decision: Decision, *, user: User, people: Sequence[Asked], in_order: bool, language: str, site: str
) -> Approval:
    """Ask these people about the decision as it stands. An earlier asking that is answered is put aside.

    Raises ValueError while others are still asked, or for an old version.
    """
    if decision.approval == WAITING:
        raise ValueError(_("It is waiting for approval already. Withdraw that first."))
    if decision.versions().filter(version__gt=decision.version).exists():
        raise ValueError(_("There is a newer version. Ask for its approval instead."))
    with transaction.atomic():
        Decision.objects.select_for_update().get(pk=decision.pk)
        approval_end(decision)
        approval = Approval.objects.create(
            decision=decision, asked_by=user, in_order=in_order, language=language, site=site[:200]
        )
        for number, one in enumerate(people, start=1):
            asked_at = timezone.now() if number == 1 or not in_order else None
            approval.approvers.create(number=number, asked_at=asked_at, **vars(one))
        _said_anew(decision, user, language)
        audit("approval.asked", decision, actor=user, approval=approval.pk, people=len(people))
    return approval


def approval_withdraw(decision: Decision, *, user: User, language: str) -> None:
    """Nobody is asked any more; answers given stay in the record. Nothing where nobody was asked."""
    with transaction.atomic():
        if decision.approvals.filter(withdrawn_at=None).exists():
            approval_end(decision)
            documents_due.send(Decision, decisions=[decision], user=user, language=language)
            audit("approval.withdrawn", decision, actor=user)


def approval_answer(
    approver: Approver, *, answer: str, reason: str, role: str, recommendation: str, seen: int
) -> bool:
    """Keep what `AnswerForm` read, once; the same again changes nothing. Was it new?

    Another recommendation is an override: by a colleague herself, else by who asked, agreed with them.

    Raises ApprovalClosed, PermissionDenied without the right to override, and DecisionConflict where there
    are not `seen` overrides any more: nobody approves what they have not seen.
    """
    with transaction.atomic():
        # One answer at a time: two people at once must each see what the other said.
        decision = Decision.objects.select_for_update().get(pk=approver.approval.decision_id)
        approver = Approver.objects.select_related("approval__asked_by", "user").get(pk=approver.pk)
        if (approver.answer, approver.reason) == (answer, reason) and not approver.approval.withdrawn_at:
            return False
        if not approver.may_answer or decision.deleted_at:
            raise ApprovalClosed
        if decision.overrides.count() != seen:
            raise DecisionConflict(_("It was changed meanwhile. Read it again, then answer."))
        approver.answer, approver.reason, approver.answered_at = answer, reason, timezone.now()
        approver.overrides = seen + (answer == Approver.OTHER)
        approver.save(update_fields=["answer", "reason", "overrides", "answered_at"])
        following = approver.approval.approvers.filter(asked_at=None).first()
        if following is not None and answer != Approver.BACK:
            following.asked_at = timezone.now()
            following.save(update_fields=["asked_at"])
        by, language = approver.user or approver.approval.asked_by, approver.approval.language
        if answer == Approver.OTHER:
            other = {"role": role, "recommendation": recommendation, "reason": reason}
            agreed_with = approver.shown_name
            decision_override(
                decision, user=by, seen=seen, language=language, agreed_with=agreed_with, **other
            )
        else:
            _said_anew(decision, by, language)
        data = {"approver": approver.number, "answer": answer, "approval": decision.approval}
        happened.send(Decision, event="approval.answered", decisions=[decision], data=data)
        noted = {"approval": approver.approval_id, "number": approver.number, "answer": answer}
        audit("approval.answered", decision, actor=approver.user, **noted)
    return True


def may_override(approver: Approver) -> bool:
    """May this person approve another recommendation? A colleague by her own right, others by the asker's."""
    return (approver.user or approver.approval.asked_by).has_perm("decisions.override_decision")


def _said_anew(decision: Decision, user: User, language: str) -> None:
    approval_restate(decision)
    documents_due.send(Decision, decisions=[decision], user=user, language=language)
