"""A brief's content in, a Word file out: real headings, tables and lists, the chart as a picture.

The same words as the PDF. Nothing is attached, and the properties name the house alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .charts import chart_png
from .content import Advert, Content
from .content.shape import Block, Bullets, Heading, Picture, Table, Text
from .made import BriefFile

SOFT, AMBER = RGBColor(0x55, 0x57, 0x5C), RGBColor(0x7D, 0x4F, 0x00)
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PAPER = {"a4": (21.0, 29.7), "letter": (21.59, 27.94)}
SIZES = {"Normal": 10, "Heading 1": 17, "Heading 2": 14, "Heading 3": 11, "Heading 4": 10}
FIXED = (1980, 1, 1, 0, 0, 0)
OF_THE_TEMPLATE = ("/extended-properties", "/thumbnail", "/customXml")
"""Parts that python-docx begins with: its own program, a picture of another page, a list of works quoted."""


def brief_docx(content: Content, *, paper: str = "a4") -> BriefFile:
    """The brief as .docx."""
    with translation.override(content.language):
        document = _blank(content.title, content.house.name, content.language, content.made_at, paper)
        _head(document, content)
        if content.override:
            document.add_heading(clean(content.override.title), 3)
            _print(document, content.override.blocks)
        for number, part in enumerate(content.printed):
            if number:
                document.add_heading(clean(part.title), 2)
            for section in part.sections():
                if section.title:
                    document.add_heading(clean(section.title), 3 if number else 2)
                _print(document, section.blocks)
        return BriefFile(_bytes(document))


def advert_docx(advert: Advert, language: str, made_at: datetime) -> bytes:
    """The advert as .docx."""
    document = _blank(advert.titles[0], "", language, made_at, "a4")
    document.add_heading(clean(advert.titles[0]), 1)
    _print(document, advert.blocks)
    return _bytes(document)


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return NOT_IN_XML.sub("\ufffd", text)


def _blank(title: str, author: str, language: str, made_at: datetime, paper: str) -> Docx:
    document = Document()
    wide, high = PAPER[paper]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(wide), Cm(high)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Calibri")
        if name != "Normal":
            style.font.color.rgb, style.font.italic = RGBColor(0x1A, 0x1B, 0x1E), False
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "de-DE" if language.startswith("de") else "en-GB")
    document.styles["Normal"].element.rPr.append(tongue)
    about, moment = document.core_properties, made_at.astimezone(UTC).replace(tzinfo=None)
    about.title, about.author, about.last_modified_by = clean(title)[:255], clean(author)[:255], ""
    about.comments, about.keywords, about.subject, about.revision = "", "", "", 1
    about.created = about.modified = moment
    about.language = language
    for holder in (document.part.package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(OF_THE_TEMPLATE):
                del holder.rels[key]
    return document


def _head(document: Docx, content: Content) -> None:
    house = content.house
    if house.logo:
        document.add_picture(io.BytesIO(house.logo), height=Cm(1.2))
        _described(document, house.name or _("Logo"))
    for line in (house.name, house.contact):
        if line:
            document.add_paragraph(clean(line))
    paragraph = document.add_paragraph()
    paragraph.add_run(clean(content.title)).bold = True
    paragraph.add_run("\n" + clean(" · ".join(content.meta))).font.color.rgb = SOFT
    document.add_heading(clean(content.headline), 1)
    for item in content.box[1:]:
        _labelled(document.add_paragraph(), item.label, item.words)
    foot = document.sections[0].footer.paragraphs[0]
    run = foot.add_run(clean(" ".join(content.foot)))
    run.font.size, run.font.color.rgb = Pt(8), SOFT
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _print(document: Docx, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        if isinstance(block, Text):
            _text(document.add_paragraph(), block)
        elif isinstance(block, Heading):
            document.add_heading(clean(block.words), 4)
        elif isinstance(block, Bullets):
            _bullets(document, block)
        elif isinstance(block, Table):
            _table(document, block)
        elif isinstance(block, Picture):
            document.add_picture(io.BytesIO(chart_png(block.chart)), width=Cm(11))
            _described(document, block.chart.alternative)
            if block.chart.legend:
                document.add_paragraph(clean(block.chart.legend))


def _text(paragraph: Paragraph, block: Text) -> None:
    run = _labelled(paragraph, block.label, block.words)
    if block.style == "big":
        run.font.size, run.bold = Pt(14), True
    elif block.style in ("soft", "warn"):
        run.font.color.rgb = SOFT if block.style == "soft" else AMBER


def _labelled(paragraph: Paragraph, label: str, words: str) -> Run:
    if label:
        paragraph.add_run(clean(label) + " ").bold = True
    return paragraph.add_run(clean(words))


def _bullets(document: Docx, block: Bullets) -> None:
    for number, item in enumerate(block.items, 1):
        paragraph = document.add_paragraph(style=None if block.ordered else "List Bullet")
        paragraph.paragraph_format.space_after = Pt(2)
        if block.ordered:
            # Numbered by hand: a numbered list of Word goes on counting in the next one.
            paragraph.add_run(f"{number}. ")
        _labelled(paragraph, item.label, item.words)
        if item.note or item.url:
            note = paragraph.add_run(clean(" " + " ".join(part for part in (item.note, item.url) if part)))
            note.font.color.rgb, note.font.size = SOFT, Pt(9)


def _table(document: Docx, block: Table) -> None:
    table = document.add_table(1, len(block.heads), "Table Grid")
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        cell.text = clean(head)
    _repeat_head(table.rows[0])
    for row in block.rows:
        for place, (cell, words) in enumerate(
            zip(table.add_row().cells, (row.head, *row.cells), strict=True)
        ):
            run = cell.paragraphs[0].add_run(clean(words))
            run.bold, run.font.size = row.strong or not place, Pt(9)


def _repeat_head(row: _Row) -> None:
    """Mark the row as the table's head, for screen readers and following pages."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _described(document: Docx, words: str) -> None:
    """Give the picture added last its alternative text."""
    document.inline_shapes[-1]._inline.docPr.set("descr", clean(words))


def _bytes(document: Docx) -> bytes:
    """The file, the same bytes for the same content: every entry carries one fixed hour."""
    file, same = io.BytesIO(), io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            kept.writestr(zipfile.ZipInfo(entry.filename, FIXED), made.read(entry), zipfile.ZIP_DEFLATED)
    return same.getvalue()
