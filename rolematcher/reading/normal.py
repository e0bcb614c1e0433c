"""Normalise a pasted text once. In: any text. Out: `Clean`: plain characters, and where each came from.

Compatibility forms become plain letters, soft hyphens, zero-width and direction marks go, every space,
dash and quotation mark becomes its plain sister. Later stages see only this text, so invisible characters
can change nothing; `Clean.span` finds the pasted stretch again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .record import Span

MOST_CHARS = 20_000
"""Longer texts are read to here; the form takes less."""
NOT_TEXT = 0.05
"""The share of control and replacement characters from which a paste is no text but a binary file."""
PLAIN = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("’‘‛`´ʼ′＇", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("\u2028\u2029\u0085\v\f\r", "\n"),
    **dict.fromkeys("•●▪◦‣∙·", "•"),
    "\t": " ",
    "⁄": "/",
}
ORDINARY = re.compile(r"[\n -_a-~]+(?![\u0300-\u036f])")
"""What needs no change; a letter with an accent mark behind it does."""


@dataclass(frozen=True, slots=True)
class Clean:
    """`text` is plain; `at[i]` is where its character i begins in `pasted`, with one entry for the end."""

    text: str
    at: tuple[int, ...]
    pasted: str
    is_text: bool = True

    def span(self, start: int, end: int) -> Span:
        """The pasted stretch behind `text[start:end]`."""
        first, last = self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]
        while last < len(self.pasted) and unicodedata.combining(self.pasted[last]):
            last += 1
        return Span(start=first, end=last, text=self.pasted[first:last])


def normalise(pasted: str) -> Clean:
    """The text made plain. Never raises; only the first `MOST_CHARS` characters are read."""
    head = pasted[:MOST_CHARS]
    letters: list[str] = []
    at: list[int] = []
    strange, here = 0, 0
    while here < len(head):
        run = ORDINARY.match(head, here)
        if run:
            letters.append(run.group())
            at.extend(range(run.start(), run.end()))
            here = run.end()
            continue
        char, start = head[here], here
        here += 1
        if char == "\r" and head[here : here + 1] == "\n":
            continue
        plain = PLAIN.get(char)
        if plain is None:
            strange += char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
            here, plain = _cluster(head, start)
        letters.append(plain)
        at.extend([start] * len(plain))
    at.append(len(head))
    return Clean("".join(letters), tuple(at), pasted, is_text=strange <= NOT_TEXT * max(len(head), 20))


def _cluster(text: str, start: int) -> tuple[int, str]:
    """Where the character at `start` with its combining marks ends, and what it becomes."""
    end = start + 1
    while end < len(text) and end - start < 8 and unicodedata.combining(text[end]):
        end += 1
    plain = []
    for char in unicodedata.normalize("NFKC", text[start:end]):
        kind = unicodedata.category(char)
        if kind == "Zs":
            plain.append(" ")
        elif kind not in ("Cf", "Cc", "Cs", "Co", "Cn"):
            plain.append(PLAIN.get(char, char))
    return end, "".join(plain)
