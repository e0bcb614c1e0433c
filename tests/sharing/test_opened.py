"""What opens documents for the search sees each thing that can be hidden in one."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement

from tests.sharing.opened import pdf_links, unmeant


def saved(file) -> bytes:
    file.save(made := io.BytesIO())
    return made.getvalue()


def test_what_lies_beside_the_pages_of_a_pdf_is_seen():
    file = pikepdf.new()
    page, new, name, dictionary = file.add_blank_page(), file.make_indirect, pikepdf.Name, pikepdf.Dictionary
    assert unmeant(saved(file), "pdf") == []
    file.docinfo["/Keywords"] = "zebra-properties"
    file.attachments["zebra-attachment"] = b"zebra"
    file.Root.OCProperties = dictionary(OCGs=[new(dictionary(Type=name.OCG, Name="zebra-layer"))])
    link, script = (dictionary(S=name(f"/{kind}"), URI="zebra-link") for kind in ("URI", "JavaScript"))
    page.obj.Annots = [
        new(dictionary(Type=name.Annot, Subtype=name.Text)),
        new(dictionary(Subtype=name.Link, A=link)),
        new(dictionary(Subtype=name.Link, A=script)),
    ]
    data = saved(file)
    hidden = {"/Filespec", "/OCG", "/OCProperties", "/Text", "/JavaScript", "/Keywords"}
    assert hidden <= {*unmeant(data, "pdf")} <= hidden | {"/EmbeddedFile"}
    assert pdf_links(data) == ["zebra-link"]


def test_what_lies_beside_the_words_of_a_word_file_is_seen():
    document = Document()
    run = document.add_paragraph("words").runs[0]
    plain = unmeant(saved(document), "docx")
    document.core_properties.keywords = "zebra-core"
    document.add_comment(run, "zebra")
    run.font.hidden = True
    run._r.getparent().append(OxmlElement("w:ins"))
    document.part.relate_to("https://zebra.example", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = io.BytesIO(saved(document))
    with zipfile.ZipFile(made, "a") as file:
        file.comment = b"zebra-comment"
    seen = {*unmeant(made.getvalue(), "docx")} - {*plain}
    marks = {"commentReference", "commentRangeStart", "ins", "vanish"}
    assert seen == {"word/comments.xml", "zebra-comment", 'TargetMode="External"', "keywords", *marks}
