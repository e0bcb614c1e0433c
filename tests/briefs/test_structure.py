"""What a screen reader gets: the checks of the Matterhorn protocol (PDF/UA-1) that a program can make.

Covered, by checkpoint: 01 (all content marked or artifact), 02/09 (standard structure types, nesting of
lists and tables), 06 (XMP metadata and title), 07 (title shown), 11 (language), 13 (figures with alternative
text), 14 (headings not skipped), 15 (table heads with scope and headers), 17/21 (embedded files described),
28 (links in structure, described, tab order), 31 (fonts embedded, with Unicode), and of PDF/A-3: output
intent, associated file, no transparency group missing a colour space. Not covered here: whether alternative
texts and reading order make sense to a person, colour contrast in print, and validation by veraPDF or PAC.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import pairwise

import pikepdf
import pytest

from .made import CHATBOT, COURSES, brief_kept

KNOWN = {
    *("Document", "Sect", "Div", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody"),
    *("TR", "TH", "TD", "Span", "Link", "Figure", "NonStruct"),
}


@pytest.fixture(scope="module", params=["hire", "hire_pair", "ask_first"])
def pdf(request):
    with pikepdf.open(io.BytesIO(brief_kept(**COURSES[request.param]).data)) as opened:
        yield opened


def elements(pdf):
    """Every structure element that the document leads to, in reading order, with its parent's type."""
    waiting = [(pdf.Root.StructTreeRoot.K[0], None)]
    while waiting:
        element, parent = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        yield element, parent
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [(kid, str(element.S)[1:]) for kid in reversed(list(kids))]


def marks_of(pdf):
    """Per page the numbers of the marked parts the structure owns."""
    owned = {page.objgen: set() for page in pdf.pages}
    for element, _parent in elements(pdf):
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                owned[element.Pg.objgen].add(kid)
    return owned


def test_every_mark_on_a_page_is_owned_by_the_structure_and_the_other_way_round(pdf):
    owned = marks_of(pdf)
    for page in pdf.pages:
        on_page = set()
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                on_page.add(int(operands[1]["/MCID"]))
        assert on_page == owned[page.objgen]


def test_the_owner_of_every_mark_can_be_looked_up(pdf):
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    tree = {int(key): owners for key, owners in zip(numbers[::2], numbers[1::2], strict=True)}
    owned = {page.objgen: tree[int(page.StructParents)] for page in pdf.pages}
    for element, _parent in elements(pdf):
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                assert owned[element.Pg.objgen][kid].objgen == element.objgen


def test_the_words_over_the_chart_are_furniture_since_its_alternative_text_says_them(pdf):
    assert "Art" not in {str(element.S)[1:] for element, _parent in elements(pdf)}
    first = list(pikepdf.parse_content_stream(pdf.pages[0]))
    kinds = [
        str(operands[1].get("/Type"))
        for operands, op in first
        if str(op) == "BDC" and "/Artifact" in str(operands[0])
    ]
    assert kinds.count("/Layout") >= 7


def test_all_text_is_marked_and_no_mark_lies_inside_another(pdf):
    for page in pdf.pages:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            if word in ("BDC", "BMC"):
                depth += 1
                assert depth == 1
            elif word == "EMC":
                depth -= 1
            elif word in ("Tj", "TJ"):
                assert depth == 1


def test_running_titles_and_page_numbers_are_furniture(pdf):
    last = pikepdf.parse_content_stream(pdf.pages[-1])
    kinds = [
        str(operands[1].get("/Type"))
        for operands, op in last
        if str(op) == "BDC" and "/Artifact" in str(operands[0])
    ]
    assert kinds.count("/Pagination") == 3


def test_only_standard_types_are_used_and_they_nest_as_they_must(pdf):
    for element, parent in elements(pdf):
        kind = str(element.S)[1:]
        assert kind in KNOWN
        wanted = {
            "LI": {"L"},
            "Lbl": {"LI"},
            "LBody": {"LI"},
            "TR": {"THead", "TBody"},
            "TH": {"TR"},
            "TD": {"TR"},
        }
        if kind in wanted:
            assert parent in wanted[kind], (kind, parent)


def test_headings_begin_with_one_first_level_and_skip_none(pdf):
    levels = [
        int(str(element.S)[2:]) for element, _parent in elements(pdf) if re.fullmatch(r"/H\d", str(element.S))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_chart_is_a_figure_with_an_alternative_text_that_says_the_figures(pdf):
    figures = [element for element, _parent in elements(pdf) if str(element.S) == "/Figure"]
    assert len(figures) == 1
    alternative = str(figures[0].Alt)
    assert "recommended" in alternative
    assert "ML engineer" in alternative
    assert "BBox" in str(figures[0].A)


def test_heads_of_tables_have_a_scope_and_cells_name_their_heads(pdf):
    scopes = Counter()
    for element, _parent in elements(pdf):
        if str(element.S) == "/TH":
            scopes[str(element.A.Scope)] += 1
            assert "/ID" in element
        if str(element.S) == "/TD":
            assert len(element.A.Headers) >= 1
    assert scopes["/Column"] >= 4
    assert scopes["/Row"] >= 4


def test_links_are_in_the_structure_described_and_reached_by_tab(pdf):
    links = [element for element, _parent in elements(pdf) if str(element.S) == "/Link"]
    annotations = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(links) == len(annotations)
    for note in annotations:
        assert str(note.Contents)
        assert "/StructParent" in note
    for page in pdf.pages:
        assert str(page.Tabs) == "/S"


def test_language_title_and_both_standards_are_declared(pdf):
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as meta:
        assert meta["dc:title"].startswith("Hiring brief")
        assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert meta["pdfaid:part"] == "3"
        assert meta["pdfaid:conformance"] == "U"
        assert meta["xmp:CreateDate"] == "2026-11-21T00:00:00+00:00"
    text = pdf.Root.Metadata.read_bytes()
    assert text.count(b"<rdf:RDF") == 1


def test_fonts_are_embedded_and_can_be_read_as_text(pdf):
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    for font in fonts.values():
        assert "/ToUnicode" in font
        inner = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in inner or "/FontFile3" in inner


def test_the_decision_is_an_associated_file_that_is_described(pdf):
    assert len(pdf.Root.AF) == 1
    attached = pdf.Root.AF[0]
    assert str(attached.AFRelationship) == "/Data"
    assert str(attached.UF) == str(attached.F) == "decision.json"
    assert str(attached.Desc)
    assert str(attached.EF.F.Subtype) == "/application/json"
    assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def test_the_text_reads_in_the_order_of_the_page():
    from pypdf import PdfReader

    first = PdfReader(io.BytesIO(brief_kept(**CHATBOT).data)).pages[0].extract_text()
    order = ["Client", "Hire one", "Firm", "Why", "First step", "Question to take back", "Rate and budget"]
    places = [first.index(words) for words in order]
    assert places == sorted(places)
