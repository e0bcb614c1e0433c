"""The room's name for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefsConfig(AppConfig):
    """A decision in, its document out: sentences, page, PDF, and the state of each file."""

    name = "rolematcher.briefs"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Connect what is told by the rooms below, and register what is held on clients."""
        import_module("rolematcher.briefs.client_texts")
        import_module("rolematcher.briefs.services")
