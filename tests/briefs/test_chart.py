"""The range chart: no line crosses words and no words cross others, wherever the budget stands."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageFont

from rolematcher.briefs.charts import WIDTH, chart_of, chart_png
from rolematcher.briefs.content.shape import Picture
from rolematcher.briefs.fonts import font_path

from .made import CHATBOT, RECOMMENDED, content

SVG = "{http://www.w3.org/2000/svg}"
SHORT = ("AI engineer", "ML engineer", "Automation specialist")
LONG = ("KI-Entwicklerin oder KI-Entwickler", "ML-Entwickler", "Fachkraft für Automatisierung")
BUDGETS = [*range(20_000, 101_000, 1_000)]
WORDS = ["budget 61,350", "Budget 1.234.567.890–1.345.678.901"]
ROWS = ((54_500, 69_800), (59_600, 68_100), (35_000, 82_000))


def drawn(budget: int, words: str, names: tuple[str, ...]):
    rows = [
        (name, f"GBP {low:,}–{high:,} a year", Decimal(low), None, Decimal(high), "modelled")
        for name, (low, high) in zip(names, ROWS, strict=True)
    ]
    said = {"alternative": "", "modelled_words": "hatched"}
    return chart_of(rows, budget=Decimal(budget), budget_words=words, **said)


@cache
def wide(words: str, weight: int, size: float) -> float:
    """How wide words are in the font that is printed."""
    font = ImageFont.truetype(font_path(), 100)
    font.set_variation_by_axes([14, weight])
    return font.getlength(words) * size / 100


def boxes(svg: str):
    """Left, top, right, bottom of each text."""
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        size, foot = float(text.get("font-size", 12.5)), float(text.get("y"))
        long = wide(text.text, int(text.get("font-weight", 400)), size)
        left = float(text.get("x")) - long * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        yield left, foot - size * 0.73, left + long, foot + size * 0.2


def overlapping(texts):
    """Pairs of texts that touch each other."""
    return [
        (one, other)
        for one, other in itertools.combinations(texts, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def lines(svg: str, name: str) -> list[tuple[float, float, float]]:
    """The upright lines of a kind: where, from, to."""
    paths = ElementTree.fromstring(svg).iter(f"{SVG}path")
    drawn = "".join(path.get("d") for path in paths if path.get("class") == name)
    return [tuple(map(float, one)) for one in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", drawn)]


@pytest.mark.parametrize("names", [SHORT, LONG])
@pytest.mark.parametrize("words", WORDS)
def test_no_line_crosses_words_and_the_budgets_goes_through_every_bar(words, names):
    for budget in BUDGETS:
        svg = drawn(budget, words, names).svg
        texts = [*boxes(svg)]
        for name in ("chart-grid", "chart-budget"):
            assert lines(svg, name)
            for (x, top, foot), (left, high, right, low) in itertools.product(lines(svg, name), texts):
                assert not (left - 1 < x < right + 1 and top < low and foot > high), (budget, name, x, left)
        assert overlapping(texts) == [], budget
        assert all(box[0] >= -0.5 and box[2] <= WIDTH + 0.5 for box in texts), budget
        bars = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}rect") if one.get("height")]
        assert len(bars) == 3
        for top, height in ((float(bar.get("y")), float(bar.get("height"))) for bar in bars):
            through = [
                start <= top and foot >= top + height for _x, start, foot in lines(svg, "chart-budget")
            ]
            assert any(through), "the budget's line goes through every bar"


def test_the_picture_for_word_leaves_the_same_lines_out():
    chart = drawn(81_000, WORDS[0], SHORT)
    with Image.open(io.BytesIO(chart_png(chart, 3))) as image:
        with_line = image.convert("L")
    without = dataclasses.replace(chart, budget=chart.ticks[-1])
    with Image.open(io.BytesIO(chart_png(without, 3))) as image:
        elsewhere = image.convert("L")
    x = round(chart.x(Decimal(81_000)) * 3)
    label = (x - 6, round((chart.top + 3) * 3), x + 6, round((chart.top + 17) * 3))
    assert with_line.crop(label).tobytes() == elsewhere.crop(label).tobytes()
    bar = (x - 6, round((chart.top + 22) * 3), x + 6, round((chart.top + 33) * 3))
    assert with_line.crop(bar).tobytes() != elsewhere.crop(bar).tobytes()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", RECOMMENDED)
def test_the_charts_of_briefs_keep_their_words_apart(name, language):
    for budget in ({}, {"budget": CHATBOT["budget"]}):
        section = content(RECOMMENDED[name] | budget, language=language).section("chart")
        for picture in [block for block in section.blocks if isinstance(block, Picture)] if section else ():
            assert overlapping(boxes(picture.chart.svg)) == []
