"""Fonts of other writings, made small. In: the PDF's font files. Out: the same with only what draws letters.

A Chinese font of seven letters still lists sixty thousand: their widths, across and down, and the place of
each one's outline. The PDF has the widths of its letters beside it anyway; places that rise by one are
written as how much each differs from the one before, which packs to nothing. 110 KB a weight become 6.
"""

from __future__ import annotations

import struct
import zlib

import pydyf  # type: ignore[import-untyped]

HEAD, ENTRY = 12, 16
"""Bytes of an OpenType file's head, and of each entry in the list of its tables after it."""
PLACE = 2
"""Bytes of a place in the list of outlines."""
AS_ABOVE = b"\x02"
"""PNG's filter \"up\", of which PDF knows as well: each row as its difference from the one above."""


def outlines_alone(pdf: pydyf.PDF) -> None:
    """Put the bare outlines (CFF) in place of each OpenType file around them. Changes `pdf` in place."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/OpenType":
            outlines = _table(b"".join(item.stream), b"CFF ")
            if outlines:
                item.stream, item.compress = [zlib.compress(_differences(outlines))], False
                item.extra |= {
                    "Subtype": "/CIDFontType0C",
                    "Filter": "/FlateDecode",
                    "DecodeParms": pydyf.Dictionary({"Predictor": 12, "Columns": PLACE}),
                }


def _table(file: bytes, name: bytes) -> bytes:
    """A table of an OpenType file; empty where it has none of that name."""
    (count,) = struct.unpack_from(">H", file, 4)
    for number in range(count):
        tag, _sum, start, length = struct.unpack_from(">4sIII", file, HEAD + number * ENTRY)
        if tag == name:
            return file[start : start + length]
    return b""


def _differences(data: bytes) -> bytes:
    """The data in rows of two bytes, each row after its filter as the difference from the row above."""
    data += bytes(len(data) % PLACE)
    less = bytes((this - above) & 0xFF for this, above in zip(data, bytes(PLACE) + data, strict=False))
    rows = bytearray(len(data) // PLACE * (PLACE + 1))
    rows[0 :: PLACE + 1] = AS_ABOVE * (len(data) // PLACE)
    for column in range(PLACE):
        rows[column + 1 :: PLACE + 1] = less[column::PLACE]
    return bytes(rows)
