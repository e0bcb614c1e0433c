"""The room's name and label for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    """The kept decision: making, lists, page, versions, override, status, outcome, exports, reports."""

    name = "rolematcher.decisions"
    label = "decisions"
    verbose_name = _("Role Matcher")
