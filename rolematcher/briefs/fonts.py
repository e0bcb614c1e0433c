"""The fonts of a brief: the variable font of the Inter package in, one plain file per weight out.

The renderer would freeze the variable font anew for every brief, half its time, and stamp it with the hour.
It is frozen here once and kept in the data folder, for the letters of European languages; all others come
from the fonts of the system.
"""

from __future__ import annotations

import hashlib
import io
import os
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 600)
LETTERS = (*range(0x20, 0x250), *range(0x2000, 0x2300))
TEXT_SIZE = 14


@cache
def font_files() -> dict[str, bytes]:
    """The font files by name, the same bytes in every process."""
    recipe = f"brief {version('fontpkg-inter')} {LETTERS} {TEXT_SIZE}"
    folder = Path(settings.DATA_DIR) / "fonts" / hashlib.sha256(recipe.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    return {f"inter-{weight}.ttf": _kept(folder / f"inter-{weight}.ttf", weight) for weight in WEIGHTS}


def _kept(path: Path, weight: int) -> bytes:
    """The file, made where it is not there yet; another process may be making the same."""
    if not path.exists():
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_bytes(_frozen(weight))
        beside.replace(path)
    return path.read_bytes()


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
