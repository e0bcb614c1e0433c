"""Every id the room can say, with the names of its values. The sentences stand in `rates/words.py`."""

from __future__ import annotations

from rolematcher.values.message import Message, Value

_BY_VALUES = {
    "": """
        break_even.kinds break_even.unlike budget.not_set
        cost.recruiting_cost cure.address cure.check_amount cure.date
        cure.newer cure.one_unit cure.shorten cure.sign cure.swap cure.write_digits no_option.ask
        no_option.widen none.no_model none.on_site none.payroll none.place none.role none.sourced_only
        none.worldwide
        not_included.benefits not_included.bonus_equity not_included.dues not_included.recruiter
        not_included.equipment not_included.handover
        not_included.holiday_cover not_included.product not_included.running not_included.sales_tax
        not_included.scope_changes not_included.steering not_included.travel not_included.upkeep
        note.after_tax note.contract_to_hire note.nobody note.one_city note.payroll
        note.single_point note.stands_in note.type_assumed period.first_year release.card release.empty
        release.hash remark.after_tax remark.example remark.middle remark.one_city remark.some_employers
        row.none_given row.order step.dues step.marketplace_fee step.pair why.basis why.example
        why.neighbour why.official why.one_end why.other_kind why.posting why.same_publisher
        why.stands_in why.unstated
    """,
    "base quote rate day publisher": "offer.currency remark.converted",
    "base quote rate publisher day given result": "step.exchange",
    "base role engagement_type base_seniority seniority ratio publisher as_of group result": (
        "formula.ladder formula.role formula.salary"
    ),
    "budget": "budget.no_figure budget.nobody budget.retainer budget.say_place",
    "budget held need role seniority engagement_type": "budget.covers",
    "budget held need role seniority engagement_type gap": "budget.below budget.covers_part",
    "budget need": "budget.buys_little",
    "budget low high per need": "budget.buys_hour budget.buys_month budget.buys_week",
    "by to role seniority engagement_type place": "no_option.raise",
    "choices": "cure.choose cure.place cure.thousands cure.unit",
    "figure known status": "offer.rate_usual",
    "figure known status share by": "offer.rate_above offer.rate_below",
    "given sum": "offer.dues_unknown offer.fee_unknown",
    "given sum low high": "offer.dues_usual offer.fee_usual",
    "given sum low high by": "offer.dues_above offer.dues_below offer.fee_above offer.fee_below",
    "printed unit hours": "offer.unit",
    "column": "cure.fill release.column row.empty row.sign",
    "column longest": "row.long",
    "column typed": "row.amount row.unknown",
    "count": "note.copies",
    "count of": "note.unstated",
    "currency": "budget.no_rate why.currency",
    "day": "cure.today row.future",
    "day years": "row.old",
    "division place": "note.country_for_division",
    "engagement_type": "break_even.missing break_even.range break_even.stands_in",
    "factor": "note.spread",
    "figure": "row.hourly",
    "figure place": "row.high_pay row.low_pay",
    "hour": "cost.own_people",
    "hours": "period.first_year_part period.hours step.part_time",
    "line": "release.double release.number release.order release.show",
    "line widest": "release.width",
    "low high": "cost.marketplace_fee cost.recruiter_fee ",
    "model figure": "note.outside_model",
    "most": "row.ratio",
    "of": "why.copy",
    "place": "offer.no_figure none.group none.income_unknown none.too_wide none.untested note.worldwide",
    "place figure": "note.nearest",
    "place figures places from_place error tested release": (
        "note.modelled note.modelled_elsewhere note.modelled_few"
    ),
    "place region low high items": "cost.dues cost.dues_extra cost.dues_region",
    "point": "note.widened",
    "printed unit": "remark.unit",
    "publisher": "note.above_official note.below_official note.one_source",
    "publisher figure other": "row.other_unit",
    "role seniority engagement_type place people price": (
        "option.lower_seniority option.other_engagement_type option.other_place option.other_role"
    ),
    "role seniority figure kind period": "cost.base",
    "seniority": "note.levels_alike",
    "test slice error": "limit.error",
    "test slice share": "limit.coverage",
    "typed": "row.address row.currency row.date row.place",
    "unit": "period.one",
    "unit to result": "step.day step.months",
    "longer hours result": "step.hours",
    "longer shorter hours each result": "step.hours_each",
    "weeks": "period.weeks",
    "weeks hours": "period.weeks_part",
    "weeks hours units unit": "period.weeks_at",
}
"""The names of the values, and the ids that have exactly these."""
MESSAGES: dict[str, tuple[str, ...]] = {
    f"pay.{id}": tuple(names.split()) for names, ids in _BY_VALUES.items() for id in ids.split()
}


def say(id: str, **values: Value) -> Message:
    """The message of an id with its values. Raises KeyError where they are not listed here so."""
    full = f"pay.{id}"
    if set(MESSAGES[full]) != set(values):
        raise KeyError(f"{full}: {sorted(values)}")
    return Message(id=full, values=values)
