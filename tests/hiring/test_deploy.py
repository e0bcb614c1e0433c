"""The image, the composed services and the locks keep their promises, as far as files can show."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_there_are_web_workers_database_and_broker():
    assert set(SERVICES) == {"prepare", "web", "worker", "worker-mail", "db", "broker"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_read_only_root_few_means_no_rights_to_gain_and_is_checked(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"][-1] in "gm"
    assert 0 < service["pids_limit"] <= 256
    assert name == "prepare" or service["healthcheck"]["test"], "it stays"


def test_the_image_runs_as_nobody_in_particular():
    users = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["10001:10001"]
    assert DOCKERFILE.index("collectstatic") < DOCKERFILE.index("USER 10001")


def test_secrets_come_from_the_environment_and_must_be_there():
    text = (ROOT / "docker-compose.yml").read_text()
    for secret in ("SECRET_KEY", "DATABASE_PASSWORD", "ALLOWED_HOSTS"):
        assert re.search(rf"\$\{{{secret}:\?", text)
    given = SERVICES["web"]["environment"]
    assert all(str(given[name]).startswith("${") for name in ("SECRET_KEY", "METRICS_TOKEN"))


def test_only_the_web_server_is_reached_from_outside_and_only_from_this_machine():
    ports = {name: service.get("ports") for name, service in SERVICES.items() if service.get("ports")}
    assert ports == {"web": ["${WEB_PORT:-127.0.0.1:8000}:8000"]}
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["db"]["networks"] == SERVICES["broker"]["networks"] == ["inside"]


def test_what_renders_text_of_strangers_reaches_nothing_outside():
    reaching = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert reaching == {"web", "worker-mail"}
    jobs = [SERVICES[name]["environment"]["WORKER_JOBS"] for name in ("worker", "worker-mail")]
    assert jobs == ["inside", "outside"]
    assert int(SERVICES["worker"]["stop_grace_period"].rstrip("s")) > 30, "the time its brief may take"


def test_the_temporary_folder_holds_an_upload_of_every_request_at_once():
    sizes = re.findall(r"size=(\d+)m", SERVICES["web"]["tmpfs"][0])
    uploads = 4 * 128  # two processes of two threads, see docs/settings.md
    assert int(sizes[0]) > uploads and int(sizes[0]) < 1024 * int(SERVICES["web"]["mem_limit"].rstrip("g"))


def test_only_one_address_is_believed_about_where_a_request_came_from():
    trusted = SERVICES["web"]["environment"]["TRUSTED_PROXIES"]
    gateway = COMPOSE["networks"]["outside"]["ipam"]["config"][0]["gateway"]
    assert trusted == f"${{TRUSTED_PROXIES:-{gateway}}}"
    assert "/" not in (ROOT / ".env.example").read_text().split("TRUSTED_PROXIES=")[1].split("\n")[0]


def test_every_variable_the_example_names_is_read():
    named = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    text = (ROOT / "docker-compose.yml").read_text()
    assert [name for name in named if f"${{{name}" not in text] == []


@pytest.mark.parametrize("name", ["run", "all", "dev", "bench"])
def test_a_lock_has_hashes_and_no_addresses(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    packages = [block for block in re.split(r"\n(?=[a-z0-9])", text) if "==" in block.split("\n")[0]]
    assert len(packages) > 40
    assert [block[:60] for block in packages if "--hash=sha256:" not in block] == []
    assert "://" not in text and "--index" not in text


def test_make_lists_its_targets():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "bench", "chaos", "lock"):
        assert f"make {target} " in said


def test_scripts_are_whole():
    for script in (".ci/run", ".ci/check", "requirements/prepare.sh", "requirements/lock.sh"):
        subprocess.run(["bash", "-n", str(ROOT / script)], check=True)
