"""The range chart: no line crosses words and no words cross others, wherever the budget stands."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
from decimal import Decimal
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


def boxes(svg: str):
    """Left, top, right, bottom of each text, measured in the font that is printed."""
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        font = ImageFont.truetype(font_path(), 100)
        font.set_variation_by_axes([14, int(text.get("font-weight", 400))])
        size = float(text.get("font-size", 12.5))
        wide = font.getlength(text.text) * size / 100
        left = float(text.get("x")) - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        foot = float(text.get("y"))
        yield left, foot - size * 0.73, left + wide, foot + size * 0.2


def lines(svg: str, name: str) -> list[tuple[float, float, float]]:
    """The upright lines of a kind: where, from, to."""
    paths = ElementTree.fromstring(svg).iter(f"{SVG}path")
    drawn = "".join(path.get("d") for path in paths if path.get("class") == name)
    return [tuple(map(float, one)) for one in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", drawn)]


@pytest.mark.parametrize("names", [SHORT, LONG])
@pytest.mark.parametrize("words", WORDS)
def test_no_line_crosses_words_wherever_the_budget_stands(words, names):
    for budget in BUDGETS:
        svg = drawn(budget, words, names).svg
        texts = [*boxes(svg)]
        for name in ("chart-grid", "chart-budget"):
            assert lines(svg, name)
            for (x, top, foot), (left, high, right, low) in itertools.product(lines(svg, name), texts):
                assert not (left - 1 < x < right + 1 and top < low and foot > high), (budget, name, x, left)
        for one, other in itertools.combinations(texts, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (budget, one, other)
        assert all(box[0] >= -0.5 and box[2] <= WIDTH + 0.5 for box in texts), budget


@pytest.mark.parametrize("names", [SHORT, LONG])
def test_the_budgets_line_still_goes_through_every_bar(names):
    for budget in BUDGETS:
        svg = drawn(budget, WORDS[0], names).svg
        bars = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}rect") if one.get("height")]
        assert len(bars) == 3
        for bar in bars:
            top, height = float(bar.get("y")), float(bar.get("height"))
            assert any(
                start <= top and foot >= top + height for _x, start, foot in lines(svg, "chart-budget")
            )


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
            texts = [*boxes(picture.chart.svg)]
            for one, other in itertools.combinations(texts, 2):
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one, other)
