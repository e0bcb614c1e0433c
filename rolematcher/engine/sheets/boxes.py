"""Sets of answer sheets without walking them. In: boxes (see `sheet`). Out: boxes, examples, counts.

A box allows some answers to every question, so it stands for the product of those numbers of sheets,
10^15 as easily as ten. A rule's conditions are one box. Taking boxes away from a box and looking at what
is left is all that the proof needs: "is a case left out?" is "is anything left of the whole space?",
and "is this row dead?" is "is anything left of it after the rows above?".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rolematcher.engine.errors import RulebookError

from .sheet import Layout

Box = int

MOST_ANSWERS = 1 << 20
"""More than the answers of all questions together, to sort by two numbers at once."""

MOST_LOOKS = 12_000_000
"""A search that has looked at more holes than this (some seconds) is given up with an error."""


def meets(layout: Layout, box: Box, other: Box) -> bool:
    """True if some sheet is in both."""
    return ((box & other) + layout.low) & layout.guards == layout.guards


def size(layout: Layout, box: Box) -> int:
    """How many answer sheets a box holds (results of tables are not answers and do not count)."""
    number = 1
    for axis in layout.questions:
        number *= (box & axis.full).bit_count()
    return number


def subtract(layout: Layout, box: Box, hole: Box) -> Iterator[Box]:
    """What is left of a box without a hole, as boxes of which no two share a sheet."""
    if not meets(layout, box, hole):
        yield box
        return
    for piece, _ in _pieces(layout, box, hole):
        yield piece


def _pieces(layout: Layout, box: Box, hole: Box) -> Iterator[tuple[Box, int]]:
    """Cut a box along a hole it meets: for each field that reaches out of the hole, the part outside."""
    outside = box & ~hole
    reaching = (outside + layout.low) & layout.guards
    while reaching:
        guard = reaching & -reaching
        reaching ^= guard
        field = layout.by_guard[guard].full
        yield (box & ~field) | (outside & field), guard
        box &= ~(outside & field)


MOST_DEEP = 250
"""How many parts of parts are looked into; Python has no room for very many more."""


class TooTangled(RulebookError):
    """The rows overlap in so many ways that a proof would take too long."""


class Search:
    """Looks for sheets outside holes, counting its looks so that a tangled rulebook cannot take for ever.

    `used` collects the holes that were needed to rule parts out. When nothing was found, these
    alone cover the box; empty it before a search to know.
    """

    def __init__(self, layout: Layout, most_looks: int = MOST_LOOKS) -> None:
        self.layout = layout
        self.looks_left = most_looks
        self.used: set[Box] = set()
        self.common: Box = -1

    def outside(self, box: Box, holes: Sequence[Box], depth: int = 0) -> Box | None:
        """Some part of the box that meets no hole, or None if the holes cover it. Exact."""
        forced: list[tuple[Box, Box]] = []
        box, live = self._forced(box, holes, depth, forced)
        if live:
            hole, rest = live[0], live[1:]
            found = self._branch(box, hole, rest, self._reaching(box, hole), depth)
            if found is not None:
                return found
        elif live is not None:
            return box
        for answers, hole in reversed(forced):
            if answers & hole & ~self.common:
                self.used.add(hole)
                self.common &= hole
        return None

    def _forced(
        self, box: Box, holes: Sequence[Box], depth: int, forced: list[tuple[Box, Box]]
    ) -> tuple[Box, list[Box] | None]:
        """Cut away, again and again, every hole the box reaches out of in one field: there is no choice.

        Each cut is noted in `forced`: what the field held, and the hole. Gives what is left of the box, and
        the holes it meets in several fields, the one it reaches out of least first; None if a hole
        holds all that is left.
        """
        low, guards = self.layout.low, self.layout.guards
        while True:
            live: list[tuple[int, Box]] = []
            cuts = len(forced)
            self._look(len(holes), depth)
            for hole in holes:
                inside = box & hole
                if (inside + low) & guards != guards:
                    continue
                outside = box ^ inside
                if not outside:
                    self.used.add(hole)
                    self.common = hole
                    return box, None
                reaching = (outside + low) & guards
                if reaching & (reaching - 1):
                    live.append((reaching.bit_count() * MOST_ANSWERS + outside.bit_count(), hole))
                else:
                    field = self.layout.by_guard[reaching].full
                    forced.append((box & field, hole))
                    box &= ~(field & hole)
            live.sort()
            holes = [hole for _, hole in live]
            if len(forced) == cuts:
                return box, holes

    def _reaching(self, box: Box, hole: Box) -> Box:
        """The guards of the fields in which the box reaches out of the hole."""
        return ((box & ~hole) + self.layout.low) & self.layout.guards

    def _look(self, holes: int, depth: int) -> None:
        self.looks_left -= 1 + holes
        if self.looks_left < 0 or depth > MOST_DEEP:
            raise TooTangled(
                "Rulebook: its rows overlap too much to be proved. Say the same with fewer conditions."
            )

    def _branch(self, box: Box, hole: Box, rest: Sequence[Box], reaching: Box, depth: int) -> Box | None:
        """The parts of a box outside a hole, one field after the other, each searched.

        What ruled out one part rules out every answer that all the holes used for it allow; those answers
        are left out of the parts after it.
        """
        common = -1
        while reaching:
            guard = reaching & -reaching
            reaching ^= guard
            field = self.layout.by_guard[guard].full
            found = self.outside(box & ~(field & hole), rest, depth + 1)
            if found is not None:
                return found
            common &= self.common
            box &= ~field | (hole & ~self.common)
            if not box & field:
                self.common = common
                return None
        self.used.add(hole)
        self.common = common & hole
        return None

    def smallest(self, box: Box, holes: Sequence[Box], suits: Callable[[Box], bool]) -> Box:
        """The part outside all holes that narrows the fewest fields of the box and suits the caller.

        Call it only when there is one: it tries one narrowed field, then two, and so on. Each part is
        as wide as can be, so what it leaves open may be answered in any way.
        """
        for most in range(len(self.layout.axes) + 1):
            found = self._narrowed(box, holes, 0, most, suits, 0)
            if found is not None:
                return found
        raise LookupError("nothing is left outside the holes")

    def _narrowed(
        self,
        box: Box,
        holes: Sequence[Box],
        narrowed: int,
        most: int,
        suits: Callable[[Box], bool],
        depth: int,
    ) -> Box | None:
        self._look(len(holes), depth)
        live = sorted(
            (self._reaching(box, hole).bit_count(), hole) for hole in holes if meets(self.layout, box, hole)
        )
        if not live:
            return box if suits(box) else None
        hole, rest = live[0][1], [other for _, other in live[1:]]
        reaching = self._reaching(box, hole)
        if narrowed.bit_count() >= most:
            reaching &= narrowed
        while reaching:
            guard = reaching & -reaching
            reaching ^= guard
            piece = box & ~(self.layout.by_guard[guard].full & hole)
            found = self._narrowed(piece, rest, narrowed | guard, most, suits, depth + 1)
            if found is not None:
                return found
        return None
