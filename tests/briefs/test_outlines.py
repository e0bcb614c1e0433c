"""Fonts of other writings in the PDF: small, and their outlines as they were."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess

import pikepdf
import pydyf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.briefs.pdf import brief_pdf
from rolematcher.briefs.pdf.outlines import outlines_alone
from tests.examples import up_to

from .made import CHATBOT, content, with_text

MIXED = "\u673a\u5668\u5b66\u4e60\u5de5 \u0645\u0631\u062d\u0628\u0627 \u0432\u0435\u0441\u044c \U0001f680 "
NOTO = shutil.which("fc-list") and b"NotoSansCJK" in subprocess.run(["fc-list"], capture_output=True).stdout


def file_with(outlines: bytes) -> bytes:
    """An OpenType file of two tables, the outlines last."""
    start = 12 + 2 * 16
    tables = struct.pack(">4sIII", b"hmtx", 0, start, 4) + struct.pack(
        ">4sIII", b"CFF ", 0, start + 4, len(outlines)
    )
    return b"OTTO" + struct.pack(">HHHH", 2, 0, 0, 0) + tables + b"wide" + outlines


@given(st.binary(min_size=1, max_size=400))
@up_to(100, deadline=None)
def test_a_reader_gets_the_outlines_as_they_were(outlines):
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([file_with(outlines)], pydyf.Dictionary({"Subtype": "/OpenType"})))
    outlines_alone(pdf)
    number = pdf.objects[-1].number
    out = io.BytesIO()
    pdf.catalog["Font"] = pdf.objects[-1].reference
    pdf.write(out, version=b"1.7")
    with pikepdf.open(io.BytesIO(out.getvalue())) as opened:
        stream = opened.get_object(number, 0)
        assert stream.Subtype == "/CIDFontType0C"
        assert bytes(stream.read_bytes())[: len(outlines)] == outlines


def test_a_file_without_such_outlines_is_left_alone():
    pdf = pydyf.PDF()
    file = b"OTTO" + struct.pack(">HHHH", 1, 0, 0, 0) + struct.pack(">4sIII", b"CFF2", 0, 28, 4) + b"two!"
    pdf.add_object(pydyf.Stream([file], pydyf.Dictionary({"Subtype": "/OpenType"})))
    outlines_alone(pdf)
    assert pdf.objects[-1].stream == [file]


@pytest.mark.skipif(not NOTO, reason="no Chinese font on this machine")
def test_a_brief_in_many_writings_is_under_three_hundred_kilobytes():
    said = with_text(content(**CHATBOT), MIXED * 20, ("client", "description"))
    made = brief_pdf(said, variant="full", paper="a4", language="en")
    assert len(made.data) < 300_000
    assert made.missing_glyphs == ""
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        kinds = {str(item.get("/Subtype")) for item in pdf.objects if isinstance(item, pikepdf.Stream)}
    assert "/CIDFontType0C" in kinds
    assert "/OpenType" not in kinds
