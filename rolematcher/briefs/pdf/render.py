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
from weasyprint import CSS, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from rolematcher.briefs.content import Content

from .attached import NAME, decision_bytes
from .emoji import glyphs_use_cache
from .errors import BriefBlocked, BriefTooLong
from .fetch import OwnFilesOnly
from .fit import PARTS, Fit, fit_of
from .fonts import font_assets, machine_rules_apart
from .outlines import outlines_alone
from .page import brief_html, page_parsed
from .tagging import structure_finished, written_once

MOST_PAGES = 40
PAPERS = ("a4", "letter")
VARIANT = {"full": True, "client": False}
"""Whether the annex is printed."""

FORMAT = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
"""Archivable with files attached, and tagged; `tagging` makes it PDF/UA-1 as well."""


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A finished brief: its bytes, how many pages, and the characters no font on this machine has."""

    data: bytes
    pages: int
    missing_glyphs: str


glyphs_use_cache()


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
        document = _laid_out(content, fit_of(content, paper), variant, paper, fetcher)
        if len(document.pages) > MOST_PAGES:
            raise BriefTooLong(f"{len(document.pages)} pages; a brief has at most {MOST_PAGES}.")
        data = _written(document, content, f"{variant} {paper}")
    except FatalURLFetchingError as error:
        raise BriefBlocked(f"The brief asks for {error}.") from None
    if fetcher.blocked:
        raise BriefBlocked("The brief asks for a resource that is not one of our own files.")
    return BriefFile(data, len(document.pages), _missing(document))


def _laid_out(content: Content, fit: Fit, variant: str, paper: str, fetcher: OwnFilesOnly) -> Document:
    """The pages. A part that takes more than its page is set smaller; then the next one follows it there."""
    html = brief_html(content, annex=VARIANT[variant], fit=fit)
    page = page_parsed(html, _base(), fetcher)
    document = page.render(stylesheets=[_style(paper)], font_config=_fonts(), **FORMAT)
    tighter = fit.tightened(_parts_past_a_page(document))
    return document if tighter == fit else _laid_out(content, tighter, variant, paper, fetcher)


def _parts_past_a_page(document: Document) -> list[str]:
    """The parts of the brief that take more than a page of their own."""
    starts: dict[str, int] = {"decision": 0}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            starts.setdefault(name, number)
    begins = [starts[part] for part in PARTS if part in starts]
    ends = [*begins[1:], len(document.pages)]
    return [part for part, begin, end in zip(PARTS, begins, ends, strict=False) if end - begin > 1]


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


def renderer_warm() -> None:
    """Load and prepare all that every brief needs, so that the first one is as quick as the rest."""
    _base()
    for paper in PAPERS:
        _style(paper)
    get_template("briefs/pdf/brief.html")


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
        outlines_alone(pdf)
        written_once(pdf)

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
    with machine_rules_apart():
        return FontConfiguration()


@lru_cache(maxsize=len(PAPERS))
def _style(paper: str) -> CSS:
    """The parsed style sheet for a paper: the common one, then what the paper changes."""
    sheet = "\n".join(style_text(name) for name in ("brief", paper))
    return CSS(string=sheet, font_config=_fonts(), url_fetcher=OwnFilesOnly(font_assets()))


@cache
def _base() -> CSS:
    """The parsed sheet that every element starts from."""
    return CSS(string=style_text("base"), font_config=_fonts(), url_fetcher=OwnFilesOnly({}))


def style_text(name: str) -> str:
    """A style sheet as it is written: base, brief, a4 or letter."""
    return str(get_template(f"briefs/pdf/{name}.css").template.source)  # type: ignore[attr-defined]


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
    _base.cache_clear()
    _fonts.cache_clear()
    gc.collect()
