"""The room's name for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """The form that leads to a decision: drafts, starting points, what-if."""

    name = "rolematcher.intake"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Register what is held on clients."""
        import_module("rolematcher.intake.client_texts")
