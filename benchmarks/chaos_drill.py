"""What every drill of the harness shares: its name in the table, and how its outcome is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.chaos_arena import Arena, Tally

Outcome = tuple[bool, str]


@dataclass(frozen=True)
class Drill:
    """One fault: its short id, its words in the table, and what does it."""

    id: str
    words: str
    run: Callable[[Arena, bool], Outcome]
    engines: tuple[str, ...]


DRILLS: dict[str, Drill] = {}


def drill(id: str, words: str, *, engines: tuple[str, ...] = ("sqlite", "postgres")) -> Callable:
    """Put a function into the table. It gets the arena and whether to be short; says good or not, and why."""

    def add(function: Callable[[Arena, bool], Outcome]) -> Callable[[Arena, bool], Outcome]:
        DRILLS[id] = Drill(id, words, function, engines)
        return function

    return add


def judged(tally: Tally, injected: str, *, failed: int = 0) -> Outcome:
    """Good when nothing was lost, finished twice or torn, all was made and exactly `failed` briefs failed."""
    good = not (tally.lost or tally.waiting or tally.twice or tally.torn) and tally.failed == failed
    said = f"{injected}; {tally.briefs} briefs: {tally.lost} lost, {tally.twice} twice, {tally.torn} torn"
    said += f", {tally.failed} failed" if tally.failed or failed else ""
    return good, said + (f", {tally.waiting} not made in time" if tally.waiting else "")


def settled(arena: Arena, keys: list[int], injected: str, *, within: float, failed: int = 0) -> Outcome:
    """Wait for the briefs, then judge."""
    seconds = arena.settle(keys, within=within)
    return judged(arena.tally(keys, seconds=seconds), injected, failed=failed)
