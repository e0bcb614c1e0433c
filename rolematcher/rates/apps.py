"""The room's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RatesConfig(AppConfig):
    """Observations, conversion facts and exchange rates: import, coverage, freshness."""

    name = "rolematcher.rates"
    verbose_name = _("Role Matcher")
