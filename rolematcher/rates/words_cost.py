"""The sentences of cost and break-even: from rate to money. Ids of the pay room in, words out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rolematcher.web.speech import Sentences

COST: Sentences = {
    "pay.cost.base": _("%(role)s, %(seniority)s: %(figure)s (%(kind)s), %(period)s"),
    "pay.cost.dues": _("employer dues (%(place)s), %(low)s to %(high)s %% of pay"),
    "pay.cost.dues_extra": _("employer dues and extra months (%(place)s), %(low)s to %(high)s %% of pay"),
    "pay.cost.dues_region": _(
        "employer dues: none known (%(place)s); in the region they are %(low)s to %(high)s %% of pay"
    ),
    "pay.cost.recruiter_fee": _("%(low)s to %(high)s %%, if an outside recruiter fills the post"),
    "pay.cost.recruiting_cost": _("to recruit one person"),
    "pay.cost.marketplace_fee": _("%(low)s to %(high)s %%, the marketplace's fee to the client"),
    "pay.cost.own_people": _("your own people's time, %(hour)s with dues"),
    "pay.period.first_year": _("over the first year"),
    "pay.period.first_year_part": _("over the first year at %(hours)s hours a week"),
    "pay.period.one": _("for %(unit)s"),
    "pay.period.hours": _("over %(hours)s hours"),
    "pay.period.weeks": _("over %(weeks)s weeks"),
    "pay.period.weeks_part": _("over %(weeks)s weeks, part time at %(hours)s hours a week"),
    "pay.period.weeks_at": _("over %(weeks)s weeks at %(hours)s hours a week"),
    "pay.not_included.benefits": _("employer benefits beyond the dues listed"),
    "pay.not_included.bonus_equity": _("bonus and equity"),
    "pay.not_included.dues": _("employer dues, for which no figure is known"),
    "pay.not_included.recruiter": _("an outside recruiter's fee, for which no figure is known"),
    "pay.not_included.equipment": _("equipment and licences"),
    "pay.not_included.handover": _("hand-over after the contract ends"),
    "pay.not_included.holiday_cover": _("training and holiday cover"),
    "pay.not_included.product": _("the price of the product itself"),
    "pay.not_included.running": _("AI services, hosting and labelling of data"),
    "pay.not_included.sales_tax": _("sales tax or VAT"),
    "pay.not_included.scope_changes": _("changes to the agreed work"),
    "pay.not_included.steering": _("time to direct and check the work"),
    "pay.not_included.travel": _("travel"),
    "pay.not_included.upkeep": _("maintenance after hand-over"),
    "pay.break_even.missing": _("Left out: no %(engagement_type)s figure is known to compare with."),
    "pay.break_even.range": _(
        "Left out: the %(engagement_type)s figure is a modelled range, too wide to compare."
    ),
    "pay.break_even.stands_in": _("Left out: the %(engagement_type)s figure is a neighbouring occupation's."),
    "pay.break_even.kinds": _(
        "Left out: base pay and a rate are not both known, only other kinds of figure."
    ),
}
