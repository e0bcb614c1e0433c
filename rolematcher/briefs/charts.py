"""The range chart: estimates in, one drawing out, by a pen that writes SVG or one that paints a PNG.

A bar is a range, a modelled one is hatched, an upright stroke in it is the typical figure, a dashed line is
the budget. Meaning is carried by pattern, position and word, never by colour alone. Lines stand at the bars
and words above them, so that no line crosses words.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString
from PIL import Image, ImageDraw, ImageFont

from rolematcher.pay.report import Status
from rolematcher.web.names import digits

from .fonts import font_path

WIDTH, SIDE = 350, 4
ROW, LINE, BAR = 44, 15, 12
BESIDE = 4  # how far lines reach above and below a bar
INK, SOFT, GRID, STRONG, GREY = "#1a1b1e", "#55575c", "#dedbd3", "#0a5768", "#b9b6ae"
LETTER = 0.56  # mean width of a letter of Inter as a share of its size

Side = Literal["start", "middle", "end"]
Line = tuple[tuple[float, float], tuple[float, float]]
Bar = tuple[str, str, Decimal | None, Decimal | None, Decimal | None, Status]
"""A row: label, figure in words, low, typical, high, and what the figure is. The first is the advised one."""


@dataclass(frozen=True, slots=True)
class RangeChart:
    """What to draw, on the scale of `ticks`. `alternative` says all of it in words."""

    rows: tuple[Bar, ...]
    ticks: tuple[Decimal, ...]
    budget: Decimal | None
    alternative: str
    legend: str

    @property
    def height(self) -> int:
        """Its height in the drawing's units."""
        return self.row * len(self.rows) + 28

    @property
    def row(self) -> int:
        """The height of a row: a line more where label and figure do not fit beside each other."""
        longest = max(len(row[0]) + len(row[1]) for row in self.rows)
        return ROW if (longest + 2) * 12.5 * LETTER < WIDTH else ROW + LINE

    @property
    def svg(self) -> SafeString:
        """The drawing for page and PDF."""
        return chart_svg(self)

    def x(self, amount: Decimal) -> float:
        """Where an amount stands."""
        share = (amount - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return round(SIDE + float(share) * (WIDTH - 2 * SIDE), 1)


def chart_of(rows: Sequence[Bar], *, budget: Decimal | None, alternative: str, legend: str) -> RangeChart:
    """The chart of these rows, one of which at least has a range."""
    amounts = [amount for row in rows for amount in (*row[2:5], budget) if amount is not None]
    return RangeChart(tuple(rows), tuple(axis_ticks(amounts)), budget, alternative, legend)


def axis_ticks(amounts: Sequence[Decimal], most: int = 5) -> list[Decimal]:
    """Round amounts that enclose all `amounts`, at steps of 1, 2 or 5 times a power of ten."""
    low, high = min(amounts), max(amounts)
    if low == high:
        low, high = low * Decimal("0.8"), high * Decimal("1.2")
    raw = (high - low) / (most - 1)
    power = Decimal(10) ** raw.adjusted()
    step = next(part * power for part in map(Decimal, (1, 2, 5, 10)) if part * power >= raw)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(first, last + 1)]


class _Svg:
    """Writes the elements of an SVG."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def strokes(self, lines: Sequence[Line], name: str, colour: str, width: float) -> None:
        path = "".join(f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" for (x, y), (to_x, to_y) in lines)
        look = f'stroke="{colour}" stroke-width="{width}" fill="none"'
        self.parts.append(f'<path class="{name}" d="{path}" {look}/>')

    def box(self, x: float, y: float, wide: float, name: str, colour: str, *, filled: bool) -> None:
        look = f'fill="{colour}"' if filled else f'fill="none" stroke="{colour}"'
        place = f'x="{x}" y="{y}" width="{wide:.1f}" height="{BAR}"'
        self.parts.append(f'<rect class="{name}" {place} {look}/>')

    def word(
        self, x: float, y: float, words: str, side: Side, *, soft: bool = False, strong: bool = False
    ) -> None:
        look = (
            f'class="chart-soft" fill="{SOFT}" font-size="11"' if soft else f'class="chart-ink" fill="{INK}"'
        )
        look += ' font-weight="600"' if strong else ""
        self.parts.append(f'<text x="{x}" y="{y}" text-anchor="{side}" {look}>{escape(words)}</text>')


class _Png:
    """Paints the same on a picture, so many times as large."""

    def __init__(self, image: Image.Image, scale: int) -> None:
        self.draw, self.scale = ImageDraw.Draw(image), scale

    def strokes(self, lines: Sequence[Line], name: str, colour: str, width: float) -> None:
        for line in lines:
            points = [(x * self.scale, y * self.scale) for x, y in line]
            self.draw.line(points, colour, round(width * self.scale))

    def box(self, x: float, y: float, wide: float, name: str, colour: str, *, filled: bool) -> None:
        corners = [(at * self.scale, to * self.scale) for at, to in ((x, y), (x + wide, y + BAR))]
        self.draw.rectangle(corners, colour if filled else None, colour, self.scale)

    def word(
        self, x: float, y: float, words: str, side: Side, *, soft: bool = False, strong: bool = False
    ) -> None:
        font = _font((11 if soft else 12.5) * self.scale, 600 if strong else 400)
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[side]
        self.draw.text((x * self.scale, y * self.scale), words, SOFT if soft else INK, font, anchor)


def _drawn(chart: RangeChart, pen: _Svg | _Png) -> None:
    """All of it, from the back to the front."""
    bars = [2 + chart.row * number - ROW + 21 for number in range(1, len(chart.rows) + 1)]
    grid = [((x, y - BESIDE), (x, y + BAR + BESIDE)) for x in map(chart.x, chart.ticks) for y in bars]
    pen.strokes(grid, "chart-grid", GRID, 1)
    for number, (row, y) in enumerate(zip(chart.rows, bars, strict=True)):
        foot, advised = y - 7, number == 0
        # The label above its bar; the figure beside it or, where there is no room, below it.
        beside = chart.row == ROW
        pen.word(0, foot if beside else foot - LINE, row[0], "start", strong=advised)
        pen.word(WIDTH if beside else 0, foot, row[1], "end" if beside else "start", strong=advised)
        _bar_drawn(chart, pen, row, y, advised=advised)
    if chart.budget is not None:
        x = chart.x(chart.budget)
        dashes = [((x, y + dash), (x, y + dash + 4)) for y in bars for dash in (-BESIDE, 4, 12)]
        pen.strokes(dashes, "chart-budget", INK, 1.5)
    _scale_drawn(chart, pen)


def _bar_drawn(chart: RangeChart, pen: _Svg | _Png, row: Bar, y: int, *, advised: bool) -> None:
    """The range, filled or hatched, and the typical figure in it."""
    _name, _said, low, typical, high, status = row
    if low is None or high is None:
        return
    colour, name = (STRONG, "chart-bar-strong") if advised else (GREY, "chart-bar")
    wide = max(chart.x(high) - chart.x(low), 3)
    left = min(chart.x(low), WIDTH - SIDE - wide)
    if status == "modelled":
        pen.box(left, y, wide, f"{name}-edge", colour, filled=False)
        pen.strokes(_hatch(left, y, wide), f"{name}-edge", colour, 1.2)
        return
    pen.box(left, y, wide, name, colour, filled=True)
    if typical is not None:
        x = chart.x(typical)
        pen.strokes([((x, y - 3), (x, y + BAR + 3))], "chart-tick", INK, 2)


def _hatch(x: float, y: float, wide: float) -> list[Line]:
    """The slanted lines of a hatched bar, cut off at its right end."""
    starts = [x + 5 * number for number in range(int(wide // 5) + 1)]
    ends = [(left, min(left + BAR, x + wide)) for left in starts]
    return [((left, y + BAR), (right, y + BAR - (right - left))) for left, right in ends]


def _scale_drawn(chart: RangeChart, pen: _Svg | _Png) -> None:
    """The amounts below the rows, as many as stand beside each other."""
    last = len(chart.ticks) - 1
    longest = max(len(digits(tick)) for tick in chart.ticks) * 11 * LETTER
    every = next(step for step in range(1, last + 2) if step * WIDTH / last > 1.8 * longest)
    sides: dict[int, Side] = {0: "start", last: "end"}
    for number in range(0, last + 1, every):
        tick = chart.ticks[number]
        pen.word(chart.x(tick), chart.height - 8, digits(tick), sides.get(number, "middle"), soft=True)


def chart_svg(chart: RangeChart) -> SafeString:
    """The chart as SVG, with its words as alternative text."""
    pen = _Svg()
    _drawn(chart, pen)
    size = f'viewBox="0 0 {WIDTH} {chart.height}" width="{WIDTH}" height="{chart.height}"'
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Inter, Noto Sans, sans-serif" '
        f'font-size="12.5" role="img"><title>{escape(chart.alternative)}</title>{"".join(pen.parts)}</svg>'
    )


def chart_png(chart: RangeChart, scale: int = 3) -> bytes:
    """The same chart as a PNG, for Word."""
    image = Image.new("RGB", (WIDTH * scale, chart.height * scale), "white")
    _drawn(chart, _Png(image, scale))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _font(size: float, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(font_path(), size)
    font.set_variation_by_axes([14, weight])
    return font
