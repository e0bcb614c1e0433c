"""The room's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, teams, rights, second factor, the audit trail."""

    name = "rolematcher.accounts"
    verbose_name = _("Role Matcher")
