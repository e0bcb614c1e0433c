"""PDF and Word: the same words, the same bytes twice, small, tagged, clean, and safe whatever was typed."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation
from docx import Document
from PIL import Image
from pypdf import PdfReader

from rolematcher.briefs import pdf as pdf_module
from rolematcher.briefs.content.shape import HouseHead
from rolematcher.briefs.pdf import BriefError, brief_html, brief_pdf
from rolematcher.briefs.word import brief_docx

from .made import CHATBOT, RECOMMENDED, content, docx_text, pdf, pdf_text, strings

LONGEST = 5000
UNLIKE = ("hire", "hire_pair", "look_elsewhere")
"""The longest briefs, and the one without pay and search."""
HOSTILE = {
    "one long word": "x" * LONGEST,
    "many lines": "line\n" * 199,
    "no-break spaces": "a\u00a0" * 2500,
    "right to left": "مرحبا بالعالم " * 350,
    "chinese": "机器学习工程师负责训练模型" * 380,
    "emoji": "👩\u200d💻🚀🇩🇪" * 60,
    "combining": "e\u0301\u0302\u0303" * 1200,
    "thai": "วิศวกรปัญญาประดิษฐ์" * 260,
    "markup": "<script>alert(1)</script><b>bold</b>" * 130,
    "unclosed markup": "<table><tr><td><svg><style><!-- " * 150,
    "template tags": "{% include 'briefs/box.html' %}{{ content }}" * 100,
    "css": "}</style><style>@page{size:1px}*{display:none}" * 100,
    "private use": "\ue000\uf8ff" * 2000,
}


def typed(text: str):
    """A content with this text where people typed, past every check at the door."""
    said = content(CHATBOT | {"description": "DESCRIPTION"})

    def put(part):
        if isinstance(part, str):
            return text if part == "DESCRIPTION" else part
        if isinstance(part, tuple):
            return tuple(put(one) for one in part)
        if dataclasses.is_dataclass(part):
            return dataclasses.replace(
                part, **{f.name: put(getattr(part, f.name)) for f in dataclasses.fields(part)}
            )
        return part

    parts = [part for part in said.parts if "DESCRIPTION" in strings(part)]
    return dataclasses.replace(said, parts=put(tuple(parts)), client=text[:200], project=text[:200])


def bare(text: str) -> str:
    """The words without spaces, bullets and numbers of pages, however lines were broken."""
    return re.sub(r"[\s•]|\d+ / \d+", "", text)


def test_a_full_line_is_not_broken_after_its_first_word_because_of_the_note_behind_it():
    asked = CHATBOT | {"sensitivity": "confidential", "team": ["developers"], "engagement_type": "contract"}
    assert "Two colleagues judge the same result" in pdf_text(pdf(asked).data)


@pytest.mark.parametrize(
    ("name", "audience", "language"),
    [
        *((name, "house", "en") for name in RECOMMENDED),
        *((name, "house", "de") for name in UNLIKE),
        *((name, "client", "en") for name in UNLIKE),
    ],
)
def test_a_brief_is_short_decides_on_page_one_and_says_the_same_in_word(name, audience, language):
    said, made = content(RECOMMENDED[name], audience, language), pdf(RECOMMENDED[name], audience, language)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages]
    assert len(pages) == made.pages <= 4
    assert len(made.data) < 300_000
    assert not made.missing_glyphs
    if audience == "house":
        assert said.section("why").title in pages[0]
        assert said.part("approver").title in [line.strip() for line in pages[1].splitlines()[:2]]
    in_pdf = bare("\n".join(pages))
    with translation.override(language):
        in_word = docx_text(brief_docx(said).data)
    for line in in_word.splitlines():
        plain = bare(re.sub(r"^\d+\. ", "", line)).replace("https://", "").replace("www.", "").rstrip("/")
        for piece in (plain[:25], plain[-12:]):
            assert piece in in_pdf, line


@pytest.mark.parametrize("audience", ["house", "client"])
def test_the_same_brief_twice_is_the_same_bytes(audience):
    assert pdf(CHATBOT, audience).data == brief_pdf(content(CHATBOT, audience)).data
    assert brief_docx(content(CHATBOT, audience)).data == brief_docx(content(CHATBOT, audience)).data


def test_a_brief_is_tagged_titled_and_names_its_language():
    reader = PdfReader(io.BytesIO(pdf(CHATBOT, language="de").data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "Harbour Dental" in reader.metadata.title
    with pikepdf.open(io.BytesIO(pdf(CHATBOT).data)) as file:
        figures = [
            one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert figures
        assert all("AI engineer" in str(one.get("/Alt")) for one in figures)


def test_no_type_is_smaller_than_eight_points():
    style = Path(str(pdf_module.finders.find("briefs/pdf.css"))).read_text()
    sizes = [float(size) for size in re.findall(r"(?:font-size: |font: \d+ )([\d.]+)pt", style)]
    assert sizes
    assert min(sizes) >= 8
    assert "font: 400 9.5pt" in style


def test_word_has_real_headings_tables_and_a_described_picture():
    document = Document(io.BytesIO(brief_docx(content(CHATBOT)).data))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= set(styles)
    assert len(document.tables) == 2
    assert "AI engineer" in document.inline_shapes[0]._inline.docPr.get("descr")
    about = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_file(tmp_path):
    file = tmp_path / "brief.docx"
    file.write_bytes(brief_docx(content(CHATBOT)).data)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, timeout=120)
    assert "Probably an AI engineer" in pdf_text((tmp_path / "brief.pdf").read_bytes())


def test_the_house_stands_on_its_briefs():
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    logo = file.getvalue()
    said = dataclasses.replace(
        content(CHATBOT), house=HouseHead("Tern & Partner", "hello@tern.example", logo)
    )
    assert "Tern & Partner" in pdf_text(brief_pdf(said).data)
    assert "hello@tern.example" in docx_text(brief_docx(said).data)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_still_makes_whole_documents(text):
    said = typed(text)
    made = brief_pdf(said)
    assert made.pages <= 12
    assert len(PdfReader(io.BytesIO(made.data)).pages) == made.pages
    assert docx_text(brief_docx(said).data)


def test_what_people_type_is_escaped_and_nothing_is_fetched():
    html = brief_html(typed('<img src="http://127.0.0.1:9/x"><b>&'))
    assert "<img src=" not in html
    assert "&lt;b&gt;&amp;" in html


@pytest.mark.parametrize(
    "payload",
    [
        '<img src="http://127.0.0.1:9/img">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/css">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/svg"/></svg>',
        '<img src="file:///etc/passwd">',
        '<img src="brief:../x">',
        '<link rel="stylesheet" href="data:text/css,x">',
    ],
)
def test_an_address_that_gets_past_the_escaping_fails_the_brief(payload, monkeypatch):
    monkeypatch.setattr(pdf_module, "brief_html", lambda _content: f"<h1>A brief</h1>{payload}")
    with pytest.raises(BriefError, match="not one of our own files"):
        brief_pdf(content(CHATBOT))


def test_characters_without_a_glyph_are_named_once():
    made = brief_pdf(typed("\U000f0000 and \U000f0000 again"))
    assert made.missing_glyphs == "\U000f0000"
