"""The web application a server such as gunicorn runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")

application = get_wsgi_application()

# Load every page, what a decision reads and the way to the broker now, connecting to nothing: the server
# forks after this, so its workers share the memory, and nobody's first click waits for imports.
get_resolver().url_patterns  # noqa: B018

from hiring.celery import app as celery_app  # noqa: E402
from rolematcher.decisions.services import decisions_warm  # noqa: E402

decisions_warm()

with celery_app.connection_for_write() as broker:
    broker.transport  # noqa: B018
celery_app.amqp.queues  # noqa: B018
