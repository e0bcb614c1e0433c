"""A finished document sent to a browser: never cached by others, never guessed at, never run."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from .content import file_name
from .models import Brief

FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


TYPES = {
    Brief.PDF: "application/pdf",
    Brief.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def brief_file_name(brief: Brief) -> str:
    """A readable name made by the server from the number, the project and the copy."""
    decision = brief.decision
    return file_name(
        decision.number_words,
        decision.client,
        decision.project,
        audience=brief.audience,
        ending=brief.format,
    )


def brief_file(brief: Brief) -> FileResponse:
    """Send a ready file as a download. Raises Http404 where it is not ready or not there."""
    if brief.state != Brief.READY:
        raise Http404
    try:
        file = default_storage.open(brief.file)
    except OSError:
        raise Http404 from None
    response = FileResponse(
        file, as_attachment=True, filename=brief_file_name(brief), content_type=TYPES[brief.format]
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response
