"""What the documents name is there: keys of the borders, files, make targets, settings that do something."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from rolematcher.pay.report import BudgetVerdict, Cost, Estimate, PayReport
from rolematcher.rules.answers import Answers, Budget, Timeline
from rolematcher.rules.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
SETTINGS = (ROOT / "docs" / "settings.md").read_text()
FIRSTS = [line.split("|")[1] for line in SETTINGS.splitlines() if line.startswith("| `")]
DOCUMENTED = [name for first in FIRSTS for name in re.findall("[A-Z_]{4,}", first)]


@pytest.mark.parametrize(
    "shape", [Answers, Budget, Timeline, Verdict, PayReport, Estimate, Cost, BudgetVerdict]
)
def test_every_key_of_a_border_is_described(shape):
    text = (ROOT / "docs" / "shapes.md").read_text()
    assert [name for name in shape.model_fields if not re.search(rf'[`"]{name}[`"]', text)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_file_and_make_target_of_a_document_is_there(document):
    text = document.read_text()
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []
    named = re.findall(r"\b(?:tests|rolematcher|hiring|benchmarks|requirements|docs)/[\w/.-]+\w", text)
    patterns = re.compile(r"ROOM|NAME|MODEL|XX|benchmarks/out|^hiring/test_")
    assert [name for name in named if not patterns.search(name) and not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets


ANYTHING = "other"
SSO = {
    "SSO_OPENID_SERVER": "https://login.example.org",
    "SSO_OPENID_CLIENT": "hiring",
    "SSO_OPENID_SECRET": ANYTHING,
    "SSO_SAML_METADATA": "https://saml.example.org/metadata",
    "SSO_SAML_ENTITY": "https://saml.example.org/entity",
    "SSO_DOMAINS": "example.org",
    "SSO_GROUPS": '{"hr": "recruiter"}',
    "SSO_GROUPS_CLAIM": "roles",
    "SSO_NAME": "Example Ltd",
}
OTHERS = {
    "HIRING_MODE": "production",
    "SECRET_KEY": "Xa9-bQ7_cR5.dT3!eV1?fY0+gZ2=hA4*iB6~jC8^kD0&lE2#mF4",
    "ALLOWED_HOSTS": "other.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://other.example.org",
    "PUBLIC_ADDRESS": "https://other.example.org",
    "DATABASE_URL": "postgres://127.0.0.1:1/other",
    "DATABASE_CONN_MAX_AGE": "7",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "FILE_STORAGE": "s3://other",
    "FILE_STORAGE_ENDPOINT": "https://s3.example.org",
    "WORKERS": "3",
    "WEB_WORKERS": "3",
    "WEB_THREADS": "3",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "other@example.org",
    "TIME_ZONE": "Europe/Berlin",
    "HOUSE_RATES": "true",
    "SOURCED_FIGURES_ONLY": "true",
    "HOUSE_NAME": "Other",
    "RATE_WEIGHTS": '{"stale_months": 18}',
    "TRUSTED_PROXIES": "192.0.2.1",
    "WORKER_JOBS": "outside",
    "WEBHOOK_NETWORKS": "192.0.2.0/24",
    **SSO,
    "RULES_SECOND_PERSON": "true",
    "REQUIRE_STAFF_TOTP": "true",
    "METRICS_TOKEN": "other",
    "SECURE_SSL_REDIRECT": "false",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": "false",
    "SECURE_HSTS_PRELOAD": "false",
    "LOG_LEVEL": "DEBUG",
    "DEBUG": "true",
    "BRIEF_SOFT_SECONDS": "19",
    "BRIEF_HARD_SECONDS": "31",
    "BRIEF_LEASE_SECONDS": "61",
    "BRIEF_VISIBILITY_SECONDS": "301",
    "BRIEF_MEMORY_MB": "1000",
    "SWEEP_SECONDS": "7",
}
PRODUCTION = {name: OTHERS[name] for name in ("HIRING_MODE", "SECRET_KEY", "ALLOWED_HOSTS")}
ONLY_WITH = {
    "SECURE_SSL_REDIRECT": PRODUCTION,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": PRODUCTION,
    "SECURE_HSTS_PRELOAD": PRODUCTION,
    "FILE_STORAGE_ENDPOINT": {"FILE_STORAGE": "s3://other"},
    **{
        name: SSO | {name: f"x{value}"} if not name.endswith("GROUPS") else SSO | {name: "{}"}
        for name, value in SSO.items()
    },
    "BRIEF_VISIBILITY_SECONDS": {"BROKER_URL": OTHERS["BROKER_URL"]},
}
"""Settings that say something only beside others."""
OF_PACKAGES = re.compile(
    r"^(CELERY|AXES|OTP|SOCIALACCOUNT|CSRF|SECRET_KEY|SECURE|SESSION|EMAIL|DATABASES|ALLOWED|LOGGING|STORAGES|DEBUG|TIME_ZONE|DEFAULT_FROM)"
)
"""Read by Django or a package. Every other setting must be read by our own code to change anything."""

OURS = "".join(path.read_text() for top in ("hiring", "rolematcher") for path in (ROOT / top).rglob("*.py"))


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The settings, and gunicorn's, that a process with this environment would get."""

    def read(environment: dict[str, str]) -> dict[str, Any]:
        for name in DOCUMENTED:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path / "data"), **environment}.items():
            monkeypatch.setenv(name, value)
        found = runpy.run_path(str(ROOT / "hiring" / "settings.py"))
        served = runpy.run_path(str(ROOT / "hiring" / "gunicorn.py"))
        upper = {name: repr(value) for name, value in found.items() if name.isupper()}
        return upper | {f"gunicorn {name}": repr(served[name]) for name in ("workers", "threads")}

    return read


def test_every_variable_that_is_read_is_documented_and_no_other():
    asked = re.compile(r'(?:(?:given|env|one_of)[\w.]*\(\s*"|"(?=SSO_))([A-Z_]+)"')
    read = {name for path in (ROOT / "hiring").glob("*.py") for name in asked.findall(path.read_text())}
    assert set(DOCUMENTED) == read - {"DJANGO_SETTINGS_MODULE"}


def test_there_is_an_example_for_every_documented_setting():
    elsewhere = {"DATA_DIR", "WEB_HEALTH_PORT"}  # where tests put their data; asked by the health check alone
    assert set(DOCUMENTED) - elsewhere - set(OTHERS) == set()


@pytest.mark.parametrize("name", sorted(set(DOCUMENTED) & set(OTHERS)))
def test_a_documented_setting_changes_something(read, name):
    base, more = ONLY_WITH.get(name, {}), {name: OTHERS[name]}
    if name == "HIRING_MODE":
        more = PRODUCTION | {"DATABASE_URL": OTHERS["DATABASE_URL"]}
    before, after = read(base), read({**base, **more})
    changed = {one for one in after if after[one] != before.get(one)}
    acted_on = {
        one
        for one in changed
        if one.startswith("gunicorn")
        or OF_PACKAGES.match(one)
        or re.search(rf"settings(\.{one}\b|, \"{one}\")", OURS)
    }
    assert acted_on, f"{name} changes {sorted(changed) or 'nothing'}, which nothing reads"


COMMANDS = [
    (document.name, found)
    for document in DOCUMENTS
    for found in re.findall(r"manage\.py ((?:[a-z_]+)(?: [^\n`|#&();]*)?)", document.read_text())
]


@pytest.mark.parametrize(("document", "command"), sorted(set(COMMANDS)), ids=" ".join)
def test_every_command_a_document_names_is_there_with_its_options(document, command, capsys):
    name = command.split()[0]
    assert name in get_commands(), command
    flags = re.findall(r"--[a-z-]+", command)
    made = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    known = {option for action in made._actions for option in action.option_strings}
    assert set(flags) <= known, command


def test_the_figures_that_alerts_watch_are_told(client, db, settings):
    settings.METRICS_TOKEN = "a token"
    told = client.get("/metrics", headers={"Authorization": "Bearer a token"}).content.decode()
    named = set(re.findall(r"`(hiring_\w+)", (ROOT / "docs" / "operations.md").read_text()))
    assert len(named) > 3
    assert [one for one in sorted(named) if f"\n# TYPE {one.removesuffix('_total')}" not in f"\n{told}"] == []
