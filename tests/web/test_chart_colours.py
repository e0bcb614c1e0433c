"""A mark of the chart means the same in light and dark: filled counts, hollow does not."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOMS = Path(__file__).parents[2] / "rolematcher"
MARKS = '<svg><circle class="chart-dot" fill="#1a1b1e"/><circle class="chart-ring" fill="#fff"/></svg>'
FILL = "name => getComputedStyle(document.querySelector(name)).fill"
INK = "() => getComputedStyle(document.body).color"


@pytest.mark.browser
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_filled_marks_have_the_colour_of_ink_and_hollow_ones_that_of_paper(page, colours):
    page.emulate_media(color_scheme=colours)
    page.set_content(f"<body>{MARKS}</body>")
    for room, name in (("web", "tokens.css"), ("decisions", "decision.css")):
        page.add_style_tag(path=str(ROOMS / room / "static" / room / name))
    page.add_style_tag(content="body { color: var(--ink); background: var(--paper); }")
    assert page.evaluate(FILL, ".chart-dot") == page.evaluate(INK)
    assert page.evaluate(FILL, ".chart-ring") == page.evaluate(INK.replace("color", "backgroundColor"))
    assert page.evaluate(FILL, ".chart-ring") != page.evaluate(FILL, ".chart-dot")
