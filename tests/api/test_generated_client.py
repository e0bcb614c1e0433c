"""A client generated from the document makes a brief, as a program written by a stranger would."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time

import pytest

from rolematcher.api.calls import openapi
from rolematcher.api.tokens import token_make
from rolematcher.briefs.tasks import brief_make
from rolematcher.outbox.tasks import job_next

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
JOBS = (brief_make,)
"""Loading it is what makes it known to `job_next`."""

GENERATE = ("-m", "openapi_python_client", "generate", "--meta", "none")


@pytest.fixture
def generated(tmp_path):
    """The generated package; none of its calls may be missing."""
    (tmp_path / "openapi.json").write_text(json.dumps(openapi()))
    paths = ("--path", str(tmp_path / "openapi.json"), "--output-path", str(tmp_path / "made_client"))
    done = subprocess.run([sys.executable, *GENERATE, *paths], capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "will not be generated" not in said, said
    sys.path.insert(0, str(tmp_path))
    yield lambda name: importlib.import_module(f"made_client.{name}")
    sys.path.remove(str(tmp_path))


def test_a_generated_client_makes_a_brief(generated, live_server, loaded, recruiter):
    _token, secret = token_make(user=recruiter, name="script", scopes=["read", "make"], days=30)
    client = generated("client").AuthenticatedClient(base_url=live_server.url, token=secret)
    post = generated("api.decisions.decision_post")
    answers = generated("models").DecisionPostAnswers.from_dict(
        {"work": "language", "place": "DE", "client": "Müller & Søn"}
    )
    made = post.sync(client=client, body=answers, idempotency_key="first")
    assert (made.client, made.version, made.verdict.role) == ("Müller & Søn", 1, "ai_engineer")
    pdf = generated("api.decisions.brief_pdf")
    while job_next():
        pass
    until = time.monotonic() + 30
    while (answer := pdf.sync_detailed(made.id, client=client)).status_code == 202:
        assert time.monotonic() < until
        time.sleep(0.2)
    assert answer.content.startswith(b"%PDF-")
    told = generated("api.decisions.decision_list").sync(client=client)
    assert [one.id for one in told.decisions] == [made.id]
