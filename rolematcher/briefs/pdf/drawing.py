"""The chart for paper. In: its SVG, as the page shows it. Out: the drawing, and its words to lay over it.

The renderer lays a text in a drawing out letter by letter, each as if it were a paragraph: a chart's eleven
labels were two hundred of them, where all the rest of the brief is five hundred lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from django.utils.safestring import SafeString

SVG = "http://www.w3.org/2000/svg"
TEXT = f"{{{SVG}}}text"
BASELINE = 0.864
"""How far below the top of a line as high as its type the letters of Inter stand, in parts of that height."""
MIDDLE = 80
"""Units to either side of a label that stands in the middle of its place."""

ElementTree.register_namespace("", SVG)


@dataclass(frozen=True, slots=True)
class Label:
    """A line of words over a drawing; places are percentages of its width or height."""

    words: str
    left: str
    right: str
    top: str
    side: Literal["start", "middle", "end"]
    small: bool
    strong: bool
    soft: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing without its words, and the words."""

    svg: SafeString
    labels: tuple[Label, ...]


def drawing_of(chart: str) -> Drawing | None:
    """The parts of a chart; None where there is none."""
    if not chart:
        return None
    # Ours, and every word in it is escaped: there is nothing in it that could be expanded.
    svg = ElementTree.fromstring(chart)  # noqa: S314
    width, height, size = (float(svg.get(name, "0")) for name in ("width", "height", "font-size"))
    texts = svg.findall(TEXT)
    labels = tuple(_label(text, width, height, size) for text in texts)
    for text in texts:
        svg.remove(text)
    return Drawing(SafeString(ElementTree.tostring(svg, encoding="unicode")), labels)


def _label(text: ElementTree.Element, width: float, height: float, usual: float) -> Label:
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    size = float(text.get("font-size", usual))
    side = text.get("text-anchor", "start")
    left = {"start": x, "middle": x - MIDDLE, "end": 0.0}[side]
    right = {"start": 0.0, "middle": width - x - MIDDLE, "end": width - x}[side]
    return Label(
        words=text.text or "",
        left=f"{100 * left / width:.2f}",
        right=f"{100 * right / width:.2f}",
        top=f"{100 * (y - BASELINE * size) / height:.2f}",
        side=side,  # type: ignore[arg-type]
        small=size < usual,
        strong=text.get("font-weight") == "600",
        soft=text.get("class") == "chart-soft",
    )
