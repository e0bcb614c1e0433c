"""A mark of the chart means the same in light and dark: lines in ink, what is advised in the accent."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOMS = Path(__file__).parents[2] / "rolematcher"
MARKS = (
    '<svg class="chart"><rect class="chart-bar"/><rect class="chart-bar-strong"/>'
    '<path class="chart-tick"/><path class="chart-budget"/></svg>'
)
COLOUR = "([mark, of]) => getComputedStyle(document.querySelector(mark))[of]"
INK = "() => getComputedStyle(document.body).color"


@pytest.mark.browser
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_lines_have_the_colour_of_ink_and_the_two_bars_differ_from_each_other_and_the_paper(page, colours):
    page.emulate_media(color_scheme=colours)
    page.set_content(f"<body>{MARKS}</body>")
    for room, name in (("web", "tokens.css"), ("briefs", "page.css")):
        page.add_style_tag(path=str(ROOMS / room / "static" / room / name))
    page.add_style_tag(content="body { color: var(--ink); background: var(--paper); }")
    for line in (".chart-tick", ".chart-budget"):
        assert page.evaluate(COLOUR, [line, "stroke"]) == page.evaluate(INK)
    bars = [page.evaluate(COLOUR, [bar, "fill"]) for bar in (".chart-bar", ".chart-bar-strong")]
    assert len({*bars, page.evaluate(INK.replace("color", "backgroundColor"))}) == 3
