"""What opens documents for the search sees each thing that can be hidden in one."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement

from tests.sharing.opened import docx_beside, pdf_beside


def in_pdf(file: pikepdf.Pdf, kind: str) -> None:
    page, new = file.pages[0], file.make_indirect
    if kind == "attachments":
        file.attachments["zebra"] = b"zebra"
    elif kind == "properties":
        file.docinfo["/Keywords"] = "zebra"
    elif kind == "metadata":
        with file.open_metadata() as said:
            said["dc:description"] = "zebra"
    elif kind == "layers":
        new(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="zebra"))
        file.Root.OCProperties = pikepdf.Dictionary(OCGs=[])
    elif kind == "notes":
        page.Annots = [new(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text))]
    else:
        name, what = {"links": ("URI", "zebra"), "actions": ("JavaScript", "")}[kind]
        done = pikepdf.Dictionary(S=pikepdf.Name("/" + name), URI=what)
        page.Annots = [new(pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=done))]


@pytest.mark.parametrize(
    "kind", ["attachments", "properties", "metadata", "layers", "notes", "links", "actions"]
)
def test_what_lies_beside_the_pages_of_a_pdf_is_seen(kind):
    made = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(made)
        assert pdf_beside(made.getvalue())[kind] == []
        in_pdf(file, kind)
        file.save(changed := io.BytesIO())
    assert pdf_beside(changed.getvalue())[kind]


def docx_with(kind: str) -> bytes:
    document = Document()
    paragraph = document.add_paragraph("words")
    run = paragraph.runs[0]
    if kind == "comments":
        document.add_comment(run, "zebra")
    elif kind == "hidden text":
        run.font.hidden = True
    elif kind == "tracked changes":
        paragraph._p.append(OxmlElement("w:ins"))
    elif kind == "outside":
        document.part.relate_to("https://zebra.example", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.core_properties.title = "zebra" if kind == "core" else ""
    document.save(made := io.BytesIO())
    with zipfile.ZipFile(made, "a") as file:
        if kind == "other parts":
            file.writestr("word/zebra.bin", b"zebra")
        if kind == "custom XML":
            file.writestr("customXml/item2.xml", "<zebra>zebra</zebra>")
        file.comment = b"zebra" if kind == "zip comments" else b""
    return made.getvalue()


@pytest.mark.parametrize(
    "kind",
    [
        *("comments", "hidden text", "tracked changes", "outside", "core"),
        *("other parts", "custom XML", "zip comments"),
    ],
)
def test_what_lies_beside_the_words_of_a_word_file_is_seen(kind):
    assert docx_beside(docx_with(kind))[kind] != docx_beside(docx_with(""))[kind]
