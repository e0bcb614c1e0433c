"""Text as people paste it, made safe for paper. In: any text. Out: the form that is stored, or a `Message`.

Removed silently because nobody sees them: control, zero-width and direction-changing characters, and
spaces at line ends. Refused with a message, never cut: too long, too many lines, a broken character, a
letter buried under combining marks or a page of emoji (both can hang a renderer).
"""

from __future__ import annotations

import re
import unicodedata

from .message import Message, say

MOST_CHARACTERS = 5_000
MOST_LINES = 200
MOST_MARKS = 8
"""Combining marks in a row. Living scripts need three or four."""

MOST_PICTURES = 100
"""Emoji in a text. A page of women takes the renderer a quarter of a minute."""

PICTURE = re.compile("[\U0001f000-\U0001faff]")
BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ufdd0-\ufdef"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
HALF = re.compile("[\ud800-\udfff]")
LINE_END = re.compile("[ \t\u00a0]+$", re.MULTILINE)


def text_read(typed: str, *, most: int = MOST_CHARACTERS, lines: int = MOST_LINES) -> str | Message:
    """The text in its stored form: NFC, lines parted by \\n, nothing invisible; or why it cannot be taken.

    `most` characters and `lines` lines are allowed. With `lines=1` line breaks and tabs become spaces.
    Reading a text that has been read gives it back unchanged.
    """
    if len(typed) > 4 * most:  # not even worth cleaning
        return say("text.too_long", over=len(typed) - most)
    half = HALF.search(typed)
    if half:
        return say("text.damaged", line=typed.count("\n", 0, half.start()) + 1)
    text = INVISIBLE.sub("", BREAK.sub("\n", typed))
    if not text.isascii():
        text = text if _piled(text, 4 * MOST_MARKS) else unicodedata.normalize("NFC", text)
        pictures = len(PICTURE.findall(text)) - MOST_PICTURES
        if line := _piled(text, MOST_MARKS):
            return say("text.too_many_accents", line=line)
        if pictures > 0:
            return say("text.too_many_emoji", over=pictures)
    text = " ".join(text.split()) if lines == 1 else LINE_END.sub("", text).strip()
    if len(text) > most:
        return say("text.too_long", over=len(text) - most)
    over = text.count("\n") + 1 - lines
    return say("text.too_many_lines", over=over) if over > 0 else text


def _piled(text: str, most: int) -> int:
    """The line of a run of more than `most` combining marks; 0 where there is none."""
    run = 0
    for place, character in enumerate(text):
        run = run + 1 if ord(character) > 0x2FF and unicodedata.category(character)[0] == "M" else 0
        if run > most:
            return text.count("\n", 0, place) + 1
    return 0
