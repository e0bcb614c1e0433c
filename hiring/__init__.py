"""How the project is wired: settings, addresses, worker, server."""

from .celery import app as celery_app

__all__ = ["celery_app"]
