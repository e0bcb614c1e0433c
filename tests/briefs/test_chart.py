"""The range chart: no line crosses words and no words cross others, wherever the budget stands."""

from __future__ import annotations

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
ROWS = ((54_500, 69_800), (59_600, 68_100), (35_000, 82_000))


def drawn(budget: int | None, names: tuple[str, ...], times: int = 1):
    rows = [
        (name, f"GBP {low:,}–{high:,} a year", Decimal(low * times), None, Decimal(high * times), "modelled")
        for name, (low, high) in zip(names, ROWS, strict=True)
    ]
    return chart_of(rows, budget=budget and Decimal(budget), alternative="", legend="")


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


def lines(svg: str, name: str) -> list[tuple[float, ...]]:
    """The upright lines of a kind: where, from, to."""
    paths = ElementTree.fromstring(svg).iter(f"{SVG}path")
    path = "".join(one.get("d") for one in paths if one.get("class") == name)
    return [tuple(map(float, one)) for one in re.findall(r"M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)", path)]


@pytest.mark.parametrize("names", [SHORT, LONG])
@pytest.mark.parametrize("times", [1, 1000])
def test_no_line_crosses_words_and_the_budgets_goes_through_every_bar(times, names):
    for budget in range(20_000 * times, 101_000 * times, 9_000 * times):
        svg = drawn(budget, names, times).svg
        texts, grid, dashes = [*boxes(svg)], lines(svg, "chart-grid"), lines(svg, "chart-budget")
        assert grid and dashes
        for (x, top, foot), (left, high, right, low) in itertools.product(grid + dashes, texts):
            assert not (left - 1 < x < right + 1 and top < low and foot > high), (budget, x, left)
        assert overlapping(texts) == [], budget
        assert all(box[0] >= -0.5 and box[2] <= WIDTH + 0.5 for box in texts), budget
        tops = [float(one.get("y")) for one in ElementTree.fromstring(svg).iter(f"{SVG}rect")]
        assert len(tops) == 3
        assert all(any(top < bar < foot for _x, top, foot in grid) for bar in tops)
        assert all(any(bar < top and foot < bar + 12 for _x, top, foot in dashes) for bar in tops)


def test_the_picture_for_word_shows_the_budget_at_the_same_place():
    chart = drawn(81_000, SHORT)
    pictures = [Image.open(io.BytesIO(chart_png(one))) for one in (chart, drawn(None, SHORT))]
    x, top = round(chart.x(Decimal(81_000)) * 3), lines(chart.svg, "chart-budget")[1][1] * 3
    dash = (x - 2, round(top) + 2, x + 2, round(top) + 10)
    assert pictures[0].crop(dash).tobytes() != pictures[1].crop(dash).tobytes()
    label = (0, 0, pictures[0].width, round(lines(chart.svg, "chart-budget")[0][1] * 3) - 1)
    assert pictures[0].crop(label).tobytes() == pictures[1].crop(label).tobytes()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", RECOMMENDED)
def test_the_charts_of_briefs_keep_their_words_apart_and_name_the_budget(name, language):
    for budget in ({}, {"budget": CHATBOT["budget"]}):
        section = content(RECOMMENDED[name] | budget, language=language).section("chart")
        for picture in [block for block in section.blocks if isinstance(block, Picture)] if section else ():
            assert overlapping(boxes(picture.chart.svg)) == []
            said = re.search(r"61[,.]350", picture.chart.legend)
            assert bool(said) == (picture.chart.budget is not None)
