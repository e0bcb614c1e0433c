"""The PDF as a file: pages, paper, sameness, size, what it carries."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import CSS, HTML

from rolematcher.briefs.pdf import BriefTooLong, BriefUnreadable, brief_pdf, decision_json_of
from rolematcher.briefs.pdf import render as rendering
from rolematcher.briefs.pdf.fetch import OwnFilesOnly
from rolematcher.briefs.pdf.page import BriefPage, WellFormed, brief_html, page_parsed

from .made import CHATBOT, COURSES, brief, brief_kept, content, with_text

ROOT = Path(__file__).parents[2]
A4, LETTER = (595, 842), (612, 792)


def pages_text(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def solid(text: str) -> str:
    """Text without spaces: where a line ends is no matter."""
    return "".join(text.split())


@pytest.mark.parametrize("course", COURSES)
def test_every_course_makes_a_brief_of_four_pages_at_most_under_300_kb(course):
    made = brief_kept(**COURSES[course])
    assert 2 <= made.pages <= 4
    assert len(made.data) < 300_000
    assert made.missing_glyphs == ""


@pytest.mark.parametrize("course", COURSES)
def test_page_one_stands_alone(course):
    said = content(**COURSES[course])
    first = pages_text(brief_kept(**COURSES[course]).data)[0]
    for words in (said.recommendation, said.firmness.sentence, said.first_step, said.question):
        assert solid(words) in solid(first)
    assert solid(said.foot) in solid(first)
    assert solid(said.rates.verdict) in solid(first)


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_every_page_has_the_size_of_its_paper(paper, size):
    for page in PdfReader(io.BytesIO(brief_kept(paper=paper, **CHATBOT).data)).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_the_client_copy_leaves_out_the_annex_and_nothing_else():
    full, client = (pages_text(brief_kept(variant=variant, **CHATBOT).data) for variant in ("full", "client"))
    assert "Every rate observation used" in full[-1]
    assert "Every rate observation used" not in " ".join(client)
    assert len(client) == len(full) - 1
    assert client[1].replace("of 3", "of 4") == full[1]


def test_the_number_of_each_page_and_of_all_pages_is_printed():
    texts = pages_text(brief_kept(**CHATBOT).data)
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {len(texts)}" in text


def test_fonts_are_embedded_from_the_package():
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(brief_kept(**CHATBOT).data)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("Inter" in name for name in names)


def test_the_same_decision_gives_the_same_bytes_in_three_processes():
    script = (
        "import django; django.setup()\n"
        "import hashlib\n"
        "from tests.briefs.made import CHATBOT, brief\n"
        "print(hashlib.sha256(brief(**CHATBOT).data).hexdigest())\n"
    )
    here = hashlib.sha256(brief_kept(**CHATBOT).data).hexdigest()
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == here


def test_another_decision_another_language_and_another_copy_are_other_files():
    made = {
        brief_kept(**CHATBOT).data,
        brief_kept(variant="client", **CHATBOT).data,
        brief_kept(paper="letter", **CHATBOT).data,
        brief_kept(language="de", **CHATBOT).data,
        brief_kept(**CHATBOT | {"client": "Another"}).data,
    }
    assert len(made) == 5


def test_content_in_one_language_is_not_printed_as_another():
    with pytest.raises(ValueError, match="The content is in en"):
        brief_pdf(content(**CHATBOT), variant="full", paper="a4", language="de")


def test_the_brief_carries_its_decision():
    attached = decision_json_of(brief_kept(**CHATBOT).data)
    assert attached["answers"]["client"] == CHATBOT["client"]
    assert attached["verdict"]["role"] == "ai_engineer"
    assert len(attached["edition"]["sha256"]) == 64
    assert attached == json.loads(json.dumps(content(**CHATBOT).data))


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"hello" * 100, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"],
)
def test_a_file_without_a_decision_is_refused_with_a_sentence(data):
    with pytest.raises(BriefUnreadable, match=r"\."):
        decision_json_of(data)


def test_a_brief_past_the_page_cap_fails_for_good(monkeypatch):
    monkeypatch.setattr(rendering, "MOST_PAGES", 4)
    with pytest.raises(BriefTooLong, match="at most 4"):
        brief_pdf(with_text(content(**CHATBOT), "word " * 6000), variant="full", paper="a4", language="en")


def test_the_title_of_the_file_names_the_client_and_the_language_is_set():
    reader = PdfReader(io.BytesIO(brief_kept(**CHATBOT).data))
    assert reader.metadata.title == "Hiring brief · Müller & Søn <Ltd> · Answers for the service desk"
    assert reader.metadata.subject == content(**CHATBOT).recommendation
    assert reader.root_object["/Lang"] == "en"
    assert reader.outline[0].title.startswith("Hire one")


@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_is_well_formed_so_that_the_quick_reader_takes_it(course, language):
    html = brief_html(content(language, **COURSES[course]), annex=True)
    base = CSS(string=rendering.style_text("base"))
    assert isinstance(page_parsed(html, base, OwnFilesOnly({})), WellFormed)


def test_both_readers_give_the_same_file(monkeypatch):
    quick = brief_kept(**CHATBOT).data
    monkeypatch.setattr(
        rendering,
        "page_parsed",
        lambda html, base, fetcher: BriefPage(base, string=html, url_fetcher=fetcher),
    )
    assert brief(**CHATBOT).data == quick


@pytest.mark.parametrize(
    "course",
    ["hire_pair", *(pytest.param(name, marks=pytest.mark.slow) for name in COURSES if name != "hire_pair")],
)
def test_our_own_sheet_gives_each_element_what_the_renderers_own_gives_it(monkeypatch, course):
    short = brief_kept(**COURSES[course]).data
    monkeypatch.setattr(BriefPage, "_ua_stylesheets", HTML._ua_stylesheets)
    assert brief(**COURSES[course]).data == short


def test_a_character_that_xml_forbids_is_read_as_html():
    made = brief_pdf(with_text(content(**CHATBOT), "a\x0cb"), variant="full", paper="a4", language="en")
    assert made.pages >= 4
