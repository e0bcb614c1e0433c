"""Colour glyphs are prepared once. In: the bitmap of a glyph. Out: the image that is drawn each time.

WeasyPrint 70 encodes a glyph's bitmap anew for every character: 5,000 emoji took 7 seconds of a processor,
4 of them in this.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image
from weasyprint.draw import text
from weasyprint.images import RasterImage

MOST_GLYPHS = 512


@lru_cache(maxsize=MOST_GLYPHS)
def _prepared(image_id: str, data: bytes) -> RasterImage:
    return RasterImage(Image.open(BytesIO(data)), image_id, data)


def _once(_opened: Any, image_id: str, data: bytes) -> RasterImage:
    return _prepared(image_id, data)


def glyphs_use_cache() -> None:
    """Let WeasyPrint ask here for the images of glyphs."""
    text.RasterImage = _once
