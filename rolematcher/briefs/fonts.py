"""The fonts of a brief: the variable font of the Inter package in, one plain file per weight out.

The renderer would freeze the variable font anew for every brief, half its time, and stamp it with the hour.
It is frozen here once and kept in the data folder, for the letters of European languages; all others come
from the fonts of the system.
"""

from __future__ import annotations

import io
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from rolematcher.web.files import fonts_folder, made_once

WEIGHTS = (400, 600)
LETTERS = (*range(0x20, 0x250), *range(0x2000, 0x2300))
TEXT_SIZE = 14


@cache
def font_files() -> dict[str, bytes]:
    """The font files by name, the same bytes in every process."""
    folder = fonts_folder(f"brief {version('fontpkg-inter')} {LETTERS} {TEXT_SIZE}")
    made = {weight: made_once(folder / f"inter-{weight}.ttf", partial(_frozen, weight)) for weight in WEIGHTS}
    return {path.name: path.read_bytes() for path in made.values()}


def font_path() -> str:
    """The variable font as it is installed."""
    return str(files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf")


def _frozen(weight: int) -> bytes:
    font = TTFont(font_path(), recalcTimestamp=False)
    cut = Subsetter(Options(layout_features=["kern", "mark", "mkmk"], notdef_outline=True, name_IDs=["*"]))
    cut.populate(unicodes=LETTERS)
    cut.subset(font)
    still = instantiateVariableFont(font, {"wght": weight, "opsz": TEXT_SIZE}, inplace=True)
    file = io.BytesIO()
    still.save(file)
    return file.getvalue()
