"""A document's bytes in; its words out, and whatever lies in it that no document of ours is meant to hold."""

from __future__ import annotations

import io
import re
import zipfile

import pikepdf

from tests.briefs.made import pdf_text

WORD_PARTS = {
    *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/styles.xml"),
    *("word/stylesWithEffects.xml", "word/settings.xml", "word/webSettings.xml", "word/fontTable.xml"),
    *("word/theme/theme1.xml", "word/numbering.xml", "word/footer1.xml", "word/_rels/document.xml.rels"),
}
"""The parts of every Word file of ours; pictures stand beside them."""
WORD_SAYS = {"title", "created", "modified", "language", "revision", "creator"}
"""What a Word file may say of itself."""
WORD_HIDES = (
    "commentReference|commentRangeStart|footnoteReference|ins|del|moveFrom|moveTo|rPrChange|pPrChange"
    "|vanish|webHidden|specVanish"
)
"""Marks of comments, notes, tracked changes and hidden text."""
PDF_SAYS = {"/Title", "/Subject", "/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
PDF_HIDES = ("/Filespec", "/EmbeddedFile", "/OCG", "/OCMD")
PDF_DOES = ("/OCProperties", "/OpenAction", "/AA", "/AcroForm")


def scanned(data: bytes, kind: str) -> str:
    """Everything a file holds: words, metadata, links, names of attachments."""
    if kind == "docx":
        return "\n".join(_word_parts(data).values())
    with pikepdf.open(io.BytesIO(data)) as file:
        streams = [
            one.read_bytes().decode("latin-1")
            for one in file.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image"
        ]
        return "\n".join([pdf_text(data), *streams, *(repr(one) for one in file.objects)])


def _word_parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def unmeant(data: bytes, kind: str) -> list[str]:
    """What no document of ours is meant to hold, by name."""
    return _unmeant_in_word(data) if kind == "docx" else _unmeant_in_pdf(data)


def _unmeant_in_word(data: bytes) -> list[str]:
    parts = _word_parts(data)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        comments = [file.comment, *(one.comment + one.extra for one in file.infolist())]
    shown = "".join(part for name, part in parts.items() if "tyles" not in name)
    about = re.findall(r"<\w+:(\w+)[^<>]*>[^<]", parts["docProps/core.xml"])
    return [
        *(
            name
            for name in parts
            if name not in WORD_PARTS and not re.match(r"word/media/image\d+\.png", name)
        ),
        *(one.decode("latin-1") for one in comments if one),
        *re.findall(rf"<w:({WORD_HIDES})\b", shown),
        *re.findall('TargetMode="External"', shown),
        *(name for name in about if name not in WORD_SAYS),
    ]


def _unmeant_in_pdf(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as file:
        found = [one for one in file.objects if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))]
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        return [
            *(str(one.Type) for one in found if one.get("/Type") in PDF_HIDES),
            *(name for name in PDF_DOES if name in file.Root),
            *(["/JavaScript"] if "/JavaScript" in file.Root.get("/Names", {}) else []),
            *(str(note.Subtype) for note in notes if note.get("/Subtype") != "/Link"),
            *(str(one.S) for one in _actions(file) if one.get("/S") not in ("/URI", "/GoTo")),
            *(name for name in file.docinfo if name not in PDF_SAYS),
        ]


def pdf_links(data: bytes) -> list[str]:
    """The outside addresses that a PDF links to."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return [str(one.URI) for one in _actions(file) if one.get("/S") == "/URI"]


def _actions(file: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    actions = [one.get("/A") for one in file.objects if isinstance(one, pikepdf.Dictionary)]
    # Without a kind it describes a tag.
    return [one for one in actions if isinstance(one, pikepdf.Dictionary) and "/S" in one]
