"""Web and two workers that share no disk: only PostgreSQL, Redis and a store with S3's interface."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor

import boto3
import psycopg
import pytest
from moto.server import ThreadedMotoServer

from benchmarks.product import PASSWORD, Browser, Product, submitted

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="needs PostgreSQL and Redis"),
]
BUCKET, DATABASE = "briefs", "two_machines"


@pytest.fixture
def database():
    """A database of its own beside the one of the test run: its address."""
    address = os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
        yield re.sub(r"/[^/]+$", f"/{DATABASE}", address)
        server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@pytest.fixture
def store(monkeypatch):
    """A store with S3's interface on this machine: its address."""
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address).create_bucket(Bucket=BUCKET)
    yield address
    server.stop()


def test_what_one_machine_makes_another_hands_out(database, store, tmp_path):
    settings = {
        "DATABASE_URL": database,
        "BROKER_URL": os.environ["BROKER_URL"],
        "FILE_STORAGE": f"s3://{BUCKET}/hiring",
        "FILE_STORAGE_ENDPOINT": store,
        "SECRET_KEY": PASSWORD,
    }
    web = tmp_path / "web"
    web.mkdir()
    with Product(workers=0, settings=settings | {"DATA_DIR": str(web)}) as product:
        workers = {}
        for name in ("first", "second"):
            product.environment |= {"DATA_DIR": str(tmp_path / name), "WORKERS": "1"}
            workers[name] = product.start("-W", "ignore", "-m", "hiring.worker")
        with ThreadPoolExecutor(4) as recruiters:
            files = list(recruiters.map(lambda _number: _brief(product.port), range(6)))
        assert all(file.startswith(b"%PDF-") for file in files)
        with psycopg.connect(database) as rows:
            by = {row[0] for row in rows.execute("SELECT DISTINCT worker FROM outbox_jobattempt")}
        assert len({name.split(":")[1] for name in by}) >= 2, by
        workers["first"].kill()
        assert _brief(product.port).startswith(b"%PDF-"), "the other machine goes on alone"
    stored = boto3.client("s3", endpoint_url=store).list_objects_v2(Bucket=BUCKET)["Contents"]
    assert len(stored) >= 7
    assert all(one["Key"].startswith("hiring/") for one in stored)
    left = [path for name in ("web", "first", "second") for path in (tmp_path / name).rglob("*.pdf")]
    assert left == [], "a document on one machine's disk"


def _brief(port: int) -> bytes:
    browser = Browser(port)
    browser.sign_in()
    return submitted(browser)[1]
