"""All observations filed by cell: a sequence in, quick look-ups by role, region and engagement out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rolematcher.engine.money.observation import Observation

Cell = tuple[str, str, str]


class RateIndex:
    """Observations by cell (role, region, engagement). Built once and kept while the data does not change."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        cells: defaultdict[Cell, list[Observation]] = defaultdict(list)
        for observation in observations:
            cells[observation.cell].append(observation)
        self._cells = {cell: tuple(rows) for cell, rows in cells.items()}
        self._levels = {cell: _by_level(rows) for cell, rows in self._cells.items()}
        self._regions: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for role, region, engagement in sorted(self._cells):
            self._regions[role, engagement].append(region)

    def __iter__(self) -> Iterator[Observation]:
        return (row for cell in sorted(self._cells) for row in self._cells[cell])

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._cells.values())

    def rows(self, role: str, region: str, engagement: str) -> tuple[Observation, ...]:
        """The observations of one cell, all levels; none where nothing is on file."""
        return self._cells.get((role, region, engagement), ())

    def at_level(self, role: str, region: str, engagement: str, level: str) -> tuple[Observation, ...]:
        """The observations of one cell at one level ("all" is a level of its own)."""
        return self._levels.get((role, region, engagement), {}).get(level, ())

    def regions(self, role: str, engagement: str) -> list[str]:
        """The regions that have an observation for this role and engagement, in alphabetical order."""
        return list(self._regions.get((role, engagement), ()))

    def cells(self) -> list[Cell]:
        """Every cell with an observation, in order."""
        return sorted(self._cells)


def _by_level(rows: tuple[Observation, ...]) -> dict[str, tuple[Observation, ...]]:
    levels: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        levels[row.seniority].append(row)
    return {level: tuple(found) for level, found in levels.items()}


def rate_index(observations: RateIndex | Iterable[Observation]) -> RateIndex:
    """An index of the observations; one that is an index already is given back as it is."""
    return observations if isinstance(observations, RateIndex) else RateIndex(observations)
