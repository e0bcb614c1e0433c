"""The web application a server such as gunicorn runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")

application = get_wsgi_application()

# Load every page and what a decision reads now: the server forks after this, so its workers share the memory,
# and nobody's first click waits for imports.
get_resolver().url_patterns  # noqa: B018

from rolematcher.decisions.services import decisions_warm  # noqa: E402

decisions_warm()
