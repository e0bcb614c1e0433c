"""The room's name for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    """The kept decision: making, lists, versions, override, status, follow-up, exports, reports."""

    name = "rolematcher.decisions"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Register what is held on clients, the rates agreed, and what other rates would change."""
        import_module("rolematcher.decisions.client_texts")
        import_module("rolematcher.decisions.for_rates")
