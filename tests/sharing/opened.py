"""A document's bytes in; all that lies in it beside the words on its pages out, kind by kind."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pikepdf

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHANGED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
UNSEEN = ("vanish", "webHidden", "specVanish")
BLANK = {
    *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "docProps/app.xml"),
    *("docProps/thumbnail.jpeg", "word/document.xml", "word/styles.xml", "word/stylesWithEffects.xml"),
    *("word/settings.xml", "word/webSettings.xml", "word/fontTable.xml", "word/theme/theme1.xml"),
    *("word/numbering.xml", "word/footer1.xml", "word/_rels/document.xml.rels"),
    *("customXml/item1.xml", "customXml/_rels/item1.xml.rels", "customXml/itemProps1.xml"),
}
"""The parts of every Word file of ours; pictures stand beside them."""


def pdf_beside(data: bytes) -> dict[str, list[str]]:
    """What a PDF holds beside its pages. An outside link is named by its address."""
    with pikepdf.open(io.BytesIO(data)) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        dictionaries = [one for one in file.objects if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))]
        names = file.Root.get("/Names", {})
        return {
            "attachments": [
                *file.attachments,
                *(str(one.get("/F", "?")) for one in dictionaries if one.get("/Type") == "/Filespec"),
                *("a file" for one in streams if one.get("/Type") == "/EmbeddedFile"),
            ],
            "properties": [f"{name}: {value}" for name, value in file.docinfo.items()],
            "metadata": [_xml_text(one.read_bytes()) for one in streams if one.get("/Type") == "/Metadata"],
            "layers": [
                *(str(one.get("/Name")) for one in dictionaries if one.get("/Type") in ("/OCG", "/OCMD")),
                *(["optional content"] if "/OCProperties" in file.Root else []),
            ],
            "notes": [str(note.Subtype) for note in notes if note.get("/Subtype") != "/Link"],
            "links": [str(one.URI) for one in _actions(dictionaries) if one.get("/S") == "/URI"],
            "actions": [
                *(str(one.S) for one in _actions(dictionaries) if one.get("/S") not in ("/URI", "/GoTo")),
                *(name for name in ("/OpenAction", "/AA", "/AcroForm") if name in file.Root),
                *(["/JavaScript"] if "/JavaScript" in names else []),
            ],
        }


def _actions(dictionaries: list) -> Iterator[pikepdf.Dictionary]:
    for one in dictionaries:
        action = one.get("/A")
        if isinstance(action, pikepdf.Dictionary) and "/S" in action:  # else it describes a tag
            yield action


def docx_beside(data: bytes) -> dict[str, list[str]]:
    """What a Word file holds beside its words. A relation that leaves the file is named by its target."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
        said = [file.comment, *(one.comment + one.extra for one in file.infolist())]
    trees = {
        name: ElementTree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))
    }
    words = {name: tree for name, tree in trees.items() if name.startswith("word/")}
    return {
        "other parts": [
            name
            for name in parts
            if name not in BLANK and not re.fullmatch(r"word/media/image\d+\.png", name)
        ],
        "zip comments": [one.decode("latin-1") for one in said if one],
        "custom XML": [_xml_text(parts[name]) for name in parts if re.match(r"customXml/item\d", name)],
        "core": [f"{_bare(one.tag)}: {one.text}" for one in trees["docProps/core.xml"] if one.text],
        "app": [
            f"{_bare(one.tag)}: {one.text}"
            for one in trees["docProps/app.xml"].iter()
            if (one.text or "").strip()
        ],
        "outside": [
            one.get("Target", "")
            for name, tree in trees.items()
            if name.endswith(".rels")
            for one in tree
            if one.get("TargetMode") == "External"
        ],
        "comments": _tags(words, ("commentReference", "commentRangeStart", "footnoteReference")),
        "tracked changes": _tags(words, CHANGED),
        "hidden text": _tags({name: tree for name, tree in words.items() if "tyles" not in name}, UNSEEN),
    }


def _tags(trees: dict[str, ElementTree.Element], names: tuple[str, ...]) -> list[str]:
    found = [(part, name) for part, tree in trees.items() for name in names if list(tree.iter(WORD + name))]
    return [f"{part}: {name}" for part, name in found]


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _xml_text(data: bytes) -> str:
    """The words of an XML part: texts, and what stands in attributes."""
    tree = ElementTree.fromstring(data)
    found = [part for one in tree.iter() for part in (one.text, *one.attrib.values()) if part]
    return " ".join(part.strip() for part in found if part.strip())
