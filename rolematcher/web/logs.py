"""Log records in, one JSON object a line out: ids and facts, never what people typed.

The request id is set by the middleware and again by the worker for the work a request asked for,
so one grep follows a click from the page to the PDF.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


@contextmanager
def request_named(name: str) -> Iterator[str]:
    """Everything logged inside carries this request id."""
    before = request_id.set(name)
    try:
        yield name
    finally:
        request_id.reset(before)


def _tells(key: str, value: object) -> bool:
    """Is this an `extra` field worth a place in the line?"""
    return key not in STANDARD and isinstance(value, int | float | str) and len(str(value)) <= 200


class JsonFormatter(logging.Formatter):
    """One line of JSON a record. `extra` fields that are numbers, booleans or short words are kept.

    Of an exception the kind and the places are kept, never its text: that may quote what somebody typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
        }
        if name := request_id.get():
            said["request_id"] = name
        said |= {key: value for key, value in record.__dict__.items() if _tells(key, value)}
        if record.exc_info and record.exc_info[0]:
            said["exception"] = record.exc_info[0].__name__
            said["places"] = [
                f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
        return json.dumps(said, ensure_ascii=True)

    def _message(self, record: logging.LogRecord) -> str:
        """The first line of the sentence; Django's own lines about a request stay unfilled.

        They would quote its address, which may hold the secret of a share link.
        """
        if record.name.startswith(("django.request", "django.security", "django.server")):
            return str(record.msg)[:500]
        return (record.getMessage() or " ").splitlines()[0][:500]


def lines_as_json(level: str) -> dict[str, object]:
    """Django's LOGGING for every process: everything of this level and above on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "rolematcher.web.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "django": {"handlers": [], "propagate": True, "level": "INFO"},
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            # Its lines quote sign-in names and addresses; the attempts themselves are rows in the admin.
            "axes": {"level": "CRITICAL"},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }
