"""The room's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    """Published rulebooks: draft, check, publish, go back, replay."""

    name = "rolematcher.editions"
    verbose_name = _("Role Matcher")
