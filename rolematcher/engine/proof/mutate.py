"""Would anybody notice? In: a rulebook text. Out: for each one-word change of it, what catches it.

A change is caught when the text no longer reads, the proof fails, an example fails or a golden table reads
differently. What is caught by none of these must change no answer at all, shown by comparing the two
rulebooks over all answers; otherwise it slipped through. Run: `make mutate-rules`.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from rolematcher.engine.decision.worked_cases import contradictions, rulebook_faults
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rulebook
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.engine.rulebook.toml_text import toml_text

from .compare import compare
from .golden import golden_texts
from .mutations import Mutation, mutations
from .proof import table_proof

READING, PROOF, EXAMPLES, GOLDEN = "reading", "proof", "examples", "golden"
NO_ANSWER, SLIPPED = "no answer changes", "slipped through"
COLUMNS = (READING, PROOF, EXAMPLES, GOLDEN, NO_ANSWER, SLIPPED)

PACKAGED = Path(__file__).parents[2] / "data" / "rulebook.toml"
"""The rulebook the product is shipped with."""

MOST_LISTED = 300
"""Changes of one kind that are listed by name when they change no answer; more are only counted."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A change, its kind and place, with everything that catches it or the one reason why nothing does."""

    kind: str
    place: str
    by: tuple[str, ...]


def judge_all(text: str, *, every: int = 1, start: int = 0) -> Iterator[Judged]:
    """Make every change, or every n-th from a start, and judge it. Raises `RulebookError` on a wrong text."""
    rulebook = rulebook_read(text)
    golden = golden_texts(rulebook)
    document = tomllib.loads(text)
    if golden_texts(rulebook_read(toml_text(document))) != golden:
        raise RulebookError("Rulebook: written out and read again it is another one; mend `toml_text` first.")
    for mutation in islice(mutations(document, rulebook), start, None, every):
        yield Judged(mutation.kind, mutation.place, judge(rulebook, golden, mutation))


def judge(rulebook: Rulebook, golden: dict[str, str], mutation: Mutation) -> tuple[str, ...]:
    """Everything that catches one change of a rulebook."""
    try:
        changed = rulebook_read(toml_text(mutation.document))
    except RulebookError:
        return (READING,)
    if _uncited(changed) == _uncited(rulebook):
        return (NO_ANSWER,)
    by = []
    if rulebook_faults(changed) or contradictions(changed):
        by.append(EXAMPLES)
    try:
        if not table_proof(changed).holds:
            by.insert(0, PROOF)
        if golden_texts(changed) != golden:
            by.append(GOLDEN)
    except RulebookError:
        by.insert(0, PROOF)
    if by:
        return tuple(by)
    # Whatever the new rulebook says of its questions and results stands in the golden table and is the same.
    return (NO_ANSWER,) if _same_answers(rulebook, changed) else (SLIPPED,)


def _uncited(rulebook: Rulebook) -> tuple[object, ...]:
    """All that decides: everything but who a rule is taken from."""
    rows = [replace(rule, source="", against=()) for table in rulebook.tables for rule in table.rules]
    return rulebook.questions, tuple((t.id, t.take, t.choices) for t in rulebook.tables), rows


def _same_answers(rulebook: Rulebook, changed: Rulebook) -> bool:
    """True if need, role, course and every other table come out alike for every answer sheet."""
    found = compare(rulebook, changed)
    return not (found.differences or found.tables or found.news)


def table(judged: Iterable[Judged]) -> str:
    """A line a kind of change: how many there are and how many each check catches."""
    kinds: dict[str, Counter[str]] = {}
    for one in judged:
        counted = kinds.setdefault(one.kind, Counter())
        counted.update(("all", *one.by))
    total: Counter[str] = Counter()
    for counted in kinds.values():
        total.update(counted)
    heads = ("all", *COLUMNS)
    lines = [f"{'one-word change':24}" + "".join(f"{head:>18}" for head in heads)]
    for kind, counted in [*kinds.items(), ("together", total)]:
        lines.append(f"{kind:24}" + "".join(f"{counted[head]:18,}" for head in heads))
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Judge every change of a file (the packaged rulebook if none is named); 1 if one slips through."""
    text = (Path(arguments[0]) if arguments else PACKAGED).read_text(encoding="utf-8")
    shares = os.cpu_count() or 1
    with ProcessPoolExecutor(shares) as pool:
        judged = [
            one for share in pool.map(_share, [(text, shares, n) for n in range(shares)]) for one in share
        ]
    sys.stdout.write(table(judged) + "\n\n" + "".join(f"{line}\n" for line in _uncaught(judged)))
    return 1 if any(one.by == (SLIPPED,) for one in judged) else 0


def _share(share: tuple[str, int, int]) -> list[Judged]:
    text, every, start = share
    return list(judge_all(text, every=every, start=start))


def _uncaught(judged: list[Judged]) -> Iterator[str]:
    """What no check catches: named, or counted where a kind has very many."""
    harmless = Counter(one.kind for one in judged if one.by == (NO_ANSWER,))
    yield "Change no answer, as a comparison over all answer sheets proves:"
    for one in judged:
        if one.by == (NO_ANSWER,) and harmless[one.kind] <= MOST_LISTED:
            yield f"  {one.kind}: {one.place}"
    for kind, number in harmless.items():
        if number > MOST_LISTED:
            yield f"  {kind}: {number:,} changes"
    for one in judged:
        if one.by == (SLIPPED,):
            yield f"SLIPPED THROUGH  {one.kind}: {one.place}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
