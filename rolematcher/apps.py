"""The app's name and label for Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class RoleMatcherConfig(AppConfig):
    """Role Matcher: from an intake form to a hiring brief."""

    name = "rolematcher"
    verbose_name = _("Role Matcher")
    default_auto_field = "django.db.models.BigAutoField"


class HiringAdminConfig(AdminConfig):
    """The stock admin with our site: one sign-in, our words and look."""

    default_site = "hiring.admin.HiringAdminSite"
