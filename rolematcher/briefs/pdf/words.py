"""Letters and the room they take. In: typed text. Out: how wide it is; where an endless word may break."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

PIECE = 20
"""Letters after which an endless word may be broken."""
SIGNS = "\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U0001f000-\U0003ffff"
"""Chinese, Japanese and Korean signs, and pictures: as wide as two letters, and lines break between them."""
SPACES = " \t\r\n\u1680\u2000-\u2006\u2008-\u200b\u2028\u2029\u205f"
THAI_LAO = "\u0e00-\u0eff"
"""Written without spaces; the renderer knows where their words end."""
WIDE = re.compile(f"[{SIGNS}]")
ENDLESS = re.compile(f"[^{SPACES}{THAI_LAO}{SIGNS}]{{61,}}")


def width(line: str) -> int:
    """How many letters' room a line takes."""
    return len(line) if line.isascii() else len(line) + len(WIDE.findall(line))


def endless_words_marked(page: ElementTree.Element) -> None:
    """Mark places in words of more than sixty letters on the page where a line may end.

    The renderer would find them by itself, but lays all the rest of the word out anew for each line. Title
    and description of the file stand outside the body and stay as they are.
    """
    for element in page.iterfind("body//"):
        if element.text and len(element.text) > PIECE:
            element.text = ENDLESS.sub(_in_pieces, element.text)
        if element.tail and len(element.tail) > PIECE:
            element.tail = ENDLESS.sub(_in_pieces, element.tail)


def _in_pieces(word: re.Match[str]) -> str:
    """The word with a mark after every piece; an accent stays with its letter."""
    pieces = [""]
    for letter in word[0]:
        if len(pieces[-1]) >= PIECE and unicodedata.category(letter)[0] != "M":
            pieces.append("")
        pieces[-1] += letter
    return "\u200b".join(pieces)
