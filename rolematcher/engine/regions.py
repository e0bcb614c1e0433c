"""The places a person may work from: ISO 3166 alpha-2 codes and the named groups of the rate data."""

from __future__ import annotations

from rolematcher.values.places import COUNTRIES, EU_COUNTRIES

GROUPS = frozenset({"GLOBAL", "OFFSHORE", "LATAM", "DACH"})
"""The groups of countries that rate observations are published for."""

EU_GROUPS = frozenset({"DACH"})
"""Groups partly in the European Union: its duties may apply, so they count as the EU market."""

REGIONS = COUNTRIES | GROUPS

ALSO_WRITTEN = {"UK": "GB", "USA": "US", "UAE": "AE", "WORLD": "GLOBAL", "WORLDWIDE": "GLOBAL"}
"""What people write for a region; asked back, never taken for it."""

__all__ = ["ALSO_WRITTEN", "COUNTRIES", "EU_COUNTRIES", "EU_GROUPS", "GROUPS", "REGIONS"]
