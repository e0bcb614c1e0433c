"""What the threat model and the table of faults name as their proof is there, under that name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.chaos import ROWS as ROWS_OF_FAULTS

ROOT = Path(__file__).resolve().parents[2]
MODEL = (ROOT / "docs" / "threat-model.md").read_text()
ROWS = [line for line in MODEL.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
SHORTHAND = re.compile(r"`([a-z]+/test_\w+\.py(?:::\w+)?)`")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_each_claim_names_what_proves_it(row):
    proof = row.rstrip(" |").rpartition("|")[2]
    assert SHORTHAND.search(proof) or "`make " in proof, f"no test behind: {row}"


@pytest.mark.parametrize("named", sorted(set(SHORTHAND.findall(MODEL))))
def test_each_test_it_names_exists(named):
    file, _colons, name = named.partition("::")
    text = (ROOT / "tests" / file).read_text()
    assert re.search(rf"^def {name or 'test_'}", text, re.MULTILINE), named


def test_each_proof_of_the_table_of_faults_is_there():
    source = (ROOT / "benchmarks" / "chaos_drills.py").read_text()
    drills = set(re.findall(r'^@drill\("(\w+)"', source, re.MULTILINE))
    proofs = {proof for _fault, _asked, named in ROWS_OF_FAULTS for proof in named.split()}
    assert len(proofs) > 20
    missing = {one for one in proofs if one.endswith(".py") and not (ROOT / "tests" / one).exists()}
    assert missing == set()
    assert {one for one in proofs if not one.endswith(".py")} == drills
