"""How every process logs. In: the least level. Out: Django's LOGGING, one JSON object a line on stderr."""

from __future__ import annotations


def lines_as_json(level: str) -> dict[str, object]:
    """Ids and facts, never text that people typed (`rolematcher/web/logs.py`)."""
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
