"""The room's name for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Jobs that must not be lost, and the worker that does them."""

    name = "rolematcher.outbox"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Connect what is told by the rooms below."""
        import_module("rolematcher.outbox.tasks")
