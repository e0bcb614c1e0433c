"""Every command of the README, run as it is written, with nothing importable but what run.txt installs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

ANSWERS = {
    "work": "language",
    "evidence": "untested",
    "app": "yes",
    "place": "US",
    "client": "Acme",
    "project": "Bot",
}
TEXT = "We need a chatbot on our website that answers questions from our documents.\n"
COMMANDS = {
    "decide FILE": "decide answers.json",
    "decide -": "decide - --on 2026-11-21",
    "decide --pdf": "decide answers.json --pdf brief.pdf",
    "decide --replay": "decide --replay brief.pdf",
    "read FILE": "read text.txt",
    "read --explain": "read text.txt --explain",
    "rulebook check": "rulebook check",
    "rulebook show": "rulebook show",
    "rulebook export": "rulebook export",
    "rulebook load": "rulebook load rulebook.toml",
    "rulebook compare": "rulebook compare rulebook.toml published",
    "rates coverage": "rates coverage",
    "rates export": "rates export rates.csv",
    "rates import": "rates import rates.csv --check",
    "rates estimate": "rates estimate ai_engineer DE --seniority senior",
    "rates fit": "rates fit release",
    "rates backtest": "rates backtest",
    "demo": "demo",
}
FIRST = {"decide --replay": "decide --pdf", "rates import": "rates export"}
"""What makes the file that a command reads: each test stands alone, in whichever process it runs."""
SHUT = """
import importlib.abc, runpy, sys
class Shut(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{name} is not installed by run.txt", name=name)
sys.meta_path.insert(0, Shut())
sys.path.insert(0, ROOT)
sys.argv = ["manage.py", *sys.argv[1:]]
runpy.run_path(ROOT + "/manage.py", run_name="__main__")
"""


def only_of_development() -> set[str]:
    """Modules that no package of run.txt brings."""
    locked = (ROOT / "requirements" / "run.txt").read_text()
    run = {name.replace("_", "-") for name in re.findall(r"^([a-z0-9._-]+)==", locked, re.MULTILINE)}
    spelled = {
        module: {re.sub(r"[-_.]+", "-", name).lower() for name in names}
        for module, names in packages_distributions().items()
    }
    of_run = {re.sub(r"[-_.]+", "-", name) for name in run}
    keep = {"pip", "setuptools", "hiring", "rolematcher", "role-matcher"}
    found = {module for module, names in spelled.items() if not names & (of_run | keep)}
    assert "pytest" in found and "django" not in found
    return found


@pytest.fixture(scope="module")
def manage(tmp_path_factory):
    """`manage.py` in a folder and with data of its own, on what run.txt installs."""
    folder = tmp_path_factory.mktemp("commands")
    outside = {"DATABASE_URL", "BROKER_URL", "HIRING_MODE"}
    given = {name: value for name, value in os.environ.items() if name not in outside}
    given |= {"DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "hiring.settings"}
    start = f"BLOCKED = {sorted(only_of_development())!r}\nROOT = {str(ROOT)!r}\n{SHUT}"

    def run(command: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-W", "ignore", "-c", start, *command.split()]
        sheet = json.dumps(ANSWERS)
        return subprocess.run(
            line, cwd=folder, env=given, input=sheet, capture_output=True, text=True, timeout=120
        )

    (folder / "answers.json").write_text(json.dumps(ANSWERS))
    (folder / "text.txt").write_text(TEXT)
    (folder / "rulebook.toml").write_text((ROOT / "rolematcher" / "data" / "rulebook.toml").read_text())
    for command in ("migrate --verbosity 0", "setup_data"):
        ran = run(command)
        assert ran.returncode == 0, ran.stderr
    return run


def test_every_verb_of_the_readme_is_among_them():
    block = (ROOT / "README.md").read_text().split("## For scripts")[1].split("```")[1]
    named = re.findall(r"manage\.py (\w+)(?: ([a-z|]+))?", block)
    verbs = {f"{name} {verb}".strip() for name, listed in named for verb in (listed or "").split("|")}
    ran = {" ".join(command.split()[: len(verb.split())]) for command in COMMANDS.values() for verb in verbs}
    assert verbs <= ran


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_of_the_readme_runs_on_the_run_requirements(manage, name):
    if name in FIRST:
        assert manage(COMMANDS[FIRST[name]]).returncode == 0
    ran = manage(COMMANDS[name])
    assert ran.returncode == 0, ran.stderr[-1500:]
    assert "Traceback" not in ran.stderr
