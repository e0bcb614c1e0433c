"""Pages and papers to read in another language. In: a browser that is signed in. Out: their visible texts."""

from __future__ import annotations

from html.parser import HTMLParser

SHOWN = (
    "alt",
    "aria-label",
    "content",
    "placeholder",
    "title",
    "data-not-saved",
    "data-copied-words",
    "data-once-words",
    "data-foot",
    "data-running",
)
OPEN, SHUT = "\u27e6", "\u27e7"
"""Marks around a text of the catalogue (fixture `marked`)."""

SILENT = ("script", "style")


class Visible(HTMLParser):
    """Collects what a person reads or hears: texts between tags, labels and alternatives."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        if tag != "meta" or dict(attrs).get("name") == "description":
            self.texts += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def visible(html: str) -> list[str]:
    """Every text of a page that reaches a person."""
    reader = Visible()
    reader.feed(html)
    return reader.texts
