"""Inter for the web: the installed font package in, small woff2 files out, found like any static file.

Three cuts of one family: `text` (400 to 700), `display` (600, drawn for large sizes) and `more` (the other
alphabets Inter covers, fetched by a browser only when a page needs them). Cut once, kept in the data folder.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from fontTools import subset
from fontTools.varLib import instancer

from rolematcher.web.files import fonts_folder, made_once

FOLDER = "web/fonts"
LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2002-200A,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,"
    "U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+20B9,U+2122,U+2190-2193,U+2212,U+2248,U+2260,"
    "U+2264-2265,U+2713,U+25CB,U+25CF"
)
MORE = (
    "U+0100-0130,U+0132-0151,U+0154-024F,U+0259,U+02B0-036F,U+0370-04FF,U+1E00-1EFF,U+20A0-20AB,"
    "U+20AD-20B8,U+20BA-20BF"
)
FEATURES = ["kern", "tnum", "ccmp", "locl", "mark", "mkmk"]


@dataclass(frozen=True, slots=True)
class Cut:
    """One file: its characters and where it stands on the family's axes (one value, or a range kept)."""

    characters: str
    size: float
    weight: float | tuple[float, float]


CUTS = {
    "inter-text.woff2": Cut(LATIN, 14, (400, 700)),
    "inter-display.woff2": Cut(LATIN, 32, 600),
    "inter-more.woff2": Cut(MORE, 14, (400, 700)),
}


def font_made(name: str) -> Path:
    """The file of one cut, made if it is not there yet. The same package gives the same bytes."""
    return made_once(_folder() / FOLDER / name, partial(_cut_bytes, CUTS[name]))


@cache
def _folder() -> Path:
    """Where the cuts are kept."""
    return fonts_folder(f"{version('fontpkg-inter')} {sorted(CUTS.items())} {FEATURES}")


def _cut_bytes(cut: Cut) -> bytes:
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.recalc_timestamp = False
    source = files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(cut.characters))
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, {"opsz": cut.size, "wght": cut.weight})
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


class FontFinder(BaseFinder):
    """Finds `web/fonts/<cut>` for the development server, whitenoise and `collectstatic`."""

    def find(self, path: str, find_all: bool = False) -> str | list[str]:  # type: ignore[override]
        """The file behind a static path, or an empty list."""
        folder, _slash, name = path.rpartition("/")
        if folder != FOLDER or name not in CUTS:
            return []
        found = str(font_made(name))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Every cut with the storage that holds it."""
        for name in CUTS:
            font_made(name)
            yield f"{FOLDER}/{name}", FileSystemStorage(location=str(_folder()))
