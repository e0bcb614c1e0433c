"""Every id the room can say. A sentence for each stands in `rates/words.py`; a test asks for all of them."""

from __future__ import annotations

from rolematcher.values.message import Message, Value

_PARTS = {
    "why": "posting example currency one_end neighbour official stands_in unstated copy same_publisher "
    "other_kind basis",
    "remark": "after_tax one_city some_employers example middle converted unit",
    "note": "one_source stands_in unstated spread copies after_tax one_city above_official below_official "
    "country_for_division worldwide levels_alike modelled modelled_few outside_model widened single_point "
    "type_assumed contract_to_hire payroll say_place nobody "
    "nearest",
    "none": "place payroll role on_site sourced_only no_model group income_unknown too_wide untested",
    "formula": "ladder role salary",
    "period": "first_year first_year_part one weeks weeks_at hours",
    "cost": "base dues dues_extra dues_region recruiter_fee recruiting_cost staffing_markup marketplace_fee "
    "own_people",
    "not_included": "bonus_equity equipment holiday_cover benefits sales_tax handover steering travel "
    "scope_changes upkeep running product",
    "break_even": "range missing stands_in unlike",
    "step": "exchange months day hours marketplace_fee dues part_time pair",
    "budget": "not_set nobody say_place no_figure no_rate retainer covers covers_part below "
    "buys_hour buys_month",
    "option": "lower_seniority other_role other_engagement_type other_place",
    "no_option": "widen ask raise",
    "release": "column number order show width double card hash empty",
    "limit": "error coverage",
    "row": "empty unknown place amount none_given order ratio currency future old date long sign "
    "address low_pay high_pay hourly other_unit",
    "cure": "fill choose place write_digits swap one_unit unit thousands check_amount date today newer "
    "shorten sign address",
}
MESSAGE_IDS = frozenset(f"pay.{part}.{name}" for part, names in _PARTS.items() for name in names.split())


def say(id: str, **values: Value) -> Message:
    """The message of an id, which must be listed here. Raises KeyError for any other."""
    full = f"pay.{id}"
    if full not in MESSAGE_IDS:
        raise KeyError(full)
    return Message(id=full, values=values)
