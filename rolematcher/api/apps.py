"""The room's name for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Tokens, the HTTP API and batches; nothing here decides, it calls the services the pages call."""

    name = "rolematcher.api"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Register what is held on clients."""
        import_module("rolematcher.api.client_texts")
