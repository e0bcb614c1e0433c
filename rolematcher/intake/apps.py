"""The room's name and label for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """The form that leads to a decision: drafts, starting points, what-if."""

    name = "rolematcher.intake"
    label = "intake"
    verbose_name = _("Role Matcher")
