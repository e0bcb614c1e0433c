"""Whatever leaves the house is opened and searched: it holds nothing that its reader was not meant to see."""

from __future__ import annotations

import html
import json

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from rolematcher.decisions.models import Decision
from tests.briefs.made import CHATBOT
from tests.briefs.test_documents import scanned
from tests.sharing.test_approval import address, asked
from tests.sharing.test_share import send, shared

STRANGER = Client
SECRET = {"rules": "hire-one", "the description": "zebra-description", "the budget": "61,350"}


@pytest.fixture(autouse=True)
def fresh_counters(settings):
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def decision(decision_of, recruiter) -> Decision:
    recruiter.email = "rita-secret@example.org"
    recruiter.save()
    return decision_of(recruiter, **CHATBOT)


def found(everything: str, decision: Decision) -> list[str]:
    """What stands there and should not: names of things, rules that spoke among them."""
    everything = html.unescape(everything)
    rules = {step["rule"] for step in decision.verdict["reasons"]} | {
        one["rule"] for one in decision.verdict["advice"]
    }
    told = {name: word for name, word in SECRET.items() if word in everything}
    told |= {rule: rule for rule in rules if "-" in rule and rule in everything}
    never = (decision.owner.email, "61350", "EmbeddedFile", "decision.json")
    told |= {word: word for word in never if word in everything}
    return sorted(told)


def test_what_this_looks_for_stands_in_the_full_brief(decision, ready):
    with default_storage.open(ready(decision).file) as file:
        everything = scanned(file.read(), "pdf")
    assert set(SECRET) <= set(found(everything, decision))


def test_the_page_and_the_file_behind_a_link(ana, decision, ready):
    link = shared(ana, decision)
    ready(decision, audience="client")
    assert found(STRANGER().get(link).content.decode(), decision) == []
    assert found(scanned(STRANGER().get(f"{link}pdf/").getvalue(), "pdf"), decision) == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_a_mail_to_the_client_carries(ana, decision, ready, kind):
    ready(decision, audience="client", format=kind)
    assert send(ana, decision, format=kind).status_code == 303
    (sent,) = mail.outbox
    (attached,) = sent.attachments
    assert found(scanned(attached[1], kind), decision) == []
    assert found(f"{sent.subject}\n{sent.body}\n{attached[0]}", decision) == []


def test_the_page_of_somebody_asked_to_approve(ana, decision):
    (approver,) = asked(ana, decision)
    assert found(STRANGER().get(address(approver)).content.decode(), decision) == []


@pytest.mark.parametrize("form", ["txt", "html", "docx"])
def test_the_advert(ana, decision, form):
    answer = ana.get(f"/decisions/{decision.public_id}/advert.{form}")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert found(scanned(data, form) if form == "docx" else data.decode(), decision) == []


def test_the_job_posting(ana, decision):
    answer = ana.get(f"/decisions/{decision.public_id}/job-posting/")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert found(data.decode(), decision) == []


def test_the_client_copy_of_the_command(loaded, decision, tmp_path):
    given, out = tmp_path / "sheet.json", tmp_path / "brief.pdf"
    given.write_text(json.dumps(CHATBOT))
    call_command("decide", str(given), "--pdf", str(out), "--client")
    assert found(scanned(out.read_bytes(), "pdf"), decision) == []
