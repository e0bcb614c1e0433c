"""What the threat model names as its proof is there, under that name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
