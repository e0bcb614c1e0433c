"""Wrong settings stop the start with a sentence; right ones are strict."""

from __future__ import annotations

import os
import runpy
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

SETTINGS = Path(__file__).resolve().parents[2] / "hiring" / "settings.py"
KEY = secrets.token_urlsafe(60)
PRODUCTION = {
    "HIRING_MODE": "production",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "briefs.example.org",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "DATABASE_URL": "postgres://hiring:unused@127.0.0.1:1/hiring",
}


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The settings a process with this environment would get."""

    def read(**environment: str) -> dict[str, Any]:
        for name in ("DATABASE_URL", "BROKER_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "HIRING_MODE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path / "data"), **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"DEBUG": "true"}, "DEBUG must be off"),
        ({"SECRET_KEY": ""}, "at least 50 random characters"),
        ({"SECRET_KEY": "short"}, "at least 50 random characters"),
        ({"SECRET_KEY": "a" * 60}, "at least 50 random characters"),
        ({"SECRET_KEY": "a1b2C3" * 10}, "at least 50 random characters"),
        ({"SECRET_KEY": "a long pattern that is said again, " * 2}, "at least 50 random characters"),
        ({"ALLOWED_HOSTS": ""}, "must name the site's hosts"),
        ({"ALLOWED_HOSTS": "*"}, "and not '\\*'"),
        ({"ALLOWED_HOSTS": "good.example,*"}, "and not '\\*'"),
        ({"HIRING_MODE": "prod"}, "it is one of embedded, production"),
        ({"BRIEF_SOFT_SECONDS": "30"}, "BRIEF_SOFT_SECONDS must be the shorter one"),
        ({"BRIEF_LEASE_SECONDS": "25"}, "BRIEF_HARD_SECONDS must be the shorter one"),
        ({"BRIEF_VISIBILITY_SECONDS": "60"}, "BRIEF_LEASE_SECONDS must be the shorter one"),
        ({"BRIEF_LEASE_SECONDS": "soon"}, "must be a whole number"),
        ({"SWEEP_SECONDS": "0"}, "must be from 1 to 60"),
        ({"TRUSTED_PROXIES": "0.0.0.0/0"}, "would trust everybody"),
        ({"TRUSTED_PROXIES": "proxy.local"}, "is no address or network"),
        ({"BROKER_URL": "filesystem://"}, "use memory://"),
        ({"FILE_STORAGE": "ftp://files"}, "use s3://bucket"),
        (
            {"SSO_OPENID_SERVER": "https://login.example.org"},
            "SSO_OPENID_CLIENT, SSO_OPENID_SECRET is missing",
        ),
        ({"SSO_SAML_METADATA": "https://x.org", "SSO_SAML_ENTITY": "x"}, "SSO_DOMAINS must name"),
        ({"SSO_GROUPS": '{"hr": "boss"}'}, "'boss' is none of recruiter"),
        ({"LOG_LEVEL": "LOUD"}, "it is one of DEBUG"),
        ({"REQUIRE_STAFF_TOTP": "ture"}, "set it to true or false"),
        ({"RATE_WEIGHTS": "{stale_months: 18}"}, "RATE_WEIGHTS must be a JSON object"),
        ({"RATE_WEIGHTS": "[1]"}, "RATE_WEIGHTS must be a JSON object"),
    ],
)
def test_production_does_not_start_with(read, wrong, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read(**PRODUCTION | wrong)


@pytest.mark.parametrize(
    ("wrong", "place"), [({"stale_month": 18}, "stale_month"), ({"narrow": 2}, "narrow")]
)
def test_weights_of_sources_that_cannot_be_read_stop_the_start(settings, wrong, place):
    settings.RATE_WEIGHTS = wrong
    with pytest.raises(ImproperlyConfigured, match=f"RATE_WEIGHTS, {place}: "):
        apps.get_app_config("rates").ready()


def test_production_is_strict_unasked(read):
    said = read(**PRODUCTION)
    assert said["DEBUG"] is False
    assert said["SECURE_SSL_REDIRECT"] and said["SESSION_COOKIE_SECURE"] and said["CSRF_COOKIE_SECURE"]
    assert said["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert said["SESSION_COOKIE_NAME"].startswith("__Host-")
    policy = said["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert "'unsafe" not in str(policy)


def test_a_first_start_makes_a_key_nobody_else_can_read_and_keeps_it(read, tmp_path):
    first = read()["SECRET_KEY"]
    kept = tmp_path / "data" / "secret_key"
    assert len(first) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert read()["SECRET_KEY"] == first


def test_each_broker_gets_what_its_transport_needs(read):
    assert read()["CELERY_BROKER_TRANSPORT_OPTIONS"]["polling_interval"] == 0.05
    redis = read(BROKER_URL="redis://127.0.0.1:1/0")["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert (
        redis.items()
        >= {"visibility_timeout": 300, "unacked_restore_throttle": 1, "socket_timeout": 2}.items()
    )
    assert read(BROKER_URL="amqp://127.0.0.1:1//")["CELERY_TASK_DEFAULT_QUEUE_TYPE"] == "quorum"


def test_sqlite_is_set_up_for_many_writers_and_postgresql_for_short_waits(read):
    sqlite = read()["DATABASES"]["default"]["OPTIONS"]
    assert sqlite["transaction_mode"] == "IMMEDIATE"
    assert all(
        word in sqlite["init_command"] for word in ("WAL", "synchronous=FULL", "recursive_triggers=ON")
    )
    postgres = read(**PRODUCTION)["DATABASES"]["default"]
    assert postgres["CONN_HEALTH_CHECKS"]
    assert "lock_timeout" in postgres["OPTIONS"]["options"]


@pytest.mark.parametrize(
    "environment, command, sentence",
    [
        ({"HIRING_MODE": "prod"}, ["check"], "Settings: HIRING_MODE cannot be"),
        ({"DATA_DIR": "/proc/none"}, ["check"], "/proc/none cannot be used: "),
        ({}, ["sweep"], "The database is not up to date: run `manage.py migrate`"),
        (
            {"DATABASE_URL": "postgres://hiring:unused@127.0.0.1:1/hiring"},
            ["sweep"],
            "The database does not answer",
        ),
    ],
)
def test_a_command_that_cannot_begin_says_why_without_a_traceback(tmp_path, environment, command, sentence):
    outside = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=SETTINGS.parents[1],
        env=outside | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hiring.settings"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip().startswith(sentence)
    assert "Traceback" not in ended.stderr
