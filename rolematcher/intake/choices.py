"""What the selects of the intake form offer: places, currencies, periods, kinds of amount."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rolematcher.engine.currencies import CURRENCIES
from rolematcher.engine.regions import COUNTRIES, GROUPS

Choices = list[tuple[str, str]]

USUAL_CURRENCIES = ("USD", "EUR", "GBP", "INR", "CAD", "AUD", "AED", "CHF", "PLN", "UAH", "MXN", "PHP")


def places(with_figures: Sequence[str]) -> list[tuple[str, str | Choices]]:
    """Regions that have rate figures first, then every other country, in the reader's language and order."""
    return _places(tuple(with_figures), get_language() or "en")


@lru_cache(maxsize=32)
def _places(with_figures: tuple[str, ...], _language: str) -> list[tuple[str, str | Choices]]:
    names = place_names()
    first = [code for code in with_figures if code in names]
    countries = sorted((code for code in first if code not in GROUPS), key=lambda code: names[code])
    groups = sorted((code for code in first if code in GROUPS), key=lambda code: names[code])
    rest = sorted((code for code in COUNTRIES if code not in first), key=lambda code: names[code])
    return [
        ("", _("Not sure yet")),
        (_("With rate figures on file"), [(code, names[code]) for code in (*countries, *groups)]),
        (_("Other countries, no figures yet"), [(code, names[code]) for code in rest]),
    ]


def place_names() -> dict[str, str]:
    """Every region's name in the reader's language."""
    territories = _locale().territories
    names = {code: territories.get(code, code) for code in COUNTRIES}
    return names | {
        "GLOBAL": _("Anywhere (worldwide figures)"),
        "OFFSHORE": _("Offshore, through a provider"),
        "LATAM": _("Latin America"),
        "DACH": _("Germany, Austria and Switzerland together"),
    }


def currencies() -> list[tuple[str, str | Choices]]:
    """The usual currencies by name, then every other one by its code."""
    return _currencies(get_language() or "en")


@lru_cache(maxsize=8)
def _currencies(_language: str) -> list[tuple[str, str | Choices]]:
    locale = _locale()
    usual = [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in USUAL_CURRENCIES]
    rest: Choices = [(code, code) for code in CURRENCIES if code not in USUAL_CURRENCIES]
    return [(_("Usual"), usual), (_("All others"), rest)]


def periods() -> Choices:
    """What a budget is for."""
    return [
        ("year", _("a year")),
        ("month", _("a month")),
        ("day", _("a day")),
        ("hour", _("an hour")),
        ("project", _("the whole project")),
    ]


def kinds() -> Choices:
    """What a budget covers."""
    return [("pay", _("pay only")), ("total", _("everything included"))]


def lengths() -> Choices:
    """How long the work is."""
    return [
        ("one_off", _("A one-off")),
        ("3_to_12_months", _("Three to twelve months")),
        ("ongoing", _("Ongoing")),
        ("unsure", _("Not sure")),
    ]


def flat(choices: Sequence[tuple[str, str | Choices]]) -> Choices:
    """Grouped choices as one list."""
    out: Choices = []
    for value, words in choices:
        out.extend(words if isinstance(words, list) else [(value, words)])
    return out


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"), sep="_")
