"""What an employer pays on top of pay in a country, item by item: a year's pay in, the dues out.

Each due has its share, from which pay on and up to which pay it is owed; at these salaries the ceilings bind.
A thirteenth month is an extra only where it is paid on top of the quoted yearly pay. A country without items
gives the range of its region, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rolematcher.pay.money import HUNDRED, ZERO
from rolematcher.pay.report import FactSource, Said
from rolematcher.values.frozen import Frozen


class Due(Said):
    """One employer due of a country: percent of a year's pay between two limits in the country's currency.

    `gross_from` and `gross_to`: owed at all only where the yearly pay lies between them.
    """

    country: str
    item: str
    low: Decimal
    high: Decimal
    above: Decimal = ZERO
    up_to: Decimal | None = None
    gross_from: Decimal = ZERO
    gross_to: Decimal | None = None
    currency: str

    def owed(self, pay: Decimal, *, high: bool) -> Decimal:
        """What is owed on a year's pay in the country's currency."""
        if pay < self.gross_from or (self.gross_to is not None and pay > self.gross_to):
            return ZERO
        top = pay if self.up_to is None else min(pay, self.up_to)
        return max(top - self.above, ZERO) * (self.high if high else self.low) / HUNDRED


class DuesOwed(Frozen):
    """All dues on a year's pay: from `low` to `high` in the pay's currency, the items and their sources.

    `region` is set where the country has no row and the span of its region stands in.
    """

    low: Decimal
    high: Decimal
    items: tuple[str, ...] = ()
    sources: tuple[FactSource, ...]
    region: str = ""

    @property
    def extra_months(self) -> bool:
        """Whether a thirteenth month or the like is among them."""
        return bool({"13th_month", "14th_month", "vacation_allowance"} & set(self.items))


def dues_owed(dues: Sequence[Due], low_pay: Decimal, high_pay: Decimal, per_currency: Decimal) -> DuesOwed:
    """The dues on a year's pay from `low_pay` to `high_pay`.

    `per_currency`: how much of the country's currency one unit of the pay's currency buys.
    """
    return DuesOwed(
        low=sum((due.owed(low_pay * per_currency, high=False) for due in dues), ZERO) / per_currency,
        high=sum((due.owed(high_pay * per_currency, high=True) for due in dues), ZERO) / per_currency,
        items=tuple(dict.fromkeys(due.item for due in dues if due.high)),
        sources=_sources(dues),
    )


def dues_of_region(
    countries: Sequence[Sequence[Due]], region: str, low_pay: Decimal, high_pay: Decimal
) -> DuesOwed | None:
    """The span of dues over the countries of a region, their ceilings left out; None without any."""
    if not countries:
        return None
    low = min(sum((due.low for due in dues), ZERO) for dues in countries)
    high = max(sum((due.high for due in dues), ZERO) for dues in countries)
    return DuesOwed(
        low=low_pay * low / HUNDRED,
        high=high_pay * high / HUNDRED,
        sources=_sources(due for dues in countries for due in dues)[:3],
        region=region,
    )


def _sources(dues: Iterable[Due]) -> tuple[FactSource, ...]:
    """Who says so, each publisher once."""
    return tuple({due.publisher: due.source for due in dues}.values())
