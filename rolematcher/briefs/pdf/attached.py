"""The decision inside the PDF: its JSON as bytes to attach; a PDF in, the same JSON out again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .errors import BriefUnreadable

NAME = "decision.json"
MOST_BYTES = 20_000_000


def decision_bytes(data: Mapping[str, Any]) -> bytes:
    """The decision as JSON text, always the same for the same decision."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decision_json_of(pdf: bytes) -> dict[str, Any]:
    """The decision that a brief carries. Raises BriefUnreadable for anything else."""
    # Imported here: only a replay reads PDFs.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(pdf) > MOST_BYTES:
        raise BriefUnreadable("The file is too large to be a brief.")
    import io

    try:
        found = PdfReader(io.BytesIO(pdf)).attachments.get(NAME, [])
        data = json.loads(found[0]) if found else None
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as error:
        raise BriefUnreadable("The file is not a whole PDF of ours.") from error
    if not isinstance(data, dict) or "edition" not in data or "answers" not in data:
        raise BriefUnreadable("The PDF carries no decision; it was not made by this product.")
    return data
