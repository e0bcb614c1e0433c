"""Charts as SVG text: rows of amounts in, one drawing for page and paper out.

Colours are presentation attributes with a class beside each, so that a strict page may recolour them and
paper need not. Meaning is carried by position, shape and word as well, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

INK, SOFT, RULE, ACCENT, GREY = "#1a1b1e", "#55575c", "#dedbd3", "#0a5768", "#b9b6ae"
DOT, RING, SQUARE, DIAMOND, CROSS = "dot", "ring", "square", "diamond", "cross"
SIGNS = {DOT: "\u25cf", RING: "\u25cb", SQUARE: "\u25a1", DIAMOND: "\u25c7", CROSS: "\u00d7"}
"""The same shapes as letters, for a legend in running text."""

TEXT, SMALL = 12, 10.5
WIDE = 0.56
"""Mean width of a letter of Inter as a share of its size: enough to tell whether two texts fit one line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One source on its role's row: an amount and the shape that says what kind of source it is."""

    amount: Decimal
    shape: str


@dataclass(frozen=True, slots=True)
class Row:
    """One role: its label, its figure in words, and the amounts to draw (none where there is no figure)."""

    label: str
    words: str
    strong: bool = False
    low: Decimal | None = None
    typical: Decimal | None = None
    high: Decimal | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class RangeChart:
    """What to draw; all amounts share one unit. `alternative` says in words all that the drawing shows."""

    rows: tuple[Row, ...]
    alternative: str
    budget: Decimal | None = None
    budget_words: str = ""
    ticks: tuple[tuple[Decimal, str], ...] = ()


class Scale:
    """From amounts to places across the chart, whole ticks included."""

    def __init__(self, low: Decimal, high: Decimal, left: float, right: float) -> None:
        self.low, self.high = low, high
        self.left, self.right = left, right

    def __call__(self, amount: Decimal) -> float:
        """Where an amount stands, in units of the drawing."""
        share = float((amount - self.low) / (self.high - self.low))
        return round(self.left + share * (self.right - self.left), 1)


def axis_ticks(amounts: Sequence[Decimal], *, most: int = 5, inside: Sequence[Decimal] = ()) -> list[Decimal]:
    """Round amounts that enclose all `amounts`: at most `most` steps of 1, 2 or 5 times a power of ten.

    A step more at either end where one of `inside` would stand at the very edge.
    """
    low, high = min(amounts), max(amounts)
    if low == high:
        low, high = low * Decimal("0.8"), high * Decimal("1.2")
    raw = (high - low) / (most - 1)
    power = Decimal(10) ** raw.adjusted()
    step = next(
        part * power for part in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if part * power >= raw
    )
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    first -= bool(first > 0 and first * step in inside)
    last += last * step in inside
    return [step * number for number in range(int(first), int(last) + 1)]


def amounts_of(rows: Iterable[Row], budget: Decimal | None = None) -> list[Decimal]:
    """Every amount a chart shows."""
    amounts = [] if budget is None else [budget]
    for row in rows:
        amounts += [amount for amount in (row.low, row.typical, row.high) if amount is not None]
        amounts += [mark.amount for mark in row.marks]
    return amounts


def range_chart(chart: RangeChart, *, width: int = 420) -> SafeString:
    """The SVG of a range chart, `width` units wide; its height follows from its rows.

    With no amount at all the rows are words only: nothing is drawn that is not known.
    """
    amounts = amounts_of(chart.rows, chart.budget)
    place = _scale(chart, width) if amounts else None
    top = 6.0
    budget = None
    if place and chart.budget is not None:
        budget = _budget(chart, place(chart.budget), width)
        top += 18
    rows = []
    for row in chart.rows:
        drawn = _row(row, top, place, width, band=row.strong and chart.budget is not None)
        rows.append(drawn)
        top = float(str(drawn["bottom"]))
    context = {
        "alternative": chart.alternative,
        "width": width,
        "rows": rows,
        "budget": budget,
        "bands": [{"top": row["bar_top"], "bottom": row["bar_bottom"]} for row in rows if "bar_top" in row],
        "colour": {"ink": INK, "soft": SOFT, "rule": RULE, "accent": ACCENT, "grey": GREY},
        "text": TEXT,
        "small": SMALL,
    }
    if place:
        context["ticks"] = _ticks(chart, place, width)
        context["axis"] = {"y": top + 4, "label": top + 18}
        top += 24
    height = round(top + 6, 1)
    return SafeString(render_to_string("briefs/charts/range.svg", {**context, "height": height}))


def _scale(chart: RangeChart, width: int) -> Scale:
    ticks = [amount for amount, _words in chart.ticks]
    return Scale(ticks[0], ticks[-1], 8, width - 8)


def _budget(chart: RangeChart, x: float, width: int) -> dict[str, object]:
    length = len(chart.budget_words) * SMALL * WIDE
    anchor = "start" if x + length + 6 < width else "end"
    if anchor == "end" and x - length - 6 < 0:
        return {"x": x, "words": chart.budget_words, "anchor": "middle", "text_x": width / 2}
    return {
        "x": x,
        "words": chart.budget_words,
        "anchor": anchor,
        "text_x": round(x + (5 if anchor == "start" else -5), 1),
    }


def _row(row: Row, top: float, place: Scale | None, width: int, *, band: bool) -> dict[str, object]:
    """Where a row's parts stand. `band`: a place for the budget's line even where there is no figure."""
    beside = (len(row.label) + len(row.words) + 3) * TEXT * WIDE < width
    text_y = top + 18
    words_y = text_y if beside else text_y + 17
    drawn: dict[str, object] = {
        "label": row.label,
        "words": row.words,
        "strong": row.strong,
        "y": text_y,
        "words_y": words_y,
        "words_x": width - 1 if beside else 0,
        "anchor": "end" if beside else "start",
        "bottom": words_y + 10,
    }
    bar_y = words_y + 9
    if place is None or row.low is None or row.high is None:
        return drawn | (
            {"bar_top": bar_y - 5, "bar_bottom": bar_y + 13, "bottom": bar_y + 14} if band else {}
        )
    left, right = place(row.low), place(row.high)
    drawn |= {
        "bar": {"x": min(left, right - 3), "y": bar_y, "width": max(round(right - left, 1), 3)}
        if row.low < row.high
        else None,
        "typical": place(row.typical) if row.typical is not None else None,
        "bar_top": bar_y - 5,
        "bar_bottom": bar_y + (23 if row.marks else 13),
        "typical_top": bar_y - 3,
        "typical_bottom": bar_y + 11,
        "marks": [
            {"shape": mark.shape, "x": place(mark.amount), "y": bar_y + 17}
            for mark in sorted(row.marks, key=lambda mark: (mark.shape, mark.amount))
        ],
        "bottom": bar_y + (26 if row.marks else 14),
    }
    return drawn


def _ticks(chart: RangeChart, place: Scale, width: int) -> list[dict[str, object]]:
    last = len(chart.ticks) - 1
    longest = max(len(words) for _amount, words in chart.ticks) * SMALL * WIDE
    # Long amounts are named at every second or third tick, so that no two run together. The first and last
    # begin and end at the edge, half their length nearer to the one beside them.
    every = next(step for step in range(1, last + 2) if step * (width - 16) / last > 1.5 * longest + 4)
    shown = []
    for number, (amount, words) in enumerate(chart.ticks):
        x = place(amount)
        anchor = "start" if number == 0 else "end" if number == last else "middle"
        named = words if number % every == 0 else ""
        text_x = {0: 0, last: width}.get(number, x)
        shown.append({"x": x, "words": named, "anchor": anchor, "text_x": text_x})
    return shown
