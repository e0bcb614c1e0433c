"""The room's name and label for Django, and the admin with our site."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """What every page shares: layout tags, middleware, languages, health."""

    name = "rolematcher.web"
    label = "web"
    verbose_name = _("Role Matcher")


class HiringAdminConfig(SimpleAdminConfig):
    """The stock admin with our site: one sign-in, our words and look.

    What registers with it is loaded by the address list (`hiring/urls.py`) and by the checks, not at every
    start: a command that touches no page begins in a third less time.
    """

    default_site = "rolematcher.web.admin_site.HiringAdminSite"

    def ready(self) -> None:
        """Register the stock checks, which need every page of the admin loaded."""
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(_admin_check, checks.Tags.admin)


def _admin_check(app_configs: Sequence[AppConfig] | None, **rest: object) -> list[checks.CheckMessage]:
    admin.autodiscover()
    return check_admin_app(app_configs, **rest)
