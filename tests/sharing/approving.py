"""Asking for approval and answering, as people do it on pages."""

from __future__ import annotations

import html

from django.test import Client

from rolematcher.decisions.approval import Approver
from rolematcher.decisions.models import Decision
from rolematcher.sharing.approvals import approver_address

OUTSIDE = {"name_1": "Maria Lopez", "email_1": "maria@client.example"}
TWO = OUTSIDE | {"name_2": "Jon Berg", "email_2": "jon@client.example"}


def asked(client, decision, **fields) -> list[Approver]:
    """Send it for approval by the form; the approvers in their order."""
    given = {"order": "order", "days": "14", **(fields or OUTSIDE)}
    answer = client.post(f"/briefs/{decision.public_id}/approval/", given)
    assert answer.status_code == 303, answer.content.decode()
    decision.refresh_from_db()
    return list(decision.approvals.first().approvers.all())


def address(approver) -> str:
    return approver_address(approver).removeprefix("http://testserver")


def answered(approver, answer="approve", *, client=None, seen=None, **more):
    """Answer behind the link, or signed in."""
    count = approver.approval.decision.overrides.count() if seen is None else seen
    return (client or Client()).post(address(approver), {"answer": answer, "seen": count, **more})


def state(decision) -> str:
    return Decision.objects.get(pk=decision.pk).approval


def words(answer) -> str:
    return html.unescape(answer.content.decode())
