"""The room's name for Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """What others see: links without an account, questions to hiring managers; and erasing."""

    name = "rolematcher.sharing"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Register what is held on clients, and have webhooks told by the rooms below."""
        import_module("rolematcher.sharing.client_texts")
        import_module("rolematcher.sharing.webhooks")
