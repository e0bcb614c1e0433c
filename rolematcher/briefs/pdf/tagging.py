"""Finishing touches on the PDF: the written objects in, what PDF/UA and PDF/A ask for set on them.

The renderer tags well but leaves gaps: running titles count as text that nothing leads to, heads of tables
have no scope, links no description, and a file is declared either accessible or archivable, never both.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf  # type: ignore[import-untyped]

UA_PART = b"".join(
    (
        b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">',
        b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>",
        b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"',
        b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"',
        b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">',
        b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">',
        b"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>",
        b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
        b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">',
        b"<pdfaProperty:name>part</pdfaProperty:name>",
        b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
        b"<pdfaProperty:category>internal</pdfaProperty:category>",
        b"<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>",
        b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>",
        b"</rdf:Description>",
    )
)
"""What declares a file PDF/UA-1, with the schema that PDF/A wants beside any foreign property."""

LEVEL = 4
"""Of compression: a tenth larger than at 6, the usual, in half the time."""

LABELS = "/Art"
"""How the renderer tags an <article>: in a brief only the words laid over a drawing stand in one."""


def structure_finished(pdf: pydyf.PDF, *, links: Mapping[str, str]) -> None:
    """Set artifacts, scopes and link descriptions, and declare the file accessible. Changes `pdf` in place.

    `links` says by anchor where each link leads.
    """
    objects = {item.number: item for item in pdf.objects}
    elements = {
        number: item
        for number, item in objects.items()
        if isinstance(item, dict) and item.get("Type") == "/StructElem"
    }
    labels = _labels_let_go(elements)
    reached = _reached(elements, map(_number, objects[_number(pdf.catalog["StructTreeRoot"])]["K"]))
    _set_apart(pdf, objects, elements, labels, b"<</Type /Layout>>")
    running_titles = elements.keys() - set(reached) - set(labels)
    _set_apart(pdf, objects, elements, running_titles, b"<</Type /Pagination>>")
    for number in reached:
        element = elements[number]
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if _in_body(elements, element) else "/Column"
    _links_described(objects, elements, reached, links)
    _lines_taken_in(pdf, objects, elements, reached)
    # The renderer lists each attached file twice.
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    _declared_accessible(objects, pdf)


def _number(reference: Any) -> int:
    """The object number in a reference such as b"12 0 R"."""
    return int(reference.split()[0])


def _is_reference(item: Any) -> bool:
    return isinstance(item, bytes) and item.endswith(b" R")


def _labels_let_go(elements: dict[int, Any]) -> list[int]:
    """Cut off the words laid over a drawing, whose alternative text says them all; their numbers."""
    labels = [number for number, element in elements.items() if element["S"] == LABELS]
    for parent in {_number(elements[number]["P"]) for number in labels}:
        kids = elements[parent]["K"]
        kids[:] = [kid for kid in kids if not (_is_reference(kid) and _number(kid) in labels)]
    return _reached(elements, labels)


def _reached(elements: dict[int, Any], roots: Iterable[int]) -> list[int]:
    """Numbers of the structure elements that these lead to, they included, in reading order."""
    reached, waiting = [], list(roots)[::-1]
    while waiting:
        number = waiting.pop()
        if number not in elements:
            continue
        reached.append(number)
        kids = [_number(kid) for kid in elements[number]["K"] if _is_reference(kid)]
        waiting += reversed(kids)
    return reached


def _set_apart(
    pdf: pydyf.PDF, objects: dict[int, Any], elements: dict[int, Any], lost: Iterable[int], kind: bytes
) -> None:
    """What no structure leads to (running titles, page numbers, labels of a drawing) becomes furniture."""
    marks: dict[int, set[int]] = {}
    for number in lost:
        element = elements[number]
        found = {kid for kid in element["K"] if isinstance(kid, int)}
        if found:
            marks.setdefault(_number(element["Pg"]), set()).update(found)
        # Emptied rather than freed: the writer miscounts freed objects in compressed files.
        element.clear()
    for page, found in marks.items():
        content = objects[_number(objects[page]["Contents"])]
        content.stream = _unmarked(content.stream, found, kind)
        parents = _parents_of(pdf, objects, objects[page]["StructParents"])
        for mark in found:
            parents[mark] = "null"


def _unmarked(stream: list[Any], marks: set[int], kind: bytes) -> list[Any]:
    """The page's drawing with these marked parts declared artifacts."""
    result = list(stream)
    for place, item in enumerate(stream):
        if item != b"BDC":
            continue
        properties = stream[place - 1]
        if isinstance(properties, dict) and properties.get("MCID") in marks:
            result[place - 2], result[place - 1] = "/Artifact", kind
    return result


def _parents_of(pdf: pydyf.PDF, objects: dict[int, Any], key: int) -> list[Any]:
    """The entry of the parent tree for a page: which element owns each marked part."""
    root = objects[_number(pdf.catalog["StructTreeRoot"])]
    numbers = objects[_number(root["ParentTree"])]["Nums"]
    return numbers[numbers.index(key) + 1]


def _lines_taken_in(
    pdf: pydyf.PDF, objects: dict[int, Any], elements: dict[int, Any], reached: list[int]
) -> None:
    """Let each paragraph own its lines itself: the renderer gives every line an element that says nothing,
    and those were two in five of all objects in a file."""
    owners: dict[int, list[Any]] = {}
    for number in reached:
        element = elements[number]
        kids = element["K"]
        if element["S"] != "/Span" or not kids or not all(isinstance(kid, int) for kid in kids):
            continue
        parent = elements[_number(element["P"])]
        if parent.get("Pg") != element["Pg"]:
            continue
        place = parent["K"].index(element.reference)
        parent["K"][place : place + 1] = kids
        page = _number(element["Pg"])
        if page not in owners:
            owners[page] = _parents_of(pdf, objects, objects[page]["StructParents"])
        for mark in kids:
            owners[page][mark] = element["P"]
        element.clear()


def _in_body(elements: dict[int, Any], head: Any) -> bool:
    """Whether a table head stands in the body of its table, and so heads a row."""
    row = elements[_number(head["P"])]
    return bool(elements[_number(row["P"])]["S"] == "/TBody")


def _links_described(
    objects: dict[int, Any], elements: dict[int, Any], reached: list[int], links: Mapping[str, str]
) -> None:
    """Each link says in words where it leads; a screen reader reads that out."""
    for number in reached:
        element = elements[number]
        if element["S"] != "/Link":
            continue
        for kid in element["K"]:
            target = objects.get(_number(kid)) if _is_reference(kid) else None
            if isinstance(target, dict) and target.get("Type") == "/OBJR":
                annotation = objects[_number(target["Obj"])]
                anchor = str(getattr(annotation.get("Dest"), "string", ""))
                annotation["Contents"] = pydyf.String(links.get(anchor, anchor))


def _declared_accessible(objects: dict[int, Any], pdf: pydyf.PDF) -> None:
    metadata = objects[_number(pdf.catalog["Metadata"])]
    metadata.stream = [part.replace(b"</rdf:RDF>", UA_PART + b"</rdf:RDF>") for part in metadata.stream]


class _Written(pydyf.Object):
    """An object of the file as the bytes it will be written as."""

    def __init__(self, item: pydyf.Object) -> None:
        super().__init__()
        self.number, self._data = item.number, item.data

    @property
    def data(self) -> bytes:
        """The bytes, made once."""
        return self._data


def written_once(pdf: pydyf.PDF) -> None:
    """Turn every object into its bytes now; the writer asks twice, once to write and once for a checksum."""
    for place, item in enumerate(pdf.objects):
        if isinstance(item, pydyf.Stream):
            _packed(item)
        elif item.free == "n":
            pdf.objects[place] = _Written(item)
    add = pdf.add_object

    def add_packed(item: pydyf.Object) -> None:
        # The writer gathers small objects in streams of its own, and would compress those twice as well.
        if isinstance(item, pydyf.Stream):
            _packed(item)
        add(item)

    pdf.add_object = add_packed


def _packed(stream: pydyf.Stream) -> None:
    """Compress a stream once."""
    if stream.compress:
        packed = zlib.compress(b"\n".join(_bytes(part) for part in stream.stream), LEVEL)
        stream.stream, stream.compress = [packed], False
        stream.extra = {**stream.extra, "Filter": "/FlateDecode"}


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return part.data if isinstance(part, pydyf.Object) else str(part).encode()
