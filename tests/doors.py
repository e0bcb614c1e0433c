"""Every address of the product, and a world in which each of them leads somewhere.

In: the URL configuration. Out: names, addresses and people for the access matrix and the header snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from rolematcher.accounts.models import User
from rolematcher.api.batches import batch_make
from rolematcher.api.tokens import token_make
from rolematcher.briefs.models import Brief
from rolematcher.decisions.approval_verbs import Asked
from rolematcher.decisions.services import decision_make
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.intake.models import Draft
from rolematcher.rules import Answers
from rolematcher.sharing.approvals import approval_send
from rolematcher.sharing.managers import manager_request_make
from rolematcher.sharing.services import share_make
from rolematcher.sharing.webhooks import webhook_make
from rolematcher.web.files import file_keep

from .conftest import TODAY
from .fixtures_pages import signed

PEOPLE = ("nobody", "disabled", "stranger", "colleague", "owner", "reviewer", "administrator")
LOGIN, GONE, NO, METHOD, IN = "sign in", "not found", "forbidden", "method", "in"


def patterns(below: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the URL configuration with its full name."""
    for one in (below or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        else:
            yield f"{namespace}{one.name}", one


def addresses_of(name: str) -> Iterator[str]:
    """Where this page is with whatever key it takes; most name nothing that exists."""
    one = UUID(int=1)
    for key in ([], [1], [1, 1], ["1"], ["decisions"], [one], ["a" * 43], [one, 1], ["MQ", "x"]):
        with suppress(NoReverseMatch):
            yield reverse(name, args=key)


def page_names() -> set[str]:
    """The names of all addresses outside the admin and the API, whose callers are tried in tests/api."""
    return {name for name, _pattern in patterns() if not name.startswith(("admin:", "api:"))}


@dataclass
class World:
    """One recruiter's things, and a browser for each kind of person."""

    clients: dict[str, Client]
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address(self, name: str) -> str:
        """Where this page is, for the owner's things."""
        return reverse(name, kwargs=self.keys.get(name))

    def knock(self, who: str, method: str, name: str) -> str:
        """What somebody gets: sent to sign in, not found, forbidden, wrong method, or in."""
        answer = getattr(self.clients[who], method.lower())(self.address(name))
        # A test holds the database for itself, so that SQLite is not ready for anybody else.
        assert answer.status_code < 500 or name == "readyz", f"{method} {name} as {who}: {answer.status_code}"
        if answer.status_code == 302 and "/login/" in answer.url:
            return LOGIN
        return {401: LOGIN, 404: GONE, 403: NO, 405: METHOD}.get(answer.status_code, IN)


def browsers(people: dict[str, Any]) -> dict[str, Client]:
    """One for each kind of person; the disabled one was signed in before she was disabled."""
    found = {who: signed(user) for who, user in people.items()} | {"nobody": Client()}
    people["disabled"].is_active = False
    people["disabled"].save()
    return found


def keys_of(owner: Any, decision: Any) -> dict[str, dict[str, Any]]:
    """What each address needs: the owner's decision, draft, link, question and files."""
    brief = decision.briefs.get()
    stored = file_keep(b"%PDF-1.7\nwords\n%%EOF\n", folder="briefs", ending="pdf")
    Brief.objects.filter(pk=brief.pk).update(
        file=stored.name, sha256=stored.sha256, size=stored.size, pages=1
    )
    draft = Draft.objects.create(owner=owner, fields={"project": "Draft"})
    questions = rulebook_of(Edition.objects.current()).questions[:2]
    link, secret = share_make(decision, user=owner, label="", days=7, language="en")
    asked, manager_secret = manager_request_make(draft, user=owner, questions=questions, days=7)
    later = decision_make(Answers(work="agent"), user=owner, key="later", on=TODAY, version_of=decision)
    approval = approval_send(
        later,
        user=owner,
        people=[Asked("Ms Approver"), Asked("Rachel", user=User.objects.get(username="rachel"))],
        in_order=False,
        days=7,
        language="en",
        site="http://testserver/",
    )
    outside, colleague = approval.approvers.all()
    batch = batch_make(b"work\nconnect\n", user=owner, key="batch")
    webhook = webhook_make(
        user=owner, address="https://hooks.example/x", events=[], site="http://testserver/"
    )
    token, _secret = token_make(user=owner, name="Script", scopes=["read"], days=30)
    by_key = {
        "token_revoke": {"pk": token.pk},
        "batch batch_cancel batch_results batch_workbook batch_briefs": {"public_id": batch.public_id},
        "decision brief_request rating_sheet places job_posting occupation status_set override outcome share"
        " mail quote what_if version_begin"
        " manager_ask_decision": {"public_id": decision.public_id},
        "decision_delete decision_undelete": {"public_id": later.public_id},
        "decisions_export": {"form": "csv"},
        "advert": {"public_id": decision.public_id, "form": "txt"},
        "version_changes": {"public_id": later.public_id},
        "draft draft_text draft_check draft_questions draft_terms draft_make draft_all draft_sharper"
        " draft_keep draft_bring_back draft_drop manager_ask": {"public_id": draft.public_id},
        "draft_question": {"public_id": draft.public_id, "id": "work"},
        "brief_status brief_download": {"public_id": brief.public_id},
        "shared shared_pdf": {"secret": secret},
        "ask_close ask_settle": {"pk": asked.pk},
        "bulk_state bulk_download": {"key": "nothing"},
        "approval approval_withdraw": {"public_id": later.public_id},
        "approval_colleague": {"pk": colleague.pk},
        "approval_reply": {"secret": outside.link.secret},
        "webhook_on webhook_remove": {"public_id": webhook.public_id},
        "share_close": {"public_id": decision.public_id, "pk": link.pk},
        "manager_reply": {"secret": manager_secret},
        "password_reset_confirm": {"uidb64": "MQ", "token": "set-password"},
    }
    return {name: key for names, key in by_key.items() for name in names.split()}
