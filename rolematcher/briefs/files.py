"""Finished documents in, what a browser is sent out: one as a download that is never run, many as one ZIP."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

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
    about = (decision.number_words, decision.client, decision.project)
    return file_name(*about, audience=brief.audience, ending=brief.format)


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
    response["Content-Security-Policy"] = FILE_POLICY
    return response


def bundle(files: Iterable[tuple[str, str]]) -> IO[bytes]:
    """A ZIP on the disk of these files under these names; one that is gone is left out and listed."""
    file = TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    missing, used = [], set[str]()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as found:
        for name, stored in files:
            name = _unused(name, used)
            try:
                with default_storage.open(stored) as one:
                    data = one.read()
            except OSError:
                missing.append(name)
                continue
            found.writestr(name, data)
        if missing:
            found.writestr("missing.txt", "\n".join(missing))
    file.seek(0)
    return file


def _unused(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, tried = 1, name
    while tried in used:
        number += 1
        tried = f"{stem}-{number}{dot}{ending}"
    used.add(tried)
    return tried
