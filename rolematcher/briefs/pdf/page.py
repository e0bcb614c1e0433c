"""The page that is printed: a `Content` in, one HTML document out, read for the renderer."""

from __future__ import annotations

import re
from math import ceil
from typing import Any
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from rolematcher.briefs.content import Content
from rolematcher.briefs.content.shape_money import Line

from .drawing import drawing_of
from .fit import Fit
from .words import endless_words_marked

LONG_HEADING = 110
"""Letters from which the heading is set smaller."""
HEADING_LETTERS = 100
"""A heading takes the room of about two lines of a column."""
ANCHOR = re.compile(r' id="(?!search"|approver"|annex"|ways")[\w-]+"')
"""Where only the page leads to: an element with an anchor needs a style of its own."""


class BriefPage(HTML):
    """A page whose elements start from our own short sheet, not from the renderer's for any page there is."""

    def __init__(self, base: CSS, **source: Any) -> None:
        self._base = base
        super().__init__(**source)
        endless_words_marked(self.etree_element)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [self._base]


class WellFormed(BriefPage):
    """A page that is XML as well, read by the parser in C: a tenth of the time of a brief less."""

    def __init__(self, text: str, base: CSS, url_fetcher: URLFetcher) -> None:
        self._base = base
        # Ours, and every typed text in it is escaped: there is nothing in it that could be expanded.
        root = ElementTree.fromstring(text)  # noqa: S314
        endless_words_marked(root)
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def page_parsed(html: str, base: CSS, fetcher: URLFetcher) -> HTML:
    """The document for the renderer, its elements starting from `base`.

    What is no XML (a character XML forbids) is read as HTML, slower.
    """
    try:
        return WellFormed(html.replace("<br>", "<br/>"), base, fetcher)
    except ElementTree.ParseError:
        return BriefPage(base, string=html, url_fetcher=fetcher)


def brief_html(content: Content, *, annex: bool, fit: Fit | None = None) -> str:
    """The brief as one HTML document, every text from people escaped. `fit` says how large it is set."""
    with translation.override(content.language):
        context = {
            "content": content,
            "annex": annex,
            "on_paper": True,
            "fit": fit or Fit(),
            "approver": _columns(content),
            "drawing": drawing_of(content.rates.chart),
            **_head(content),
        }
        return ANCHOR.sub("", get_template("briefs/pdf/brief.html").render(context))


def _columns(content: Content) -> dict[str, object]:
    """What stands left and right on the approver's page, so that both columns end about level.

    The renderer could balance columns by itself, at twice the time of the whole brief.
    """
    lengths = [len(risk.title + risk.after_title + risk.do + risk.answer) for risk in content.risks]
    ways, pair = _letters(content.rates.ways_out), _letters(content.pair)
    half = (sum(lengths) + ways + pair) / 2
    if sum(lengths) + pair <= half * 1.1:
        return {"left": content.risks, "right": (), "pair_left": True, "single": not ways}
    left = 0
    for number, length in enumerate(lengths):
        if left + length / 2 > half:
            return {"left": content.risks[:number], "right": content.risks[number:], "pair_left": False}
        left += length
    return {"left": content.risks, "right": (), "pair_left": False, "single": not ways and not pair}


def _letters(lines: tuple[Line, ...]) -> int:
    return sum(len(line.label + line.words) for line in lines) + HEADING_LETTERS * bool(lines)


def _head(content: Content) -> dict[str, object]:
    """Title, running title and foot: one line each."""
    about = [
        (_("Client"), content.client),
        (_("Project"), content.project),
        (_("Asked by"), content.asked_by),
    ]
    rulebook = _("Rulebook: %(edition)s") % {"edition": content.edition}
    rates_to = _("Rates to %(day)s") % {"day": content.rates.newest} if content.rates.newest else ""
    made_on = _("Made on %(day)s") % {"day": content.made_on}
    return {
        "title": _joined(content.title, content.client, content.project),
        "running": _joined(content.title, _shortened(content.client), _shortened(content.project)),
        "about": _joined(*(f"{name}: {value}" for name, value in about if value)),
        "foot": _joined(rulebook, rates_to, made_on, content.foot),
        "made_at": content.made_at.isoformat(),
        "heading": _whole_words(content.recommendation),
        "narrow": _narrow(content.recommendation),
    }


def _whole_words(text: str) -> SafeString:
    """The text with hyphenated words held on one line."""
    words = text.split(" ")
    return format_html_join(" ", "{}", ((_whole(word),) for word in words))


def _whole(word: str) -> SafeString:
    return format_html("<span>{}</span>" if "-" in word else "{}", word)


def _narrow(heading: str) -> int:
    """How much of the line a heading leaves free, in percent, so that its lines end about level."""
    line, free = (44, 20) if len(heading) <= LONG_HEADING else (62, 12)
    lines = ceil(len(heading) / line)
    if lines == 1:
        return 0
    share = (len(heading) / lines + 8) / line
    return free + max(0, int((100 - free) * (1 - share)))


def _joined(*parts: str) -> str:
    return " \u00b7 ".join(part for part in parts if part)


def _shortened(text: str, most: int = 60) -> str:
    """A name short enough for the running title; page 1 has it whole."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"
