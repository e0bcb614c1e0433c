"""A database of an earlier state migrates, and its decisions, trail and briefs are what they were."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.platform.upgraded import stored

ROOT = Path(__file__).resolve().parents[2]
STATES = sorted(Path(__file__).with_name("upgrades").glob("*.json.xz"))
"""The first state with every part of the product (0009), and that of the first version (0013)."""


@pytest.fixture
def empty_database(tmp_path, request) -> Iterator[str]:
    """The address of a new database on the engine of this test run."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.sqlite3'}"
        return
    import psycopg

    at = connection.settings_dict
    server = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    name = f"upgrade_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("path", STATES, ids=[path.name.partition(".")[0] for path in STATES])
def test_old_decisions_come_out_the_same_after_the_upgrade(path, empty_database, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": empty_database,
        "DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "hiring.settings",
        "LOG_LEVEL": "ERROR",
    }
    environment.pop("BROKER_URL", None)
    run = [sys.executable, "-W", "ignore", "-m", "tests.platform.upgraded", str(path)]
    said = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=200)
    assert said.returncode == 0, said.stderr[-3000:]
    now, then = json.loads(said.stdout.splitlines()[-1]), stored(path)
    assert len(then["decided"]) >= 9
    assert now["decided"] == then["decided"]
    assert now["stored"] == then["decided"]
    assert all(now["answers_read_the_same"])
    assert all(now["sentences"])
    assert set(now["replay_changes"].values()) == {0}
    assert now["faults_of_the_trail"] == []
    hashes = [event["hash"] for event in then["tables"]["auditevent"]]
    assert now["hashes"][: len(hashes)] == hashes  # the trail of then is the beginning of the trail now
    assert hashes[-1] == then["audit"]["head"]
    assert now["current_edition"] == 1
    assert now["brief"] == "ready"


def test_there_is_an_earlier_state_to_upgrade_from():
    assert [path.name for path in STATES] == ["0009.json.xz", "0013.json.xz"]
