"""The range chart: estimates in, one layout of boxes, lines and words out, drawn as SVG and as PNG.

A bar is a range, a modelled one is hatched, an upright stroke in it is the typical figure, a dashed line is
the budget. Meaning is carried by pattern, position and word, never by colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
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
INK, SOFT, GRID, STRONG, GREY = "#1a1b1e", "#55575c", "#dedbd3", "#0a5768", "#b9b6ae"
LETTER = 0.56  # mean width of a letter of Inter as a share of its size
AROUND = 4  # room between words and a line

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
    budget_words: str
    alternative: str
    legend: str

    @property
    def height(self) -> int:
        """Its height in the drawing's units."""
        return round(self.top + self.row * len(self.rows) + 26)

    @property
    def row(self) -> int:
        """The height of a row: a line more where label and figure do not fit beside each other."""
        longest = max(len(row[0]) + len(row[1]) for row in self.rows)
        return ROW if (longest + 2) * 12.5 * LETTER < WIDTH else ROW + LINE

    @property
    def top(self) -> int:
        """Room above the rows for the budget's words."""
        return 18 if self.budget is not None else 2

    @property
    def svg(self) -> SafeString:
        """The drawing for page and PDF."""
        return chart_svg(self)

    def x(self, amount: Decimal) -> float:
        """Where an amount stands."""
        share = (amount - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return round(SIDE + float(share) * (WIDTH - 2 * SIDE), 1)


def chart_of(
    rows: Sequence[Bar], *, budget: Decimal | None, budget_words: str, alternative: str, modelled_words: str
) -> RangeChart | None:
    """The chart of these rows; None where no row has a range, for an empty chart is none."""
    amounts = [amount for row in rows for amount in row[2:5] if amount is not None]
    if not amounts:
        return None
    legend = modelled_words if any(row[5] == "modelled" for row in rows) else ""
    ticks = tuple(axis_ticks(amounts if budget is None else [*amounts, budget]))
    return RangeChart(tuple(rows), ticks, budget, budget_words, alternative, legend)


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


@dataclass(frozen=True, slots=True)
class _Word:
    x: float
    y: float
    words: str
    side: Side = "start"
    soft: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lines (left out where words stand), bars (x, y, width, advised, hatched), typical strokes, words."""

    grid: tuple[Line, ...]
    budget: tuple[Line, ...]
    bars: tuple[tuple[float, float, float, bool, bool], ...]
    strokes: tuple[tuple[float, float], ...]
    words: tuple[_Word, ...]


_SAID: dict[bool, tuple[int, Side]] = {True: (0, "start"), False: (WIDTH, "end")}
"""Where the figure's words stand: below the label where there is no room beside it, else at the right."""


def _layout(chart: RangeChart) -> _Layout:
    bars, strokes, words = [], [], []
    for number, row in enumerate(chart.rows):
        name, said, low, typical, high, status = row
        y, below = chart.top + chart.row * number, chart.row - ROW
        words.append(_Word(0, y + 14, name, strong=number == 0))
        at, side = _SAID[below > 0]
        words.append(_Word(at, y + 14 + below, said, side, strong=number == 0))
        if low is None or high is None:
            continue
        left, right = chart.x(low), chart.x(high)
        wide = max(right - left, 3)
        bars.append((min(left, WIDTH - SIDE - wide), y + below + 21, wide, number == 0, status == "modelled"))
        if typical is not None and status != "modelled":
            strokes.append((chart.x(typical), y + below + 18))
    words += [*_scale(chart), *_budget(chart)]
    bottom = chart.top + chart.row * len(chart.rows) + 4
    grid = [line for tick in chart.ticks for line in _upright(chart.x(tick), chart.top, bottom, words)]
    budget = () if chart.budget is None else _upright(chart.x(chart.budget), 0, bottom, words)
    return _Layout(tuple(grid), tuple(budget), tuple(bars), tuple(strokes), tuple(words))


def _upright(x: float, top: float, bottom: float, words: Sequence[_Word]) -> Iterator[Line]:
    """The line at x from top to bottom, left out where it would cross words."""
    for word in sorted(words, key=lambda one: one.y):
        left = word.x - _wide(word) * {"start": 0, "middle": 0.5, "end": 1}[word.side]
        if left - AROUND < x < left + _wide(word) + AROUND and word.y - 13 < bottom:
            if word.y - 13 > top:
                yield (x, top), (x, word.y - 13)
            top = max(top, word.y + 4)
    if bottom > top:
        yield (x, top), (x, bottom)


def _wide(word: _Word) -> float:
    """How wide words are when drawn."""
    return float(_font(11 if word.soft else 12.5, 600 if word.strong else 400).getlength(word.words))


def _scale(chart: RangeChart) -> Iterator[_Word]:
    """The amounts below the grid, as many as stand beside each other."""
    foot = chart.top + chart.row * len(chart.rows) + 18
    last = len(chart.ticks) - 1
    longest = max(len(digits(tick)) for tick in chart.ticks) * 11 * LETTER
    every = next(step for step in range(1, last + 2) if step * WIDTH / last > 1.8 * longest)
    sides: dict[int, Side] = {0: "start", last: "end"}
    for number in range(0, last + 1, every):
        tick = chart.ticks[number]
        yield _Word(chart.x(tick), foot, digits(tick), sides.get(number, "middle"), soft=True)


def _budget(chart: RangeChart) -> Iterator[_Word]:
    """The budget's words at its line, on the side where there is room; else from the wall that is nearer."""
    if chart.budget is not None:
        x, wide = chart.x(chart.budget), _wide(_Word(0, 11, chart.budget_words))
        fits = x + AROUND + wide <= WIDTH
        at = x + AROUND if fits else max(x - AROUND, wide)
        yield _Word(at, 11, chart.budget_words, "start" if fits else "end")


def chart_svg(chart: RangeChart) -> SafeString:
    """The chart as SVG, with its words as alternative text."""
    layout, parts = _layout(chart), []
    parts.append(_path("chart-grid", _drawn(layout.grid), GRID, 1))
    for bar in layout.bars:
        parts += _bar_svg(*bar)
    parts += [_path("chart-tick", f"M{x} {y}v{BAR + 6}", INK, 2) for x, y in layout.strokes]
    if layout.budget:
        parts.append(_path("chart-budget", _drawn(layout.budget), INK, 1.5, ' stroke-dasharray="4 3"'))
    parts += [_word_svg(word) for word in layout.words]
    size = f'viewBox="0 0 {WIDTH} {chart.height}" width="{WIDTH}" height="{chart.height}"'
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Inter, Noto Sans, sans-serif" '
        f'font-size="12.5" role="img"><title>{escape(chart.alternative)}</title>{"".join(parts)}</svg>'
    )


def _drawn(lines: Sequence[Line]) -> str:
    return "".join(f"M{x:.1f} {top}V{bottom}" for (x, top), (_same, bottom) in lines)


def _path(name: str, line: str, colour: str, wide: float, more: str = "") -> str:
    return f'<path class="{name}" d="{line}" stroke="{colour}" stroke-width="{wide}" fill="none"{more}/>'


def _bar_svg(x: float, y: float, wide: float, advised: bool, hatched: bool) -> list[str]:
    colour, name = (STRONG, "chart-bar-strong") if advised else (GREY, "chart-bar")
    box = f'x="{x}" y="{y}" width="{wide:.1f}" height="{BAR}"'
    if not hatched:
        return [f'<rect class="{name}" {box} fill="{colour}"/>']
    edge = f'<rect class="{name}-edge" {box} fill="none" stroke="{colour}" stroke-width="1.2"/>'
    lines = "".join(
        f"M{one[0]:.1f} {one[1]:.1f}L{other[0]:.1f} {other[1]:.1f}" for one, other in _hatch(x, y, wide)
    )
    return [edge, _path(f"{name}-edge", lines, colour, 1.2)]


def _word_svg(word: _Word) -> str:
    look = ' class="chart-soft" font-size="11"' if word.soft else ' class="chart-ink"'
    look += ' font-weight="600"' if word.strong else ""
    look += f' fill="{SOFT if word.soft else INK}"'
    place = f'x="{word.x}" y="{word.y}" text-anchor="{word.side}"'
    return f"<text {place}{look}>{escape(word.words)}</text>"


def _hatch(x: float, y: float, wide: float) -> list[Line]:
    """The slanted lines of a hatched bar, cut off at its right end."""
    starts = [x + 5 * number for number in range(int(wide // 5) + 1)]
    ends = [(left, min(left + BAR, x + wide)) for left in starts]
    return [((left, y + BAR), (right, y + BAR - (right - left))) for left, right in ends]


def chart_png(chart: RangeChart, scale: int = 3) -> bytes:
    """The same chart as a PNG, for Word."""
    image = Image.new("RGB", (WIDTH * scale, chart.height * scale), "white")
    draw, layout = ImageDraw.Draw(image), _layout(chart)
    _rule(draw, scale, layout.grid, GRID)
    for x, y, wide, advised, hatched in layout.bars:
        colour = STRONG if advised else GREY
        box = [(x * scale, y * scale), ((x + wide) * scale, (y + BAR) * scale)]
        draw.rectangle(box, None if hatched else colour, colour, scale)
        _rule(draw, scale, _hatch(x, y, wide) if hatched else [], colour)
    _rule(draw, scale, [((x, y), (x, y + BAR + 6)) for x, y in layout.strokes], INK, 2)
    _rule(draw, scale, _dashes(layout.budget), INK, 1.5)
    for word in layout.words:
        font = _font((11 if word.soft else 12.5) * scale, 600 if word.strong else 400)
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[word.side]
        draw.text((word.x * scale, word.y * scale), word.words, SOFT if word.soft else INK, font, anchor)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _dashes(lines: Sequence[Line]) -> list[Line]:
    """The budget's line, dash by dash."""
    ends = [(x, round(top), round(bottom)) for (x, top), (_same, bottom) in lines]
    return [((x, y), (x, min(y + 4, bottom))) for x, top, bottom in ends for y in range(top, bottom, 7)]


def _rule(
    draw: ImageDraw.ImageDraw, scale: int, lines: Sequence[Line], colour: str, width: float = 1
) -> None:
    for line in lines:
        draw.line([(x * scale, y * scale) for x, y in line], colour, round(width * scale))


@cache
def _font(size: float, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(font_path(), size)
    font.set_variation_by_axes([14, weight])
    return font
