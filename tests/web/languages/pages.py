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

READ = (
    "A chatbot answers questions from our documents with an existing language model API in Python."
    " Budget $100k. Remote, start in January 2027."
)
"""A description the reader understands."""

SILENT = ("script", "style")


class Visible(HTMLParser):
    """Collects what a person reads or hears: texts between tags, labels and alternatives."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0
        self.raw, self.goes_on = "", False

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        given = dict(attrs)
        self.goes_on = tag == "span" and not attrs
        if tag == "meta" and given.get("name") not in ("description",):
            return
        self.texts += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT
        self.goes_on = self.goes_on and tag == "span"

    def handle_data(self, data):
        if self.silent or not data.strip():
            return
        if self.goes_on and self.texts:
            # A span that says nothing of its own holds a word together inside a sentence.
            self.raw += data
            self.texts[-1] = " ".join(self.raw.split())
            return
        self.raw = data
        self.texts.append(" ".join(data.split()))


def visible(html: str) -> list[str]:
    """Every text of a page that reaches a person."""
    reader = Visible()
    reader.feed(html)
    return reader.texts
