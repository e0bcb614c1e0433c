"""A brief's content in, PDF bytes out: tagged PDF/UA, the same bytes for the same content.

The only importer of WeasyPrint. The renderer may read three things: our font, our style sheet and the
house's logo; every other address stops it.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
import logging
from collections.abc import Mapping
from functools import cache

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .content import Content
from .content.build import data_text
from .fonts import font_files
from .made import BriefError, BriefFile

MOST_PAGES = 40
PAPER = {"a4": "A4", "letter": "letter"}
FORMAT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
ATTACHED = "decision.json"
MOST_BYTES = 20_000_000
SCHEME = "brief:"
# It says a line for each missing character; the brief's row says it once instead.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


class OwnFilesOnly(URLFetcher):
    """Serves the named assets and stops the render at any other address, whatever its scheme.

    `blocked` counts refusals: a drawing swallows the error that stops everything else, so look afterwards.
    """

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(timeout=0, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.assets = assets
        self.blocked = 0

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of an asset. Raises FatalURLFetchingError for every other address."""
        asset = self.assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if asset is None:
            self.blocked += 1
            raise FatalURLFetchingError("a resource that is not one of our own files")
        return URLFetcherResponse(url, asset)

    def open(self, url: object, data: object = None, timeout: object = None) -> URLFetcherResponse:
        """Never opens anything by itself: all ways lead through `fetch`."""
        return self.fetch(str(getattr(url, "full_url", url)))


def brief_pdf(content: Content, *, paper: str = "a4") -> BriefFile:
    """The PDF of a brief on "a4" or "letter" paper.

    Raises BriefError where it asks for a foreign resource or has more than 40 pages.
    """
    fetcher = OwnFilesOnly({"logo.png": content.house.logo} if content.house.logo else {})
    with translation.override(content.language):
        html = brief_html(content)
    was_on = gc.isenabled()
    # A render makes a few hundred thousand objects that all live until its end; looking through them again
    # and again meanwhile costs a fifth of its time.
    gc.disable()
    try:
        document = HTML(string=html, base_url=SCHEME, url_fetcher=fetcher).render(
            stylesheets=[_style(paper)], font_config=_fonts(), **FORMAT
        )
        if len(document.pages) > MOST_PAGES:
            raise BriefError(f"The brief has {len(document.pages)} pages; at most {MOST_PAGES} are made.")
        data = _written(document, content, paper)
    except FatalURLFetchingError as error:
        raise BriefError(f"The brief asks for {error}.") from None
    finally:
        if was_on:
            gc.enable()
    if fetcher.blocked:
        raise BriefError("The brief asks for a resource that is not one of our own files.")
    return BriefFile(data, len(document.pages), _missing(document))


def brief_html(content: Content) -> str:
    """The page that is printed."""
    about = " · ".join(part for part in (content.client, content.project) if part)
    context = {
        "content": content,
        "title": f"{content.title}: {about}" if about else content.title,
        "running": f"{content.title} · {about}" if about else content.title,
        "made_at": content.made_at.isoformat(timespec="seconds"),
    }
    return render_to_string("briefs/pdf.html", context)


def decision_of_pdf(pdf: bytes) -> dict[str, object]:
    """The decision that a full brief carries. Raises BriefError for any other file."""
    if len(pdf) > MOST_BYTES:
        raise BriefError("The file is too large to be a brief.")
    try:
        found = PdfReader(io.BytesIO(pdf)).attachments.get(ATTACHED, [])
        data = json.loads(found[0]) if found else None
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as error:
        raise BriefError("The file is not a whole PDF of ours.") from error
    if not isinstance(data, dict) or "edition" not in data or "answers" not in data:
        raise BriefError("The PDF carries no decision: it is a client copy, or was not made by this product.")
    return data


def renderer_warm() -> None:
    """Load what every brief needs, so that the first one is as quick as the rest."""
    for paper in PAPER:
        _style(paper)


def _written(document: Document, content: Content, paper: str) -> bytes:
    attached = data_text(content.data) if content.data is not None else b""
    named = f"{content.file_name} {content.language} {content.audience} {paper} {content.made_at}".encode()
    identifier = hashlib.sha256(attached + named).hexdigest()[:32].encode()
    attachment = Attachment(
        string=attached,
        name=ATTACHED,
        description=content.title,
        created=content.made_at,
        modified=content.made_at,
        relationship="Data",
        url_fetcher=document.url_fetcher,
    )
    attachments = [attachment] if attached else []
    return document.write_pdf(pdf_identifier=identifier, attachments=attachments, **FORMAT)


def _missing(document: Document) -> str:
    """The characters that no font had, each once."""
    points = {point for font in document.fonts.values() for point in getattr(font, "missing", ())}
    return "".join(chr(point) for point in sorted(points))


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _style(paper: str) -> CSS:
    """The parsed style sheet for a paper."""
    found = finders.find("briefs/pdf.css")
    with open(str(found), encoding="utf-8") as file:  # noqa: PTH123  a path that Django found
        sheet = file.read() + f"\n@page {{ size: {PAPER[paper]}; }}"
    return CSS(string=sheet, font_config=_fonts(), url_fetcher=OwnFilesOnly(font_files()))
