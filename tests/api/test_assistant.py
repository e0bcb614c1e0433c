"""The tools of an AI assistant, called by a real client of the protocol, against a running server."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

from rolematcher.api.tokens import token_make
from rolematcher.decisions.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)
SERVER = ("-m", "rolematcher.api.assistant")


@pytest.fixture
def ask(live_server, loaded, recruiter):
    """Call tools in one go as an assistant does: `ask(("estimate", {...}), scopes=["read"])`."""

    def asked(*calls, scopes=("read", "make"), url="") -> list[CallToolResult]:
        _token, secret = token_make(user=recruiter, name="assistant", scopes=list(scopes), days=30)
        where = {"ROLE_MATCHER_URL": url or live_server.url, "ROLE_MATCHER_TOKEN": secret}
        started = StdioServerParameters(
            command=sys.executable, args=list(SERVER), env={"PATH": os.environ["PATH"], **where}
        )

        async def talk() -> list[CallToolResult]:
            async with Client(started, read_timeout_seconds=60) as client:
                return [await client.call_tool(name, given) for name, given in calls]

        with ThreadPoolExecutor(1) as aside:  # a browser of another test may hold this thread's event loop
            return aside.submit(lambda: asyncio.run(talk())).result()

    return asked


def said(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content)


def test_an_assistant_reads_decides_and_tells(ask):
    answers = {"work": "language", "place": "DE", "budget": "70k EUR a year", "client": "Acme"}
    asked, read, worth, first, second, listed = ask(
        ("questions", {}),
        ("read_description", {"text": "We want a chatbot that answers from our manuals."}),
        ("estimate", {"role": "ai_engineer", "place": "DE", "engagement_type": "permanent"}),
        ("decide", {"answers": answers}),
        ("decide", {"answers": answers}),
        ("decisions", {"q": "acme"}),
    )
    assert "work" in {one["id"] for one in asked.structured_content["questions"]}
    assert ("work", "language") in {
        (one["fact"], one["value"]) for one in read.structured_content["suggestions"]
    }
    assert worth.structured_content["currency"] == "EUR" and worth.structured_content["sources"]
    kept = Decision.objects.get()
    assert first.structured_content["id"] == second.structured_content["id"] == str(kept.public_id)
    assert [one["id"] for one in listed.structured_content["decisions"]] == [str(kept.public_id)]
    told, held, unsaid = ask(
        ("brief", {"id": str(kept.public_id)}),
        ("check_quote", {"id": str(kept.public_id), "rate": "EUR 450,000 a year", "fee": "90 %"}),
        ("check_quote", {"id": str(kept.public_id), "rate": "450,000"}),
    )
    assert told.structured_content["number"] == kept.number_words
    lines = {line["id"]: line for line in held.structured_content["lines"]}
    assert lines["rate"]["side"] == "above" and "405,000" in lines["fee"]["words"]
    assert unsaid.is_error and "currency" in said(unsaid)


def test_what_is_wrong_comes_back_with_its_cure(ask):
    wrong, place, none = ask(
        ("decide", {"answers": {"work": "conect"}}),
        ("estimate", {"role": "ai_engineer", "place": "Atlantis", "engagement_type": "permanent"}),
        ("brief", {"id": "00000000-0000-0000-0000-000000000000"}),
    )
    assert wrong.is_error and "connect" in said(wrong) and "work:" in said(wrong)
    assert place.is_error and "place:" in said(place)
    assert none.is_error and "Check the id" in said(none)
    assert not Decision.objects.exists()


def test_an_assistant_may_no_more_than_its_token(ask):
    (refused,) = ask(("decide", {"answers": {"work": "connect"}}), scopes=["read"])
    assert refused.is_error and "make" in said(refused)
    assert not Decision.objects.exists()


def test_a_token_never_travels_open_and_is_asked_for(ask):
    (refused,) = ask(("questions", {}), url="http://example.org")
    assert refused.is_error and "https" in said(refused)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ROLE_MATCHER")}
    ended = subprocess.run([sys.executable, *SERVER], env=bare, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1 and "ROLE_MATCHER_TOKEN" in ended.stderr
