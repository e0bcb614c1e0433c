"""The room's name for Django, and the admin with our site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """What every page shares: layout tags, middleware, languages, health."""

    name = "rolematcher.web"
    verbose_name = _("Role Matcher")


class HiringAdminConfig(AdminConfig):
    """The stock admin with our site: one sign-in, our words and look."""

    default_site = "rolematcher.web.admin_site.HiringAdminSite"
