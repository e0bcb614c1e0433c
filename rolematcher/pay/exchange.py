"""Dated exchange rates: two currencies and a day in, the rate with its publisher out.

The operator's own rate comes first, then the European Central Bank's reference rate (free to use with the
bank named; shipped inside the package currencyconverter), then the packaged table of all currencies.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from currency_converter import CurrencyConverter  # type: ignore[import-untyped]

from rolematcher.values.frozen import Frozen

_BANK = "European Central Bank"
_RETIRED_DAYS = 60
"""A currency the bank stopped quoting so long before its newest rates is no longer quoted."""


class Exchange(Frozen):
    """On `on` one unit of `base` bought `rate` units of `quote`, says `publisher`."""

    base: str
    quote: str
    rate: Decimal
    on: date
    publisher: str
    licence: str = ""

    @property
    def turned(self) -> Exchange:
        """The same rate seen from the other currency."""
        return self.replaced(base=self.quote, quote=self.base, rate=1 / self.rate)


class ExchangeTable:
    """All rates on file. `kept` are the operator's own; `per_dollar` the packaged table."""

    def __init__(self, kept: Iterable[Exchange] = (), per_dollar: Iterable[Exchange] = ()) -> None:
        self.kept = tuple(kept)
        self.per_dollar = {rate.quote: rate for rate in per_dollar}

    def rate(self, base: str, quote: str, on: date) -> Exchange | None:
        """The rate of a day; None where neither the operator nor the bank nor the table has one."""
        if base == quote:
            return Exchange(base=base, quote=quote, rate=Decimal(1), on=on, publisher="")
        return self._own(base, quote, on) or _bank_rate(base, quote, on) or self._packaged(base, quote)

    def _own(self, base: str, quote: str, on: date) -> Exchange | None:
        known = [
            rate if rate.base == base else rate.turned
            for rate in self.kept
            if {rate.base, rate.quote} == {base, quote} and rate.on <= on and rate.rate > 0
        ]
        return max(known, key=lambda rate: (rate.on, rate.publisher), default=None)

    def _packaged(self, base: str, quote: str) -> Exchange | None:
        one, other = self.per_dollar.get(base), self.per_dollar.get(quote)
        if one is None or other is None:
            return None
        older = min(one, other, key=lambda rate: rate.on)
        return older.replaced(base=base, quote=quote, rate=other.rate / one.rate, licence="")


@lru_cache(maxsize=1)
def _bank() -> CurrencyConverter:
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known")


@lru_cache(maxsize=4096)
def _bank_rate(base: str, quote: str, on: date) -> Exchange | None:
    bank = _bank()
    if base not in bank.currencies or quote not in bank.currencies:
        return None
    bounds = [bank.bounds[currency] for currency in (base, quote) if currency != "EUR"]
    last = min(bound.last_date for bound in bounds)
    day = min(on, last)
    retired = (bank.bounds["USD"].last_date - last).days > _RETIRED_DAYS
    if retired or day < max(bound.first_date for bound in bounds):
        return None
    rate = Decimal(str(bank.convert(1, base, quote, date=day)))
    weekday = day - timedelta(days=max(0, day.weekday() - 4))
    return Exchange(base=base, quote=quote, rate=rate, on=weekday, publisher=_BANK)
