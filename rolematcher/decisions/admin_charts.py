"""Counts in, the coordinates of small SVG charts out; the templates draw them. Each has a table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT, TOP, BOTTOM, LEFT = 640, 220, 12, 28, 44


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a column: `series` names its colour."""

    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A labelled stack."""

    label: str
    x: float
    middle: float
    total: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A stacked column chart: the columns, the lines of its scale as (y, label), and its size."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def trend(numbers: Sequence[int], top: int) -> list[Block]:
    """A row of columns in a box of 100 by 10, `top` reaching to its upper edge; zeros draw nothing."""
    step = 100 / max(1, len(numbers))
    return [
        Block("", round(place * step, 2), round(10 - height, 2), round(step * 0.8, 2), round(height, 2))
        for place, number in enumerate(numbers)
        if (height := 10 * number / max(1, top))
    ]


def columns(stacks: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> Columns:
    """Stacks as (label, [(series, count), ...]) from left to right."""
    top = _round_up(max((sum(number for _name, number in parts) for _label, parts in stacks), default=0))
    room, base = HEIGHT - TOP - BOTTOM, HEIGHT - BOTTOM
    step = (WIDTH - LEFT) / max(1, len(stacks))
    drawn = []
    for place, (label, parts) in enumerate(stacks):
        x, y, blocks = LEFT + place * step + step * 0.15, float(base), []
        for series, number in parts:
            height = room * number / top
            y -= height
            if number:
                blocks.append(Block(series, round(x, 1), round(y, 1), round(step * 0.7, 1), round(height, 1)))
        total = sum(number for _name, number in parts)
        drawn.append(Column(label, round(x, 1), round(x + step * 0.35, 1), total, tuple(blocks)))
    lines = tuple((round(base - room * part / 2, 1), f"{top * part // 2:,}") for part in range(3))
    return Columns(tuple(drawn), lines)


def _round_up(number: int) -> int:
    """The next even 1, 2 or 5 times a power of ten: a scale people read."""
    if number <= 2:
        return 2
    power = 10 ** int(log10(number))
    return next(
        step * power for step in (1, 2, 4, 5, 6, 8, 10) if step * power >= number and step * power % 2 == 0
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: its share of the longest as a percentage of the room."""

    label: str
    number: int
    length: float
    series: str = "plain"


def bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    """Horizontal bars, in the order given."""
    rows = list(counts)
    most = max((number for _label, number in rows), default=0) or 1
    return [Bar(label, number, round(100 * number / most, 1)) for label, number in rows]


@dataclass(frozen=True, slots=True)
class Dot:
    """One agreed rate on its role's line."""

    x: float
    y: float
    inside: bool
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of dots for one role; `x` of 100 % is the same on all lines."""

    label: str
    y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Strips:
    """Agreed against estimated: 100 % in the middle, half and double equally far from it."""

    strips: tuple[Strip, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    width: int = WIDTH
    left: int = 150


def strips(rows: Sequence[tuple[str, Sequence[tuple[float, bool, str]]]]) -> Strips:
    """Lines as (label, [(ratio, inside, words), ...]). Beyond a third or thrice, a dot stands at the edge."""
    left, step = 150, 56
    room = WIDTH - left - 20

    def across(ratio: float) -> float:
        bounded = min(3.0, max(1 / 3, ratio))
        return round(left + room * (log10(bounded) / log10(3) + 1) / 2, 1)

    drawn = []
    for place, (label, points) in enumerate(rows):
        y = 30 + place * step
        dots = tuple(
            Dot(across(ratio), y + (index % 5 - 2) * 5, inside, words)
            for index, (ratio, inside, words) in enumerate(points)
        )
        drawn.append(Strip(label, y, dots))
    ticks = tuple((across(ratio), f"{ratio * 100:.0f} %") for ratio in (0.5, 0.75, 1.0, 1.5, 2.0))
    return Strips(tuple(drawn), ticks, ceil(30 + max(1, len(rows)) * step + 10))
