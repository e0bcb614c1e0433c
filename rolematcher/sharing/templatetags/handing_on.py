"""What the decision's page asks about handing on: mails, links for approvers that no mail reaches."""

from __future__ import annotations

from django import template

from rolematcher.decisions.approval import approval_of
from rolematcher.sharing.approvals import links_to_hand_on
from rolematcher.sharing.services import mail_is_printed, mail_note

register = template.Library()
register.filter(mail_note)
register.simple_tag(mail_is_printed)
register.simple_tag(approval_of, name="approval_asked")
register.simple_tag(links_to_hand_on, name="approval_links")
