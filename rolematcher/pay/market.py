"""One cell in, its estimate out, in this order: sourced, derived, worldwide, modelled, none.

Derived is one step: a sourced figure of the same place times one sourced ratio, the formula kept with it.
A modelled figure is a range, never votes and never lifts a grade; beside any other figure it is a check.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from rolematcher.pay.derive import derived_estimate, from_level
from rolematcher.pay.figures import Figures
from rolematcher.pay.messages import say
from rolematcher.pay.money import HOURS, ZERO, money, plain, rounded
from rolematcher.pay.observation import PAYROLL
from rolematcher.pay.places import PAYROLL_PLACES, country_of, currency_of, is_place, unit_of
from rolematcher.pay.release import WIDEST, ModelledCell
from rolematcher.pay.report import Estimate, ModelledRange
from rolematcher.pay.votes import sourced_estimate
from rolematcher.values.message import Message, Number
from rolematcher.values.places import GROUPS

WORLDWIDE = {"freelance_marketplace": "GLOBAL", "embedded_offshore": "OFFSHORE"}
"""Where the seller's place is open and prices are made worldwide."""
_FEW_CASES = 10
_BROAD = 3
_BILL = (Decimal("1.70"), Decimal("1.92"), Decimal("2.17"))
"""An agency's hourly price over salary an hour: lowest, middle, highest (ProFocus)."""


class Market:
    """Everything on file on one day. Every sourced cell is worked out once and kept."""

    def __init__(self, figures: Figures, on: date) -> None:
        self.figures, self.on = figures, on
        self._kept: dict[tuple[str, str, str, str], Estimate] = {}

    def sourced(self, role: str, place: str, engagement_type: str, seniority: str) -> Estimate:
        """The figure of the very cell and seniority; status none where no source can speak."""
        key = (role, place, engagement_type, seniority)
        if key not in self._kept:
            filed = self.figures.rows(role, place, engagement_type)
            rows = [row for row in filed if row.seniority == seniority and row.day <= self.on]
            self._kept[key] = sourced_estimate(no_estimate(*key), rows, self.figures, on=self.on)
        return self._kept[key]

    def estimate(self, role: str, place: str, engagement_type: str, seniority: str = "all") -> Estimate:
        """The cell's estimate with its status, and the model's range beside it."""
        empty, country = no_estimate(role, place, engagement_type, seniority), country_of(place)
        if not is_place(place) and engagement_type not in WORLDWIDE:
            group = place in GROUPS
            return empty.replaced(reason=say("none.group", place=place) if group else say("none.place"))
        if engagement_type == PAYROLL and country not in PAYROLL_PLACES:
            return empty.replaced(reason=say("none.payroll"))
        found = self._of_place(empty)
        if country != place:
            if found.status != "none":
                return self._checked(found)
            wide = self.estimate(role, country, engagement_type, seniority)
            note = say("note.country_for_division", division=place, place=country)
            return wide.replaced(place=place, notes=(*wide.notes, note))
        if engagement_type in WORLDWIDE and (found.status == "none" or found.stands_in):
            found = self._worldwide(empty)
        return self._modelled(found) if found.status == "none" else self._checked(found)

    def _of_place(self, empty: Estimate) -> Estimate:
        """Sourced for the seniority, else stated from all seniorities, else derived."""
        role, place, kind, level = empty.role, empty.place, empty.engagement_type, empty.seniority
        own, every = self.sourced(role, place, kind, level), self.sourced(role, place, kind, "all")
        if level != "all":
            beside = every.replaced(sources=()) if every.status != "none" else None
            if own.status != "none" and not _weaker(own, every):
                return own.replaced(all_levels=beside)
            stated = from_level(own, every, self.figures, on=self.on) if beside else None
            if stated:
                return stated.replaced(all_levels=beside)
        return derived_estimate(own, self.sourced, self.figures, on=self.on)

    def _worldwide(self, empty: Estimate) -> Estimate:
        """The worldwide price, said to be one; sources that do not tell seniorities apart stand for each."""
        role, kind, level = empty.role, empty.engagement_type, empty.seniority
        group = WORLDWIDE[kind]
        own, every = self.sourced(role, group, kind, level), self.sourced(role, group, kind, "all")
        better = (own.kind, every.kind) == ("posted_budget", "bill_rate")
        found = every if own.status == "none" or better or _weaker(own, every) else own
        if found.status == "none":
            empty_group = no_estimate(role, group, kind, "all")
            found = derived_estimate(empty_group, self.sourced, self.figures, on=self.on)
        if found.status == "none" or found.stands_in:
            return empty.replaced(sources=found.sources)
        elsewhere = [say("note.worldwide", place=empty.place)] if empty.place not in ("", "GLOBAL") else []
        notes = [*elsewhere, *found.notes]
        if found.low == found.high:
            notes.append(say("note.single_point"))
        if level != "all" and found.seniority == "all":
            notes.append(say("note.levels_alike", seniority=level))
        said = {"place": empty.place, "seniority": level, "notes": tuple(notes)}
        return found.replaced(status="worldwide", grade="D", **said)

    def _modelled(self, empty: Estimate) -> Estimate:
        """The model's range as the estimate, or why there is none and what is known nearest."""
        model = self.model_of(empty)
        if model is None:
            return empty.replaced(reason=self._why_none(empty), notes=self._nearest(empty))
        kind = {"permanent": "base_pay", "agency": "bill_rate"}.get(empty.engagement_type, "pay_rate")
        return empty.replaced(
            status="modelled",
            kind=kind,
            grade="E",
            notes=(_modelled_note(empty.place, model),),
            model=model,
            **model.model_dump(include={"low", "high", "currency", "unit"}),
        )

    def cell_of(self, estimate: Estimate) -> ModelledCell | None:
        """What the release says of a cell in dollars an hour, shown or not; an agency's price from pay."""
        kind = estimate.engagement_type
        if kind in WORLDWIDE or self.figures.sourced_only:
            return None
        paid_as = "permanent" if kind == "agency" else kind
        cell = self.figures.modelled(estimate.role, estimate.place, paid_as, estimate.seniority)
        return _billed(cell) if cell and kind == "agency" else cell

    def model_of(self, estimate: Estimate) -> ModelledRange | None:
        """The model's range of a cell in the place's currency and unit; None where it is not shown."""
        cell, release = self.cell_of(estimate), self.figures.release
        if cell is None or cell.show != "yes":
            return None
        country, kind = country_of(estimate.place), estimate.engagement_type
        currency, unit = currency_of(country), estimate.unit or unit_of(country, kind)
        exchange = self.figures.exchange.rate("USD", currency, self.on)
        tested = release.test_of(kind, known_place=cell.figures > 0)
        if exchange is None or tested is None or estimate.currency not in ("", currency):
            return None
        times = exchange.rate * HOURS[unit]
        return ModelledRange(  # rounded outwards, so that what it covers stays covered
            low=rounded(cell.p10 * times, 2, ROUND_FLOOR),
            middle=rounded(cell.p50 * times, 2),
            high=rounded(cell.p90 * times, 2, ROUND_CEILING),
            currency=currency,
            unit=unit,
            figures=release.card.figures,
            places=release.card.places,
            from_place=cell.figures,
            median_error=tested.median_error,
            tested=tested.n,
            release=release.name,
        )

    def _why_none(self, empty: Estimate) -> Message:
        cell = self.cell_of(empty)
        if empty.engagement_type in WORLDWIDE:
            return say("none.worldwide")
        if self.figures.sourced_only:
            return say("none.sourced_only")
        unknown = "group" if empty.place in GROUPS else "income_unknown"
        return say(f"none.{cell.show if cell else unknown}", place=empty.place)

    def _nearest(self, empty: Estimate) -> tuple[Message, ...]:
        """The nearest thing known: the sourced figure of the region's place with the nearest income."""
        here = self.figures.places.get(empty.place)
        if here is None:
            return ()
        around = (place for place in self.figures.places.values() if place.region == here.region)
        for place in sorted(around, key=lambda place: (abs(place.gdp_ppp - here.gdp_ppp), place.code)):
            known = self.sourced(empty.role, place.code, empty.engagement_type, empty.seniority)
            if place != here and known.span:
                figure = known.span.money(known.currency, known.unit)
                return (say("note.nearest", place=place.code, figure=figure),)
        return ()

    def _checked(self, found: Estimate) -> Estimate:
        """The estimate with the model's range beside it, a single point widened, and a warning outside it."""
        typical = found.typical
        if typical is None or found.status == "worldwide" or found.kind in ("retainer", "posted_budget"):
            return found
        model, point = self.model_of(found), found.low == found.high
        notes, shown = list(found.notes), money(typical, found.currency, found.unit)
        if model is None:
            return found.replaced(notes=(*notes, say("note.single_point"))) if point else found
        if not model.low <= typical <= model.high:
            span = money(model.low, model.currency, model.unit, model.high)
            notes.append(say("note.outside_model", model=span, figure=shown))
        if point:  # one published point is no range: it is shown with the model's around it, and said so
            notes.append(say("note.widened", point=shown))
            found = found.replaced(low=min(model.low, typical), high=max(model.high, typical))
        return found.replaced(model=model, notes=tuple(notes))


def _billed(cell: ModelledCell) -> ModelledCell:
    """An agency's price from modelled pay: both uncertainties together, as independent ones add up."""
    least, usual, most = _BILL
    middle = cell.p50 * usual
    low = middle / ((cell.p50 / cell.p10).ln() ** 2 + (usual / least).ln() ** 2).sqrt().exp()
    high = middle * ((cell.p90 / cell.p50).ln() ** 2 + (most / usual).ln() ** 2).sqrt().exp()
    show = "too_wide" if cell.show == "yes" and high / low > WIDEST else cell.show
    return cell.replaced(p10=low, p50=middle, p90=high, show=show)


def no_estimate(role: str, place: str, engagement_type: str, seniority: str) -> Estimate:
    """A cell that nothing is known of yet."""
    return Estimate(
        role=role, place=place, engagement_type=engagement_type, seniority=seniority, status="none"
    )


def _modelled_note(place: str, model: ModelledRange) -> Message:
    """From how many figures, how many from here, how far off in tests; every number from the release."""
    known = "note.modelled" if model.from_place else "note.modelled_elsewhere"
    return say(
        known if model.tested >= _FEW_CASES else "note.modelled_few",
        place=place,
        figures=model.figures,
        places=model.places,
        from_place=model.from_place,
        error=Number(number=plain(model.median_error * 100)),
        tested=model.tested,
        release=model.release,
    )


def _weaker(own: Estimate, every: Estimate) -> bool:
    """Whether what is said of a seniority weighs under half of what three or more say of all of them.

    A few words, or what stands in for the occupation, must not replace a broad figure.
    """
    if every.status == "none" or every.stands_in:
        return False
    if own.stands_in:
        return True
    weight, broad = (sum((one.weight or ZERO for one in of.sources), ZERO) for of in (own, every))
    return every.publishers >= _BROAD and weight * 2 < broad
