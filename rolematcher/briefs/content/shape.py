"""What a brief says, as frozen parts that page, PDF and Word print alike. Every text is finished and said.

A `Content` has parts (the decision, for the search, for sign-off, the annex), a part has rows of one or two
columns, a column has sections, a section has blocks. In: nothing (built by `content_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from rolematcher.briefs.charts import RangeChart

BACKGROUND = "background"
"""The part that the page alone shows."""
Audience = Literal["house", "client"]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: a label in bold, what it says, a remark in grey, and the address of its source."""

    words: str
    label: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `big` for the pay figure, `soft` for a remark, `warn` for what is open or wrong."""

    kind: ClassVar = "text"
    words: str
    label: str = ""
    style: Literal["", "big", "soft", "warn"] = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar = "heading"
    words: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered where the order counts."""

    kind: ClassVar = "bullets"
    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head and its cells. `strong` for a total."""

    head: str
    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the heads of its columns (the first over the row heads), and rows. `shape` names it."""

    kind: ClassVar = "table"
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    shape: Literal["compare", "cost"]


@dataclass(frozen=True, slots=True)
class Picture:
    """The range chart; its `alternative` says all that it shows."""

    kind: ClassVar = "picture"
    chart: RangeChart


Block = Text | Heading | Bullets | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: an id to link to, a title, and its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def section(id: str, title: str, *blocks: Block | None) -> Section:
    """A section of those blocks that there are."""
    return Section(id, title, tuple(block for block in blocks if block))


def paragraph(words: str, label: str = "", style: Literal["", "big", "soft", "warn"] = "") -> Text | None:
    """A paragraph; None where nothing is to be said."""
    return Text(words, label, style) if words else None


def bullets(items: Iterable[Item], heading: str = "") -> tuple[Block, ...]:
    """A list under its heading; nothing where it would be empty."""
    found = tuple(items)
    return ((*((Heading(heading),) if heading else ()), Bullets(found))) if found else ()


Column = tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the brief: rows of one column or of two, each with sections under each other."""

    id: str
    title: str
    rows: tuple[tuple[Column, ...], ...]

    def sections(self) -> Iterator[Section]:
        """Its sections in reading order."""
        for row in self.rows:
            for column in row:
                yield from column


def part_of(id: str, title: str, *rows: Sequence[Sequence[Section | None]]) -> Part:
    """A part of those sections that there are; a column or a row that would be empty is left out."""
    columns = [[tuple(one for one in column if one) for column in row] for row in rows]
    filled = (tuple(column for column in row if column) for row in columns)
    return Part(id, title, tuple(row for row in filled if row))


@dataclass(frozen=True, slots=True)
class HouseHead:
    """Who sends the brief: name, contact, and a logo as PNG."""

    name: str = ""
    contact: str = ""
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Advert:
    """The advert: titles to use, all of it as blocks and as plain text; `warnings` are for the recruiter."""

    titles: tuple[str, ...]
    avoid: str
    blocks: tuple[Block, ...]
    text: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole brief. `data` is the decision as JSON to attach, None in a client copy."""

    language: str
    audience: Audience
    house: HouseHead
    number: str
    title: str
    client: str
    project: str
    meta: tuple[str, ...]
    made_at: datetime
    role: str
    recommendation: str
    firm: bool
    headline: str
    box: tuple[Item, ...]
    override: Section | None
    parts: tuple[Part, ...]
    advert: Advert | None
    foot: tuple[str, ...]
    file_name: str
    data: Mapping[str, object] | None

    @property
    def printed(self) -> tuple[Part, ...]:
        """The parts that PDF and Word hold."""
        return tuple(part for part in self.parts if part.id != BACKGROUND)

    def part(self, id: str) -> Part | None:
        """The part of this id, where there is one."""
        return next((part for part in self.parts if part.id == id), None)

    def section(self, id: str) -> Section | None:
        """The section of this id, where there is one."""
        return next((one for part in self.parts for one in part.sections() if one.id == id), None)
