"""Links for approvers that no mail reaches. In: an approval just sent. Out: who gets which."""

from __future__ import annotations

from django import template

from rolematcher.decisions.approval import Approval, Approver, approval_of
from rolematcher.decisions.models import Decision
from rolematcher.sharing.approvals import links_to_hand_on
from rolematcher.sharing.services import mail_is_printed

register = template.Library()


@register.simple_tag
def approval_asked(decision: Decision) -> Approval | None:
    """The asking that counts, with its approvers."""
    return approval_of(decision)


@register.simple_tag
def approval_links(approval: Approval) -> list[tuple[Approver, str]]:
    """Where no mail server is set up, those of everybody."""
    return list(links_to_hand_on(approval, all_of_them=mail_is_printed()))
