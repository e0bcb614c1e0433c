"""What making a document comes to: the file, or why there can be none. Loads no renderer."""

from __future__ import annotations

from dataclasses import dataclass


class BriefError(Exception):
    """A brief that cannot be made or read, for good. The text quotes nothing that was typed."""


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A finished document: its bytes, how many pages (0 for Word), characters that no font here has."""

    data: bytes
    pages: int = 0
    missing_glyphs: str = ""
