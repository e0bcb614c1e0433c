"""The web application a server such as gunicorn runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")

application = get_wsgi_application()
# Load every page now: the server forks after this, so its workers share the memory and start quickly.
get_resolver().url_patterns  # noqa: B018
