"""The room's name for Django, and whether its settings can be read."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from rolematcher.pay.weights import Weights


class RatesConfig(AppConfig):
    """Observations, conversion facts and exchange rates: import, coverage, freshness."""

    name = "rolematcher.rates"
    verbose_name = _("Role Matcher")

    def ready(self) -> None:
        """Refuse weights that cannot be read, before a page needs them."""
        try:
            Weights.model_validate(settings.RATE_WEIGHTS)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            place = ".".join(map(str, wrong["loc"]))
            raise ImproperlyConfigured(f"RATE_WEIGHTS, {place}: {wrong['msg']}.") from None
