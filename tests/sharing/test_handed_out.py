"""Whatever leaves the house is opened and searched: it holds nothing that its reader was not meant to see.

Each decision here holds marks of what is not for others, planted where answers, rules and figures have them.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterable

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client

from rolematcher.decisions.models import Decision
from rolematcher.outbox.models import Job
from rolematcher.sharing.models import ManagerRequest, ShareLink
from tests.api.conftest import program  # noqa: F401 -- a fixture
from tests.briefs.made import CHATBOT, docx_text, pdf_text
from tests.sharing.approving import address, answered, asked
from tests.sharing.opened import pdf_links, scanned, unmeant
from tests.sharing.test_share import send, shared

STRANGER = Client
OWNER = "rita-secret@example.org"
GIVEN = CHATBOT | {"description": f"zebra-description: the phone rings all day. Write to {OWNER}."}
PLANTED = {"hire-one": "zebrarule", "Hurren & Hope": "zebra-publisher"}
"""A rule whose id has no hyphen, and whom the recruiter's fee is taken from: both stand nowhere else."""
SECRET = {
    "a rule": "zebrarule",
    "the description": "zebra-description",
    "the budget": "61,350",
    "the budget as a number": "61350",
    "who says what a recruiter takes": "zebra-publisher",
    "what a recruiter takes": "Outside recruiter's fee",
    "the owner's mail address": OWNER,
}


@pytest.fixture
def decision(decision_of, recruiter) -> Decision:
    if connection.vendor == "postgresql":  # a test is one transaction, which idles while papers are printed
        connection.cursor().execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    recruiter.email = OWNER
    recruiter.save()
    made = decision_of(recruiter, **GIVEN)
    for field in ("verdict", "pay"):
        kept = json.dumps(getattr(made, field), ensure_ascii=False)
        for name, mark in PLANTED.items():
            kept = kept.replace(name, mark)
        setattr(made, field, json.loads(kept))
    made.save()
    return made


def found(everything: str, decision: Decision) -> list[str]:
    """What stands there and should not: what was planted, every rule by its id, the fee by its figures."""
    everything = html.unescape(everything)
    unbroken = re.sub(r"\s", "", everything)  # lines of a PDF break inside long words
    told = {
        name for name, word in SECRET.items() if not word[0].isdigit() and re.sub(" ", "", word) in unbroken
    }
    told |= {name for name, word in SECRET.items() if stands(word, everything)}
    told |= {word for word in (*rules(decision), *fees(decision)) if stands(word, everything)}
    told |= {word for word in ("EmbeddedFile", "decision.json") if word in everything}
    return sorted(told)


def stands(word: str, everything: str) -> bool:
    """Does it stand there by itself? Drawings and checksums hold any run of digits."""
    apart = rf"(?<![\w.-]){re.escape(word)}(?![\w-])"
    return word in everything and re.search(apart, everything) is not None


def rules(decision: Decision) -> set[str]:
    """The id of every rule that was looked at."""
    return {*re.findall(r'"rule": "([^"]+)"', json.dumps(decision.verdict))}


def fees(decision: Decision) -> Iterable[str]:
    """What an outside recruiter takes, as a number and as it is printed."""
    for line in decision.pay_typed.cost.lines:
        if line.id == "recruiter_fee":
            yield from (f"{line.high:.0f}", f"{line.high:,.0f}")


def words_of(answer) -> str:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join([data.decode(), *(f"{name}: {value}" for name, value in answer.items())])


def nothing_in(data: bytes, kind: str, decision: Decision) -> None:
    """Neither in its words nor beside them; each outside address is one that the reader sees."""
    assert found(scanned(data, kind), decision) == []
    assert unmeant(data, kind) == []
    if kind == "pdf":
        seen = re.sub(r"\s", "", pdf_text(data))
        assert all(re.sub(r"^https?://(www\.)?|/$", "", link) in seen for link in pdf_links(data))


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_this_looks_for_stands_in_the_full_brief(decision, ready, kind):
    with default_storage.open(ready(decision, format=kind).file) as file:
        data = file.read()
    told = found(scanned(data, kind), decision)
    assert {*SECRET} - {*told} <= ({"the budget as a number"} if kind == "docx" else set())
    assert {"zebrarule", "permanent-as-asked", *list(fees(decision))[1:]} <= {*told}
    if kind == "pdf":
        assert "decision.json" in told and "/Filespec" in unmeant(data, kind)
        assert pdf_links(data)


def test_the_page_behind_a_link_open_and_closed(ana, decision, ready, quick_papers):
    link = shared(ana, decision)
    assert found(words_of(STRANGER().get(link)), decision) == []  # while the file is being made
    ready(decision, audience="client")
    assert found(words_of(STRANGER().get(link)), decision) == []
    ana.post(f"/briefs/{decision.public_id}/share/{ShareLink.objects.get().pk}/close/")
    for closed in (link, f"{link}pdf/"):
        answer = STRANGER().get(closed)
        assert answer.status_code == 404
        assert found(words_of(answer), decision) == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_one_file_that_a_program_a_mail_and_a_link_carry(ana, program, decision, recruiter, ready, kind):  # noqa: F811
    ready(decision, audience="client", format=kind)
    assert send(ana, decision, format=kind).status_code == 303
    (sent,) = mail.outbox
    (attached,) = sent.attachments
    nothing_in(attached[1], kind, decision)
    answer = program(recruiter).get(f"/api/v1/decisions/{decision.public_id}/brief.{kind}?audience=client")
    assert found(str(answer.headers), decision) == []
    assert answer.getvalue() == attached[1]
    if kind == "pdf":
        answer = STRANGER().get(f"{shared(ana, decision)}pdf/")
        assert answer.getvalue() == attached[1]
        assert answer["Cache-Control"] == "private, no-store"
    assert sent.reply_to == [OWNER]  # whom she answers is for her to see, and stands nowhere else
    sent.reply_to = []
    assert found(f"{sent.message()['Subject']}\n{sent.subject}\n{sent.body}\n{attached[0]}", decision) == []
    assert found(sent.message().as_string(), decision) == []


def test_the_words_a_program_fetches_for_a_client(program, decision, recruiter):  # noqa: F811
    brief = f"/api/v1/decisions/{decision.public_id}/brief.json"
    assert "a rule" in found(words_of(program(recruiter).get(brief)), decision)
    assert found(words_of(program(recruiter).get(f"{brief}?audience=client")), decision) == []


def test_the_pages_and_mails_of_somebody_asked_to_approve(ana, decision, jobs_done):
    (approver,) = asked(ana, decision)
    Job.objects.filter(kind="brief").delete()
    jobs_done()
    (sent,) = mail.outbox
    assert sent.to == ["maria@client.example"]
    assert found(f"{sent.subject}\n{sent.body}", decision) == []
    assert not sent.attachments
    assert found(words_of(STRANGER().get(address(approver))), decision) == []
    for answer in (answered(approver, client=STRANGER()), STRANGER().get(address(approver))):
        assert found(words_of(answer), decision) == []


def test_the_page_of_the_hiring_manager_open_refused_answered_and_closed(ana, decision):
    ask = f"/briefs/{decision.public_id}/ask/"
    pages = [ana.post(ask, {"question": ["data", "wish"], "days": "7"}, follow=True) for _time in range(2)]
    first, second = (
        re.search(r"http://testserver(/m/[\w-]+/)", html.unescape(page.content.decode()))[1] for page in pages
    )
    manager = STRANGER()
    seen = [
        manager.get(first),
        manager.post(first, {"data": "no such answer"}),
        manager.post(first, {"data": "none", "note": "from the manager"}),
        manager.get(first),
    ]
    ana.post(f"/asked/{ManagerRequest.objects.get(answered_at=None).pk}/close/")
    seen.append(manager.get(second))
    assert [answer.status_code for answer in seen] == [200, 422, 200, 404, 404]
    for answer in seen:
        assert found(words_of(answer), decision) == []
        assert "Harbour Dental" not in words_of(answer)


def test_the_advert_and_the_job_posting(ana, decision):
    place = f"/decisions/{decision.public_id}"
    for path in ("advert.txt", "advert.html", "job-posting/"):
        answer = ana.get(f"{place}/{path}")
        assert answer.status_code == 200
        assert found(words_of(answer), decision) == []
    answer = ana.get(f"{place}/advert.docx")
    nothing_in(answer.content, "docx", decision)


def test_the_client_copy_of_the_command_leaves_out_what_its_full_brief_says(decision, tmp_path):
    given = tmp_path / "sheet.json"
    given.write_text(json.dumps(GIVEN))
    for audience, kinds, more in (("full", ("docx",), ()), ("client", ("pdf", "docx"), ("--client",))):
        files = [f"--{kind}={tmp_path / audience}.{kind}" for kind in kinds]
        call_command("decide", str(given), f"--on={decision.decided_on}", *files, *more, stdout=io.StringIO())
    owned = {"the owner's mail address", "the description", "the budget", "what a recruiter takes"}
    assert owned <= {*found(docx_text((tmp_path / "full.docx").read_bytes()), decision)}
    for kind in ("pdf", "docx"):
        nothing_in((tmp_path / f"client.{kind}").read_bytes(), kind, decision)
