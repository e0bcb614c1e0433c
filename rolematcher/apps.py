"""The app's name and label for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoleMatcherConfig(AppConfig):
    """Role Matcher: from an intake form to a hiring brief."""

    name = "rolematcher"
    verbose_name = _("Role Matcher")
    default_auto_field = "django.db.models.BigAutoField"
