"""The fonts of a brief: the installed Inter package in, one plain font file per weight out, made in memory.

The package holds one variable font. The renderer would freeze it anew for every brief and space it as if
drawn for another size, so it is frozen here once a process, with HarfBuzz, which the renderer needs anyway.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

log = logging.getLogger(__name__)

TEXT = ("mark", "mkmk", "tnum")
HEADING = ("kern", "calt", *TEXT)
"""What a brief shows of the font's niceties. Pairs of letters moved together (kern) and signs fitted to their
neighbours (calt) are seen in a heading; at the size of text nobody sees them, and they are a third of all
shaping. Letters composed anew (ccmp) were another quarter; typed text comes composed."""
_LAYOUT_FEATURES = 6  # HB_SUBSET_SETS_LAYOUT_FEATURE_TAG
_PASSTHROUGH, _NO_HINTING = 0x20, 0x1
_EVERY_LETTER = (0x20, 0xFFFF)


@dataclass(frozen=True, slots=True)
class Cut:
    """A point on the axes of the variable font, and which of its features are kept."""

    weight: float
    size: float
    features: tuple[str, ...]


CUTS = {
    "inter-400.ttf": Cut(400, 14, TEXT),
    "inter-600.ttf": Cut(600, 14, TEXT),
    "inter-display-600.ttf": Cut(600, 32, HEADING),
}


@contextmanager
def machine_rules_apart() -> Iterator[None]:
    """Let what is loaded meanwhile know the machine's fonts but none of its rules about them.

    The families of a brief have names of their own as well, so that no installed font can pass for them.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    with as_file(files("rolematcher") / "data" / "fonts.conf") as path:
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def font_assets() -> dict[str, Callable[[], bytes]]:
    """The font files by name, made when first asked for."""
    return {name: _maker(cut) for name, cut in CUTS.items()}


def _maker(cut: Cut) -> Callable[[], bytes]:
    return lambda: _font_bytes(cut)


@cache
def _font_bytes(cut: Cut) -> bytes:
    """One cut of Inter; the whole variable font where this HarfBuzz cannot freeze it (same look, slower)."""
    path = str(files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf")
    try:
        return _frozen(path, cut)
    except (OSError, AttributeError, ValueError):
        log.warning("HarfBuzz cannot freeze the font; briefs take longer")
        with open(path, "rb") as file:  # noqa: PTH123  a package path, read as it is
            return file.read()


def _frozen(path: str, cut: Cut) -> bytes:
    """The font at one point of its axes. Raises AttributeError, OSError or ValueError where that fails."""
    hb, subset = ctypes.CDLL("libharfbuzz.so.0"), ctypes.CDLL("libharfbuzz-subset.so.0")
    _typed(hb, subset)
    blob = hb.hb_blob_create_from_file(path.encode())
    face = hb.hb_face_create(blob, 0)
    wanted = subset.hb_subset_input_create_or_fail()
    frozen = None
    try:
        hb.hb_set_add_range(subset.hb_subset_input_unicode_set(wanted), *_EVERY_LETTER)
        features = subset.hb_subset_input_set(wanted, _LAYOUT_FEATURES)
        hb.hb_set_clear(features)
        for feature in cut.features:
            hb.hb_set_add(features, _tag(feature))
        subset.hb_subset_input_set_flags(wanted, _NO_HINTING)
        for axis, value in (("wght", cut.weight), ("opsz", cut.size)):
            if not subset.hb_subset_input_pin_axis_location(wanted, face, _tag(axis), value):
                raise ValueError(axis)
        frozen = subset.hb_subset_or_fail(face, wanted)
        if not frozen:
            raise ValueError("no font came out")
        return _bytes_of(hb, frozen)
    finally:
        subset.hb_subset_input_destroy(wanted)
        if frozen:
            hb.hb_face_destroy(frozen)
        hb.hb_face_destroy(face)
        hb.hb_blob_destroy(blob)


def _bytes_of(hb: ctypes.CDLL, face: int) -> bytes:
    blob = hb.hb_face_reference_blob(face)
    length = ctypes.c_uint()
    start = hb.hb_blob_get_data(blob, ctypes.byref(length))
    data = ctypes.string_at(start, length.value)
    hb.hb_blob_destroy(blob)
    if not data:
        raise ValueError("an empty font came out")
    return data


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


def _typed(hb: ctypes.CDLL, subset: ctypes.CDLL) -> None:
    """Pointers are wider than the integers ctypes assumes."""
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    for library, name, gives, *takes in (
        (hb, "hb_blob_create_from_file", pointer, ctypes.c_char_p),
        (hb, "hb_blob_get_data", pointer, pointer, ctypes.POINTER(number)),
        (hb, "hb_blob_destroy", None, pointer),
        (hb, "hb_face_create", pointer, pointer, number),
        (hb, "hb_face_reference_blob", pointer, pointer),
        (hb, "hb_face_destroy", None, pointer),
        (hb, "hb_set_add", None, pointer, number),
        (hb, "hb_set_clear", None, pointer),
        (hb, "hb_set_add_range", None, pointer, number, number),
        (subset, "hb_subset_input_create_or_fail", pointer),
        (subset, "hb_subset_input_destroy", None, pointer),
        (subset, "hb_subset_input_unicode_set", pointer, pointer),
        (subset, "hb_subset_input_set", pointer, pointer, number),
        (subset, "hb_subset_input_set_flags", None, pointer, number),
        (subset, "hb_subset_input_pin_axis_location", ctypes.c_int, pointer, pointer, number, ctypes.c_float),
        (subset, "hb_subset_or_fail", pointer, pointer, pointer),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = gives, takes
