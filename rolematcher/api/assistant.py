"""The API as tools for an AI assistant (Model Context Protocol). In: calls on stdin. Out: JSON on stdout.

    ROLE_MATCHER_URL=https://... ROLE_MATCHER_TOKEN=... python -m rolematcher.api.assistant

It runs where the assistant runs and needs the package `mcp` and no database: every tool is a call of the API
with the token of a person, so the assistant may no more than that token. Nothing it is told is kept here.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from typing import Annotated
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field, JsonValue

Json = dict[str, JsonValue]
DecisionId = Annotated[str, Field(pattern="^[0-9a-fA-F-]{32,36}$")]
SECONDS = 30
ABOUT = (
    "Decides which role a project needs (AI engineer, ML engineer or automation specialist), what it pays and"
    " what to ask next. Begin with `questions` for the answers there are, or with `read_description` where"
    " there is a text. Figures come with their sources: say how sure they are. No data of candidates belongs"
    " here."
)
LONG = ("answers", "verdict", "pay")
"""Parts of a decision that are for programs; `brief` has them in words."""

server = MCPServer("role-matcher", title="Role Matcher", instructions=ABOUT, log_level="WARNING")


class NoRedirect(HTTPRedirectHandler):
    """A token goes to the address it was made for and to no other."""

    def redirect_request(self, *_given: object) -> None:
        """Follow none."""


def call(method: str, path: str, *, body: Json | None = None, **query: str) -> Json:
    """One call. Raises ToolError with the cure the API gives."""
    address = f"{_address()}/api/v1/{path}"
    given = {name: value for name, value in query.items() if value}
    request = Request(f"{address}?{urlencode(given)}" if given else address, method=method)  # noqa: S310 -- _address
    request.add_header("Authorization", f"Bearer {os.environ.get('ROLE_MATCHER_TOKEN', '')}")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", hashlib.sha256(request.data).hexdigest())
    try:
        with build_opener(NoRedirect).open(request, timeout=SECONDS) as answer:
            found: Json = json.load(answer)
            return found
    except HTTPError as refused:
        raise ToolError(_cure(refused)) from None
    except (URLError, OSError, ValueError) as fault:
        raise ToolError(f"No answer from {_address()}: {fault}. Check ROLE_MATCHER_URL.") from None


def _address() -> str:
    """The product's address. Raises ToolError where a token would travel open."""
    address = os.environ.get("ROLE_MATCHER_URL", "").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")):
        return address
    raise ToolError("Set ROLE_MATCHER_URL to the https address of the product.")


def _cure(refused: HTTPError) -> str:
    """What the API says of a refused call, each error with its field."""
    try:
        problem = json.loads(refused.read())
        errors = [f"{one['field']}: {one['cure']}" for one in problem.get("errors", [])]
        return "\n".join([str(problem["detail"]), *errors])
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"The product answered with {refused.code}."


@server.tool()
def questions() -> Json:
    """The questions of the answer sheet with the ids of their replies. Use these ids in `decide`."""
    found = call("GET", "rulebook")
    return {"edition": found["edition"], "questions": found["questions"]}


@server.tool()
def read_description(text: Annotated[str, Field(max_length=20_000)]) -> Json:
    """Answers that a project's description suggests, each with the words that say it. Decides nothing."""
    return call("POST", "readings", body={"text": text})


@server.tool()
def estimate(role: str, place: str, engagement_type: str, seniority: str = "all") -> Json:
    """What such a person is paid or costs in a place: range, currency, unit, how sure that is, the sources.

    role: ai_engineer, ml_engineer or automation_specialist. place: a country code such as DE.
    engagement_type: permanent, contract, freelance_marketplace, embedded_offshore, agency, contract_payroll.
    seniority: all, junior, mid or senior.
    """
    return call(
        "GET", "estimates", role=role, place=place, engagement_type=engagement_type, seniority=seniority
    )


@server.tool()
def decide(answers: Json) -> Json:
    """Decide and keep it, from an answer sheet: {"work": "language", "place": "DE", "budget": "70k EUR"}.

    The same answers twice are one decision. Needs a token that may make decisions.
    """
    made = call("POST", "decisions", body=answers)
    return {name: value for name, value in made.items() if name not in LONG}


@server.tool()
def check_quote(id: DecisionId, rate: str, fee: str = "", dues: str = "") -> Json:
    """A received quote or an agreed offer beside a decision's figure, line by line. Nothing is kept.

    As people write them: rate "£450 a day", fee "20 %" or "£12,000", dues "13.8 %" or "EUR 800 a month".
    """
    return {"lines": call("POST", f"decisions/{id}/quote", body={"rate": rate, "fee": fee, "dues": dues})}


@server.tool()
def decisions(q: str = "", cursor: str = "") -> Json:
    """Decisions the person may see, newest first, 25 at a time; `q` looks for words, `cursor` goes on."""
    return call("GET", "decisions", q=q, cursor=cursor)


@server.tool()
def brief(id: DecisionId) -> Json:
    """A decision in words: what to do, why, how firm, what it pays, what to ask."""
    return call("GET", f"decisions/{id}/brief.json")


if __name__ == "__main__":
    if not os.environ.get("ROLE_MATCHER_TOKEN"):
        sys.exit("Set ROLE_MATCHER_URL and ROLE_MATCHER_TOKEN (make one on your page of tokens).")
    server.run("stdio")
