"""CSV files of made-up rates for the benchmark, the same each time: good ones of any length, hostile ones."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from rolematcher.engine.money.observation import COLUMNS, ENGAGEMENTS, ROLES, SENIORITIES
from rolematcher.engine.regions import REGIONS

PLACES = [*sorted(REGIONS)[:60], "US", "GB", "DE"]
NOTE = (
    "A made-up note of about the length of a real one: where the figure comes from, and what it leaves out."
)


def rows(count: int, raised: int = 0) -> Iterator[list[object]]:
    """`count` rows in 63 places; the same keys with other figures where `raised` differs."""
    chance = random.Random(1)
    for number in range(count):
        typical = chance.randint(20, 250) * 1000 + raised
        yield [
            *(chance.choice(ROLES), chance.choice(PLACES), chance.choice(ENGAGEMENTS)),
            *(chance.choice(SENIORITIES), "USD", "year", "base_pay"),
            *(typical * 8 // 10, typical, typical * 13 // 10, "median"),
            *(
                f"Publisher {number % 977}",
                chance.choice(("raw_recomputed", "recruiter", "vendor", "editorial")),
            ),
            *(f"Survey {number}", f"https://example.org/{number}", f"2026-0{1 + number % 9}"),
            *(f"n={number % 60}", "no", NOTE),
        ]


def good(path: Path, count: int, raised: int = 0) -> Path:
    """A file that imports."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(rows(count, raised))
    return path


def hostile(folder: Path) -> dict[str, Path]:
    """Files that must be refused, by what is wrong with them."""
    sound = good(folder / "sound.csv", 100_000)
    heads, first, *_rest = sound.read_text(encoding="utf-8").splitlines(keepends=True)
    every: Callable[[str, str], str] = lambda old, new: sound.read_text(encoding="utf-8").replace(old, new)  # noqa: E731
    contents: dict[str, bytes] = {
        "1 MB field": (heads + first.replace("A made-up", "A" * 1_000_000)).encode(),
        "1,000,000 rows": (heads + "x\n" * 1_000_000).encode(),
        "NUL": (heads + first.replace("A made-up", "\0")).encode(),
        "UTF-16": (heads + first).encode("utf-16"),
        "cp1252": (heads + first * 100 + first.replace("A made-up", "Ä")).encode("cp1252"),
        "duplicate keys": (heads + first * 100_000).encode(),
        "negatives": every("year,base_pay,", "year,base_pay,-").encode(),
        "bad dates": every(",2026-0", ",2026-7").encode(),
        "quotation mark left open": (
            heads + first.replace("A made-up", '"A made-up') + first * 30_000
        ).encode(),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 1000,
    }
    paths = {}
    for number, (name, content) in enumerate(contents.items()):
        paths[name] = folder / f"hostile-{number}.csv"
        paths[name].write_bytes(content)
    return paths
