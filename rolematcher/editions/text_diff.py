"""Two texts in, the lines that differ with a little around them out."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 2
MOST_LINES = 3000


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the comparison. `kind`: same, gone, new or skip; numbers are None on the other side."""

    kind: str
    old: int | None
    new: int | None
    text: str


def text_diff(old: str, new: str) -> list[DiffLine]:
    """The difference from `old` to `new`, empty where there is none."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[DiffLine] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if lines:
            lines.append(DiffLine("skip", None, None, ""))
        for kind, from_old, to_old, from_new, to_new in group:
            if kind == "equal":
                lines += [
                    DiffLine("same", place + 1, place + 1 + from_new - from_old, before[place])
                    for place in range(from_old, to_old)
                ]
                continue
            lines += [DiffLine("gone", place + 1, None, before[place]) for place in range(from_old, to_old)]
            lines += [DiffLine("new", None, place + 1, after[place]) for place in range(from_new, to_new)]
    return lines[:MOST_LINES]
