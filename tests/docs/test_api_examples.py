"""The examples of docs/api.md, run as they stand against a running server."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from rolematcher.api.calls import openapi
from rolematcher.api.tokens import token_make
from rolematcher.decisions.models import Decision

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "api.md").read_text()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_example_of_a_call_does_what_it_says(live_server, loaded, recruiter, tmp_path):
    _token, secret = token_make(user=recruiter, name="docs", scopes=["read", "make"], days=30)
    script = "set -eu\n" + "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL))
    environment = {"PATH": os.environ["PATH"], "URL": live_server.url, "TOKEN": secret}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr

    def told(name: str):
        return json.loads((tmp_path / f"{name}.json").read_text())

    kept = Decision.objects.get()
    assert told("decisions") == {"decisions": [], "next": None}
    assert told("decision")["id"] == str(kept.public_id) and kept.client == "Acme"
    assert told("brief")["role"] == "ai_engineer"
    assert "\n202\n" in f"\n{done.stdout}"
    assert told("estimate")["currency"] == "EUR" and told("estimate")["seniority"] == "senior"
    assert {"work", "place"} <= {one["fact"] for one in told("reading")["suggestions"]}
    assert told("batch")["lines"] == 2
    rows = list(csv.DictReader((tmp_path / "results.csv").read_text("utf-8-sig").splitlines()))
    assert [row["line"] for row in rows] == ["2", "3"]


def test_every_call_of_a_batch_or_a_brief_that_is_named_is_there():
    paths = set(openapi()["paths"])
    for name in re.findall(r"`((?:brief|results|briefs)\.\w+)`", TEXT):
        assert any(path.endswith(f"/{name}") for path in paths), name


def test_the_settings_for_an_assistant_start_a_module_that_is_there():
    (given,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    module = json.loads(given)["mcpServers"]["role-matcher"]["args"][1]
    assert ROOT.joinpath(*module.split(".")).with_suffix(".py").exists()
