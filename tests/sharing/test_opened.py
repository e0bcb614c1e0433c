"""What opens documents for the search sees each thing that can be hidden in one."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement

from tests.sharing.opened import docx_beside, pdf_beside


def saved(file) -> bytes:
    file.save(made := io.BytesIO())
    return made.getvalue()


def test_what_lies_beside_the_pages_of_a_pdf_is_seen():
    file = pikepdf.new()
    page, new, name, dictionary = file.add_blank_page(), file.make_indirect, pikepdf.Name, pikepdf.Dictionary
    plain = pdf_beside(saved(file))
    assert not any(plain.values()), plain
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:description"] = "zebra-metadata"
    file.docinfo["/Keywords"] = "zebra-properties"
    file.attachments["zebra-attachment"] = b"zebra"
    file.Root.OCProperties = dictionary(OCGs=[new(dictionary(Type=name.OCG, Name="zebra-layer"))])
    link, script = (dictionary(S=name(f"/{kind}"), URI="zebra-link") for kind in ("URI", "JavaScript"))
    page.obj.Annots = [
        new(dictionary(Type=name.Annot, Subtype=name.Text)),
        new(dictionary(Subtype=name.Link, A=link)),
        new(dictionary(Subtype=name.Link, A=script)),
    ]
    seen = pdf_beside(saved(file))
    assert seen.pop("attachments").count("zebra-attachment") >= 1
    assert seen == {
        "properties": ["/Keywords: zebra-properties"],
        "metadata": seen["metadata"],
        "layers": ["zebra-layer", "optional content"],
        "notes": ["/Text"],
        "links": ["zebra-link"],
        "actions": ["/JavaScript"],
    }
    assert "zebra-metadata" in seen["metadata"][0]


def test_what_lies_beside_the_words_of_a_word_file_is_seen():
    document = Document()
    document.core_properties.title = ""
    run = document.add_paragraph("words").runs[0]
    plain = docx_beside(saved(document))
    document.core_properties.title = "zebra-core"
    document.add_comment(run, "zebra")
    run.font.hidden = True
    run._r.getparent().append(OxmlElement("w:ins"))
    document.part.relate_to("https://zebra.example", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = io.BytesIO(saved(document))
    with zipfile.ZipFile(made, "a") as file:
        file.writestr("word/zebra.bin", b"zebra")
        file.writestr("customXml/item2.xml", "<zebra>zebra-xml</zebra>")
        file.comment = b"zebra-comment"
    seen = docx_beside(made.getvalue())
    new = {kind: [one for one in found if one not in plain[kind]] for kind, found in seen.items()}
    new["other parts"] = [one for one in new["other parts"] if "zebra" in one]
    assert new == {
        "other parts": ["word/zebra.bin"],
        "zip comments": ["zebra-comment"],
        "custom XML": ["zebra-xml"],
        "core": ["title: zebra-core"],
        "app": [],
        "outside": ["https://zebra.example"],
        "comments": ["word/document.xml: commentReference", "word/document.xml: commentRangeStart"],
        "tracked changes": ["word/document.xml: ins"],
        "hidden text": ["word/document.xml: vanish"],
    }
