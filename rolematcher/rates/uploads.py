"""A CSV file a person uploaded, kept on disk with its state until it is saved or dropped.

In: the file, then the word to save it. Out: the state to show: how far reading is, the preview, the result.
A long file is read and saved beside the request, so that its page can show a progress bar; a short one at
once. Nothing is half saved: the writing itself is one transaction.
"""

from __future__ import annotations

import json
import logging
import shutil
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import connection
from django.utils.translation import gettext as _

from rolematcher.accounts.models import User

from .compare import Preview
from .file import MOST_BYTES, RatesFileFault
from .importing import ImportOutdated, ImportRefused, rates_import, rates_preview

LONG = 512 * 1024
"""Files above so many bytes are read beside the request."""
KEPT_SECONDS = 24 * 60 * 60
SILENT_SECONDS = 60
"""Reading or saving that has not shown a sign of life for so long has stopped."""

log = logging.getLogger(__name__)

READING, READ, SAVING, SAVED, FAILED = "reading", "read", "saving", "saved", "failed"
State = dict[str, Any]


def upload_take(file: File, *, user: User, now: float) -> uuid.UUID:
    """Keep an uploaded file and start reading it. Raises PermissionDenied, or RatesFileFault if too big."""
    if not user.has_perm("rates.import_rateobservation"):
        raise PermissionDenied
    if (file.size or 0) > MOST_BYTES:
        raise RatesFileFault(
            _("The file is over %(most)s MB. Split it.") % {"most": MOST_BYTES // 1024 // 1024}
        )
    _clear_old(now)
    key = uuid.uuid4()
    folder = _folder(key)
    folder.mkdir(mode=0o700, parents=True)
    lines = 0
    with (folder / "rates.csv").open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
            lines += chunk.count(b"\n")
    _write(key, {"user": user.pk, "name": str(file.name)[:100], "lines": lines, "stage": READING, "row": 0})
    _run(key, lambda: _read(key), long=(file.size or 0) > LONG)
    return key


def upload_state(key: uuid.UUID, *, user: User, now: float) -> State:
    """The state of an upload of this person. Raises FileNotFoundError for any other."""
    path = _folder(key) / "state.json"
    state: State = json.loads(path.read_text(encoding="utf-8"))
    if state["user"] != user.pk:
        raise FileNotFoundError
    if state["stage"] in (READING, SAVING) and now - path.stat().st_mtime > SILENT_SECONDS:
        state |= {
            "stage": FAILED,
            "fault": _("This was interrupted and nothing was saved. Upload the file again."),
        }
    return state


def upload_save(key: uuid.UUID, *, user: User, despite_refused: bool, now: float) -> None:
    """Save what the preview showed; if the rates changed meanwhile, make a new preview instead."""
    state = upload_state(key, user=user, now=now)
    if state["stage"] != READ or not _claimed(key):
        return
    _write(key, state | {"stage": SAVING, "row": 0})
    long = state["lines"] and (_folder(key) / "rates.csv").stat().st_size > LONG
    _run(key, lambda: _save(key, user, despite_refused), long=bool(long))


def upload_drop(key: uuid.UUID, *, user: User, now: float) -> None:
    """Throw an upload away."""
    upload_state(key, user=user, now=now)
    shutil.rmtree(_folder(key), ignore_errors=True)


def _read(key: uuid.UUID) -> None:
    with (_folder(key) / "rates.csv").open("rb") as file:
        preview = rates_preview(file, progress=lambda row: _step(key, row))
    _write(key, _state(key) | {"stage": READ, "preview": _as_dict(preview), "outdated": False})


def _save(key: uuid.UUID, user: User, despite_refused: bool) -> None:
    state = _state(key)
    with (_folder(key) / "rates.csv").open("rb") as file:
        try:
            preview = rates_import(
                file,
                user=user,
                despite_refused=despite_refused,
                expected=tuple(state["preview"]["counts"]),
                progress=lambda row: _step(key, row),
            )
        except ImportOutdated as outdated:
            _claim(key).unlink()
            again = {"stage": READ, "preview": _as_dict(outdated.preview), "outdated": True}
            _write(key, state | again)
            return
    _write(key, state | {"stage": SAVED, "preview": _as_dict(preview)})
    (_folder(key) / "rates.csv").unlink()


def _run(key: uuid.UUID, work: Callable[[], None], *, long: bool) -> None:
    """Do the work now, or beside the request where it takes long."""
    if long:
        Thread(target=_beside, args=(key, work), name=f"rates-{key}", daemon=True).start()
    else:
        _guarded(key, work)


def _beside(key: uuid.UUID, work: Callable[[], None]) -> None:
    try:
        _guarded(key, work)
    finally:
        connection.close()


def _guarded(key: uuid.UUID, work: Callable[[], None]) -> None:
    try:
        work()
    except (RatesFileFault, ImportRefused) as fault:
        _write(key, _state(key) | {"stage": FAILED, "fault": str(fault)})
    except Exception:  # whatever it was, the page must not wait for ever
        log.exception("rates upload failed", extra={"upload": str(key)})
        _write(key, _state(key) | {"stage": FAILED, "fault": _("Something went wrong; nothing was saved.")})


def _step(key: uuid.UUID, row: int) -> None:
    _write(key, _state(key) | {"row": row})


def _as_dict(preview: Preview) -> dict[str, Any]:
    return {**asdict(preview), "counts": list(preview.counts)}


def _folder(key: uuid.UUID) -> Path:
    return Path(settings.DATA_DIR) / "imports" / str(key)


def _claim(key: uuid.UUID) -> Path:
    return _folder(key) / "saving"


def _claimed(key: uuid.UUID) -> bool:
    """Take the upload for saving. False where another click, in whichever process, has it."""
    try:
        _claim(key).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _state(key: uuid.UUID) -> State:
    state: State = json.loads((_folder(key) / "state.json").read_text(encoding="utf-8"))
    return state


def _write(key: uuid.UUID, state: State) -> None:
    """The state in one piece: whoever reads at the same moment sees the old one or the new one."""
    path = _folder(key) / "state.json"
    draft = path.with_name(f"state-{uuid.uuid4().hex}.json")
    draft.write_text(json.dumps(state), encoding="utf-8")
    draft.replace(path)


def _clear_old(now: float) -> None:
    """Remove uploads that nobody finished within a day."""
    for folder in (Path(settings.DATA_DIR) / "imports").glob("*"):
        if now - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
