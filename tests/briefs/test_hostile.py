"""Text that people type, at its worst, in every field that reaches the paper; its addresses reach nothing."""

from __future__ import annotations

import http.server
import io
import re
import threading
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from rolematcher.briefs.pdf import BriefBlocked, brief_pdf
from rolematcher.briefs.pdf import render as rendering
from rolematcher.briefs.pdf.fetch import OwnFilesOnly
from rolematcher.briefs.pdf.fonts import font_assets
from rolematcher.briefs.pdf.words import endless_words_marked
from rolematcher.engine.errors import AnswersInvalid

from .made import CHATBOT, brief, content, preview, with_text

LONGEST = 5000
HOSTILE = {
    "one long word": "x" * LONGEST,
    "one long word with hyphens": "ab-" * 1666,
    "long prose": "The quick brown fox jumps over the lazy dog. " * 111,
    "many lines": "line\n" * 199,
    "many spaces": "a" + " " * (LONGEST - 2) + "b",
    "no-break spaces": "a\u00a0" * 2500,
    "soft hyphens": "soft\u00adhyphen\u00ad" * 300,
    "right to left": "مرحبا بالعالم " * 350,
    "hebrew and latin mixed": "שלום world " * 400,
    "chinese": "机器学习工程师负责训练模型" * 380,
    "emoji": "👩\u200d💻🚀🇩🇪" * 60,  # each is a picture of its own on the paper
    "combining": "e\u0301\u0302\u0303" * 1200,
    "devanagari": "कृत्रिम बुद्धिमत्ता " * 250,
    "thai": "วิศวกรปัญญาประดิษฐ์" * 260,
    "javanese": "\ua9a9" * LONGEST,  # a writing without spaces, whose letters take long to place
    "khmer": "ភាសាខ្មែរ" * 550,
    "markup": "<script>alert(1)</script><b>bold</b>" * 130,
    "unclosed markup": "<table><tr><td><svg><style><!-- " * 150,
    "entities": "&lt;&amp;&#x41;&nbsp;" * 250,
    "template tags": "{% include 'briefs/pdf/brief.css' %}{{ content }}" * 100,
    "css": "}</style><style>@page{size:1px}*{display:none}" * 100,
    "braces and quotes": "'\"`{}[]()\\" * 500,
    "private use": "\ue000\uf8ff" * 2000,
    "outside the first plane": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢" * 700,
    "digits": "1234567890" * 500,
}
ALWAYS = ("one long word", "many lines", "right to left", "chinese", "emoji", "markup")
"""Those `make test` prints; the others take as long and find the same, so `make test-slow` has them."""

ADDRESSES = (
    '<img src="{address}/img">',
    '<link rel="stylesheet" href="{address}/css">',
    '<link rel="attachment" href="{address}/attachment">',
    "<style>@import url({address}/import);</style>",
    "<style>@font-face{{font-family:x;src:url({address}/font)}}*{{font-family:x}}</style>",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/svg"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{address}/use#a"/></svg>',
    '<object data="{address}/object"></object>',
    '<embed src="{address}/embed">',
    '<iframe src="{address}/frame"></iframe>',
    '<p style="background:url({address}/style)">x</p>',
    '<base href="{address}/"><img src="relative">',
    '<a rel="attachment" href="{address}/linked">x</a>',
    '<input type="image" src="{address}/input">',
)


@pytest.fixture(scope="module")
def listener():
    """A server that counts every request; nothing in a brief may reach it."""
    hits: list[str] = []

    class Counter(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()


def printed(said) -> bytes:
    return brief_pdf(said, variant="full", paper="a4", language="en").data


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name in ALWAYS else pytest.mark.slow)
        for name, text in {**HOSTILE, "many emoji": HOSTILE["emoji"] * 10}.items()
    ],
)
def test_hostile_text_in_every_typed_field_still_makes_a_whole_brief(text):
    said = content(**CHATBOT)
    said = replace(
        with_text(said, text, ("client", "project", "description", "asked_by")),
        search=replace(said.search, success=(text[:500],) * 3),
        client=text[:200],
        project=text[:200],
    )
    made = brief_pdf(said, variant="full", paper="a4", language="en")
    assert made.pages <= 12
    assert len(PdfReader(io.BytesIO(made.data)).pages) == made.pages


def test_an_endless_word_breaks_at_marked_places_and_is_copied_out_whole():
    word = "x" * 300 + "́"
    said = with_text(content(**CHATBOT), f"before {word} after")
    text = PdfReader(io.BytesIO(printed(said))).pages[-1].extract_text()
    assert "​" not in text
    assert "x" * 300 in text.replace("\n", "").replace(" ", "")


def test_only_endless_words_are_marked_and_no_accent_is_parted_from_its_letter():
    def marked(text: str) -> str:
        page = ElementTree.fromstring("<html><head><title/></head><body><p/></body></html>")
        title, paragraph = page.find("head/title"), page.find("body/p")
        title.text = paragraph.text = text
        endless_words_marked(page)
        assert title.text == text
        return paragraph.text

    for short in ("x" * 60, "word " * 100, "机" * 100, "ว" * 100, "a-b " * 50, "https://example.org/a"):
        assert marked(short) == short
    pieces = marked("ẹ" * 100).split("​")
    assert len(pieces) > 5
    assert all(piece[0] == "e" for piece in pieces)
    assert "".join(pieces) == "ẹ" * 100


@pytest.mark.parametrize("length", [1, 199, 200])
def test_a_client_of_any_allowed_length_fits_the_page(length):
    made = brief(**CHATBOT | {"client": "W" * length, "project": "M" * length})
    assert made.pages <= 5


def test_text_over_the_limit_is_refused_with_a_sentence_not_cut():
    with pytest.raises(AnswersInvalid, match=r"5,000"):
        preview(**CHATBOT | {"description": "x" * 5001})
    with pytest.raises(AnswersInvalid, match=r"200"):
        preview(**CHATBOT | {"description": "x\n" * 201})


def test_the_longest_allowed_text_is_printed_whole():
    text = " ".join(f"word{number}" for number in range(560))
    assert len(text) <= LONGEST
    data = brief(**CHATBOT | {"description": text}).data
    whole = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "word0" in whole
    assert "word559" in whole


def test_what_people_type_is_escaped():
    html = rendering.brief_html(with_text(content(**CHATBOT), "<b>&\"'"), annex=True)
    assert "<b>&\"'" not in html
    assert "&lt;b&gt;&amp;&quot;&#x27;" in html


def test_an_address_in_typed_text_is_never_fetched(listener):
    address, hits = listener
    typed = "\n".join(payload.format(address=address) for payload in ADDRESSES)
    assert printed(with_text(content(**CHATBOT), typed))
    assert hits == []


@pytest.mark.parametrize("payload", [ADDRESSES[0], ADDRESSES[1], ADDRESSES[5]])
def test_an_address_that_gets_past_the_escaping_fails_the_brief(payload, listener, monkeypatch):
    address, hits = listener
    page = rendering.brief_html(content(**CHATBOT), annex=True)
    broken = page.replace("<h1", f"{payload.format(address=address)}<h1", 1)
    monkeypatch.setattr(rendering, "brief_html", lambda *_args, **_options: broken)
    with pytest.raises(BriefBlocked, match="not one of our own files"):
        printed(content(**CHATBOT))
    assert hits == []


@pytest.mark.parametrize(
    "place",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "data:text/css,x",
        "brief:../secret",
        "brief:",
        "ftp://h/x",
        "/x",
    ],
)
def test_only_named_assets_can_be_read(place):
    fetcher = OwnFilesOnly(font_assets())
    with pytest.raises(BaseException, match="not one of our own files"):
        fetcher.fetch(place)
    assert fetcher.blocked == 1
    assert fetcher.fetch("brief:inter-400.ttf").read()[:4] == b"\x00\x01\x00\x00"


def test_a_file_named_in_text_is_not_attached(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-7f3a")
    data = printed(with_text(content(**CHATBOT), f'<link rel=attachment href="file://{secret}">'))
    reader = PdfReader(io.BytesIO(data))
    assert list(reader.attachments) == ["decision.json"]
    assert b"canary-7f3a" not in data


def test_characters_without_a_glyph_are_named_once():
    made = brief_pdf(
        with_text(content(**CHATBOT), "\U000f0000 and \U000f0000 again"),
        variant="full",
        paper="a4",
        language="en",
    )
    assert made.missing_glyphs == "\U000f0000"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_style_sheet_holds_nothing_that_hangs_the_renderer(paper):
    css = rendering.style_text("brief") + rendering.style_text(paper)
    assert "overflow-wrap: break-word" in css
    for costly in (
        "anywhere",
        "break-all",
        "columns:",
        "column-count",
        "display: flex",
        "display: grid",
        "hyphens: auto",
    ):
        assert costly not in css
    tables = re.findall(r"[^{}]*{[^{}]*display: table;[^{}]*}|^table {[^{}]*}", css, re.M)
    assert len(tables) >= 3
    assert all("table-layout: fixed" in rule for rule in tables)
    assert set(re.findall(r"url\(([^)]*)\)", css)) == {f'"brief:{name}"' for name in font_assets()}
