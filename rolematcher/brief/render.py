"""Rendering: a `Content` in, a tagged PDF/UA out, the same bytes for the same content in any process.

What can be prepared is prepared once a process: fonts, font configuration, parsed style sheets. A worker
does that before it forks.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache

import pydyf  # type: ignore[import-untyped]
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from rolematcher.content import Content
from rolematcher.content.shape import Line

from .attached import NAME, decision_bytes
from .errors import BriefBlocked, BriefTooLong
from .fetch import OwnFilesOnly
from .fonts import font_assets
from .tagging import streams_packed, structure_finished

MOST_PAGES = 40
PAPERS = ("a4", "letter")
VARIANT = {"full": True, "client": False}
"""Whether the annex is printed."""

FORMAT = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
"""Archivable with files attached, and tagged; `tagging` makes it PDF/UA-1 as well."""

HEADING_LETTERS = 100
"""A heading takes the room of about two lines of a column."""


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A finished brief: its bytes, how many pages, and the characters no font on this machine has."""

    data: bytes
    pages: int
    missing_glyphs: str


def brief_pdf(content: Content, *, variant: str, paper: str, language: str) -> BriefFile:
    """The PDF of a brief: `variant` full or client (no annex), `paper` a4 or letter, the content's language.

    Raises BriefBlocked where anything in it asks for a foreign resource, BriefTooLong past 40 pages.
    """
    if content.language != language:
        raise ValueError(f"The content is in {content.language}, the brief is wanted in {language}.")
    with translation.override(language), _no_collecting():
        return _rendered(content, variant, paper)


def _rendered(content: Content, variant: str, paper: str) -> BriefFile:
    """The work itself, in a frame of its own: all it made is garbage when it returns."""
    fetcher = OwnFilesOnly({})
    try:
        document = HTML(string=brief_html(content, annex=VARIANT[variant]), url_fetcher=fetcher).render(
            stylesheets=[_style(paper)], font_config=_fonts(), **FORMAT
        )
        if len(document.pages) > MOST_PAGES:
            raise BriefTooLong(f"{len(document.pages)} pages; a brief has at most {MOST_PAGES}.")
        data = _written(document, content, f"{variant} {paper}")
    except FatalURLFetchingError as error:
        raise BriefBlocked(f"The brief asks for {error}.") from None
    if fetcher.blocked:
        raise BriefBlocked("The brief asks for a resource that is not one of our own files.")
    return BriefFile(data, len(document.pages), _missing(document))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Hold back the garbage collector for one render, then let it run once.

    A render makes a few hundred thousand objects that all live until its end; looking through them again
    and again while it runs costs a fifth of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(1)


def brief_html(content: Content, *, annex: bool) -> str:
    """The brief as one HTML document, every text from people escaped."""
    with translation.override(content.language):
        context = {"content": content, "annex": annex, "approver": _columns(content), **_head(content)}
        return get_template("brief/brief.html").render(context)


def _columns(content: Content) -> dict[str, object]:
    """What stands left and right on the approver's page, so that both columns end about level.

    The renderer could balance columns by itself, at twice the time of the whole brief.
    """
    lengths = [len(risk.title + risk.after_title + risk.do + risk.answer) for risk in content.risks]
    ways, pair = _letters(content.rates.ways_out), _letters(content.pair)
    half = (sum(lengths) + ways + pair) / 2
    if sum(lengths) + pair <= half * 1.1:
        return {"left": content.risks, "right": (), "pair_left": True}
    left = 0
    for number, length in enumerate(lengths):
        if left + length / 2 > half:
            return {"left": content.risks[:number], "right": content.risks[number:], "pair_left": False}
        left += length
    return {"left": content.risks, "right": (), "pair_left": False}


def _letters(lines: tuple[Line, ...]) -> int:
    return sum(len(line.label + line.words) for line in lines) + HEADING_LETTERS * bool(lines)


def _head(content: Content) -> dict[str, str]:
    """Title, running title and foot: one line each."""
    about = [
        (_("Client"), content.client),
        (_("Project"), content.project),
        (_("Asked by"), content.asked_by),
    ]
    rates_to = _("rates to %(day)s") % {"day": content.rates.newest} if content.rates.newest else ""
    made_on = _("made on %(day)s") % {"day": content.made_on}
    return {
        "title": _joined(content.title, content.client, content.project),
        "running": _joined(content.title, _shortened(content.client), _shortened(content.project)),
        "about": _joined(*(f"{name}: {value}" for name, value in about if value)),
        "foot": _joined(content.edition, rates_to, made_on, content.foot),
        "made_at": content.made_at.isoformat(),
    }


def _joined(*parts: str) -> str:
    return " \u00b7 ".join(part for part in parts if part)


def _shortened(text: str, most: int = 60) -> str:
    """A name short enough for the running title; page 1 has it whole."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"


def renderer_warm() -> None:
    """Load and prepare all that every brief needs, so that the first one is as quick as the rest."""
    for paper in PAPERS:
        _style(paper)
    get_template("brief/brief.html")


def _written(document: Document, content: Content, copy: str) -> bytes:
    attached = decision_bytes(content.data)
    identifier = hashlib.sha256(attached + f" {content.language} {copy}".encode()).hexdigest()[:32].encode()
    attachment = Attachment(
        string=attached,
        name=NAME,
        description=content.title,
        created=content.made_at,
        modified=content.made_at,
        relationship="Data",
        url_fetcher=document.url_fetcher,
    )

    def finished(_document: Document, pdf: pydyf.PDF) -> None:
        structure_finished(pdf, links={"ways": _("If the budget falls short")})
        streams_packed(pdf)

    return document.write_pdf(
        finisher=finished,
        pdf_identifier=identifier,
        attachments=[attachment],
        **FORMAT,
    )


def _missing(document: Document) -> str:
    """The characters that no font had, each once."""
    points = {point for font in document.fonts.values() for point in font.missing}
    return "".join(chr(point) for point in sorted(points))


@cache
def _fonts() -> FontConfiguration:
    """One for the process: a new one for each brief would leak a quarter of a megabyte each time."""
    return FontConfiguration()


@lru_cache(maxsize=len(PAPERS))
def _style(paper: str) -> CSS:
    """The parsed style sheet for a paper: the common one, then what the paper changes."""
    sheet = "\n".join(style_text(name) for name in ("brief", paper))
    return CSS(string=sheet, font_config=_fonts(), url_fetcher=OwnFilesOnly(font_assets()))


def style_text(name: str) -> str:
    """A style sheet as it is written: brief, a4 or letter."""
    return str(get_template(f"brief/{name}.css").template.source)  # type: ignore[attr-defined]


class _MissingGlyphsOnce(logging.Filter):
    """The renderer logs a line for each missing character; the brief's row says it once instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "missing" not in record.getMessage().lower() or record.levelno > logging.WARNING


logging.getLogger("weasyprint").addFilter(_MissingGlyphsOnce())


@atexit.register
def _fonts_let_go() -> None:
    """Free what is prepared while Pango is still loaded: freed at the interpreter's very end, it crashes."""
    gc.collect()
    _style.cache_clear()
    _fonts.cache_clear()
    gc.collect()
