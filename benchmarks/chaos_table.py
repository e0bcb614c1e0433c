"""Every fault the product must stand, and what proves it. In: figures of drills, tests. Out: a table.

A row is proved by drills, whose last figures are kept in `benchmarks/out`, or by tests, which are run for it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Xml
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "benchmarks" / "out" / "chaos.json"


@dataclass(frozen=True, slots=True)
class Row:
    """A fault or an input, what is asked, and what proves it."""

    fault: str
    asked: str
    drills: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


ROWS = (
    Row(
        "workers killed at random and at each step",
        "0 lost, 0 twice, 0 torn",
        ("groups", "children", "steps", "lease"),
    ),
    Row(
        "queue wiped, wake-up skipped, broker refused, frozen",
        "0 lost; submit < 1 s, < 5 s frozen; no error page",
        ("wipe", "skip", "refuse", "freeze"),
    ),
    Row("a brief that kills its worker", "5 attempts, then failed; all others ready", ("poison",)),
    Row(
        "double click, 16 clients, one key",
        "one row a round, no 5xx, other body refused",
        ("clicks",),
        ("tests/platform/test_once.py", "tests/platform/test_concurrency.py"),
    ),
    Row("16 writers, 2 workers, an export", "0 locked", ("writers",)),
    Row("disk full while storing", "0 ready without a valid file; recovers", ("disk",)),
    Row("clocks wrong", "0 lost", ("clocks",)),
    Row(
        "hostile text, every field and length; random text",
        "each < 1 s, 12 pages, 250 MB",
        ("text",),
        ("tests/brief/test_hostile.py", "tests/engine/test_plain_text.py"),
    ),
    Row("addresses and files in text", "0 hits, 0 bytes", (), ("tests/brief/test_hostile.py",)),
    Row(
        "every address x method x person",
        "as expected; a new one without a row fails",
        (),
        ("tests/platform/test_doors.py", "tests/admin/test_access.py"),
    ),
    Row(
        "files of rates that are too much or wrong",
        "refused in 2 s and 100 MB; formulas neutralised",
        ("rates",),
        ("tests/rates/test_import.py", "tests/admin/test_exports.py"),
    ),
    Row("10,000 random requests", "no 5xx", ("fuzz",)),
    Row("numbers: NaN, 1e400, full-width ...", "one rule", (), ("tests/engine/test_amounts.py",)),
    Row(
        "audit row changed or deleted",
        "refused; an edit of the file is named",
        (),
        ("tests/platform/test_audit.py",),
    ),
    Row(
        "a client erased",
        "0 hits in database, files, logs, queue",
        ("erase",),
        ("tests/admin/test_privacy.py",),
    ),
    Row(
        "backup restored; old database brought up to date",
        "the same decisions, trail and files",
        (),
        ("tests/platform/test_backup.py", "tests/platform/test_upgrade.py"),
    ),
)


def remember(rows: Iterable[dict], *, short: bool) -> None:
    """Keep the figures of this run; a short run does not take the place of a full one."""
    kept = _kept()
    for row in rows:
        key = f"{row.get('arena', '')}/{row.get('id', '')}"
        if row.get("id") and not (short and kept.get(key, {}).get("length") == "full"):
            when = datetime.now().isoformat(" ", "minutes")
            kept[key] = row | {"length": "short" if short else "full", "when": when}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1))


def _kept() -> dict[str, dict]:
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def table(*, tests: bool) -> int:
    """Print each row with its proof and its last figures; 1 where a row has no proof or failed."""
    kept, bad, bare = _kept(), 0, []
    results = _tested({path for row in ROWS for path in row.tests}) if tests else {}
    for row in ROWS:
        print(f"{row.fault}\n    asked: {row.asked}")
        figures = [one for one in kept.values() for id in row.drills if one["id"] == id]
        for one in figures:
            bad += not one["good"]
            mark = "" if one["good"] else "FAILED "
            print(
                f"    {mark}drill {one['id']}, {one['arena']}, {one['length']}, {one['when']}: {one['said']}"
            )
        for id in row.drills:
            if not any(one["id"] == id for one in figures):
                print(f"    drill {id}: not run yet")
        for path in row.tests:
            passed, failed, skipped, seconds = results.get(path, (0, 0, 0, 0.0))
            bad += failed
            told = (
                f"{passed} passed, {failed} failed, {skipped} skipped, {seconds:.0f} s"
                if tests
                else "in make test"
            )
            print(f"    {path}: {told}")
            bare += [path] if tests and not passed else []
        if not (row.drills or row.tests):
            bare.append(row.fault)
    print(
        f"\n{len(ROWS)} rows, {len(bare)} without proof{': ' if bare else ''}{', '.join(bare)}; {bad} failed"
    )
    return 1 if bad or bare else 0


def _tested(paths: set[str]) -> dict[str, tuple[int, int, int, float]]:
    """Run these test files: how many passed, failed and were left out, and how long each file took."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}", *sorted(paths)]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        counted: dict[str, tuple[int, int, int, float]] = {}
        for case in Xml.parse(report).iter("testcase"):
            name = case.get("classname", "").replace(".", "/")
            path = next((path for path in paths if path[:-3] == name or name.startswith(path[:-3])), "")
            passed, failed, skipped, seconds = counted.get(path, (0, 0, 0, 0.0))
            wrong = case.find("failure") is not None or case.find("error") is not None
            left = case.find("skipped") is not None
            seconds += float(case.get("time", 0))
            counted[path] = (passed + (not wrong and not left), failed + wrong, skipped + left, seconds)
    return counted
