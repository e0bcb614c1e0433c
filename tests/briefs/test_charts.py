"""The range chart: what it draws, what it says in words, and that it stays inside its frame."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.briefs.charts import (
    CROSS,
    DIAMOND,
    DOT,
    RING,
    SMALL,
    SQUARE,
    WIDE,
    Mark,
    RangeChart,
    Row,
    amounts_of,
    axis_ticks,
    range_chart,
)
from tests.examples import up_to

from .made import CHATBOT, content

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: Row, budget: int | None = None, width: int = 420) -> ElementTree.Element:
    amount = None if budget is None else Decimal(budget)
    ticks = tuple((tick, f"{tick:,}") for tick in axis_ticks(amounts_of(rows, amount)))
    chart = RangeChart(rows, "In words.", amount, "Budget" if budget else "", ticks)
    return ElementTree.fromstring(range_chart(chart, width=width))


def row(low: int, typical: int, high: int, *marks: Mark, strong: bool = True) -> Row:
    return Row(
        "AI engineer, recommended", "USD 1", strong, Decimal(low), Decimal(typical), Decimal(high), marks
    )


def numbers(svg: ElementTree.Element):
    for element in svg.iter():
        for name in ("x", "cx", "x1", "x2"):
            if name in element.attrib:
                yield float(element.attrib[name])


def test_a_row_has_its_bar_its_tick_and_a_shape_for_each_source():
    marks = tuple(
        Mark(Decimal(100 + 10 * place), shape)
        for place, shape in enumerate((DOT, RING, SQUARE, DIAMOND, CROSS))
    )
    svg = drawn(row(90, 120, 150, *marks))
    assert len(svg.findall(f"{SVG}rect")) == 1
    classes = [element.get("class") for element in svg]
    assert classes.count("chart-tick") == 1
    assert classes.count("chart-dot") == 1
    assert classes.count("chart-ring") == 3
    assert classes.count("chart-cross") == 1


def test_the_budget_is_a_labelled_line():
    svg = drawn(row(90, 120, 150), budget=100)
    assert [element.text for element in svg if element.get("font-weight") == "600"].count("Budget") == 1
    assert sum(element.get("class") == "chart-budget" for element in svg) == 1


def test_the_alternative_text_stands_in_the_title_and_there_is_no_inline_style():
    svg = drawn(row(90, 120, 150))
    assert svg.find(f"{SVG}title").text == "In words."
    assert svg.get("role") == "img"
    assert not any("style" in element.attrib for element in svg.iter())


@pytest.mark.parametrize("language", ["en", "de"])
def test_places_in_the_drawing_are_written_with_points_in_every_language(language):
    with translation.override(language):
        svg = drawn(row(5, 6, 7, Mark(Decimal("5.5"), DOT)), budget=6)
    for element in svg.iter():
        for name, value in element.attrib.items():
            assert name in ("d", "stroke-dasharray", "viewBox") or "," not in value


@given(
    st.lists(st.integers(5, 5_000_000), min_size=3, max_size=3),
    st.lists(st.integers(5, 5_000_000), max_size=40),
    st.one_of(st.none(), st.integers(5, 5_000_000)),
    st.sampled_from([280, 420, 640]),
)
@up_to(60, deadline=None)
def test_any_figures_stay_inside_the_frame(figures, sources, budget, width):
    low, typical, high = sorted(figures)
    marks = tuple(Mark(Decimal(amount), DOT) for amount in sources)
    svg = drawn(row(low, typical, high, *marks), budget=budget, width=width)
    assert all(0 <= number <= width for number in numbers(svg))
    assert float(svg.get("height")) < 200


@given(st.lists(st.decimals("5", "5000000", places=2), min_size=1, max_size=20))
@up_to(deadline=None)
def test_ticks_are_few_round_and_enclose_every_amount(amounts):
    ticks = axis_ticks(amounts)
    assert 2 <= len(ticks) <= 7
    assert ticks[0] <= min(amounts)
    assert ticks[-1] >= max(amounts)
    steps = {after - before for before, after in pairwise(ticks)}
    assert len(steps) == 1
    assert str(steps.pop().normalize().as_tuple().digits[0]) in "125"


@given(st.integers(5, 5_000_000), st.integers(2, 30))
@up_to(100, deadline=None)
def test_amounts_on_the_axis_never_run_together(low, tenths):
    svg = drawn(row(low, low, low * (10 + tenths) // 10))
    spans = []
    for text in svg.iter(f"{SVG}text"):
        if text.get("font-size") and text.get("class") == "chart-soft":
            length, x = len(text.text) * SMALL * WIDE, float(text.get("x"))
            left = x - {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor")]
            spans.append((left, left + length))
    assert all(before[1] < after[0] for before, after in pairwise(sorted(spans)))


def test_long_labels_take_a_line_of_their_own():
    long = Row(
        "An unusually long name for a role, recommended", "USD 1,000,000\u20132,000,000 a year, grade C"
    )
    short = Row("AI", "USD 1")
    tall, low = (drawn(item, row(1, 2, 3)) for item in (long, short))
    assert float(tall.get("height")) > float(low.get("height"))


def test_labels_are_escaped():
    svg = drawn(Row("<b>&", "1"), row(1, 2, 3))
    assert "<b>&" in [element.text for element in svg]


def test_the_chart_says_in_words_what_it_draws():
    said = content(**CHATBOT)
    svg = ElementTree.fromstring(said.rates.chart)
    alternative = svg.find(f"{SVG}title").text
    for role in said.rates.roles:
        assert role.figure in alternative
        assert f"grade {role.grade}" in alternative
    assert said.rates.verdict in alternative
    assert [line.label for line in said.rates.legend] == ["\u25cf", "\u25cb", "\u25a1", "\u25c7"]
