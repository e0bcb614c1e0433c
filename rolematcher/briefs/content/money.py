"""What it pays and costs, all of one cell. In: the advice. Out: pay, chart, options, cost table, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.briefs.charts import Bar, RangeChart, chart_of
from rolematcher.decisions.words import cell_words, estimate_words
from rolematcher.editions.services import text_said
from rolematcher.pay.report import Cost, CostLine, Estimate, FactSource, PayReport
from rolematcher.rates.words import pay_words
from rolematcher.values.message import Money
from rolematcher.web.names import (
    KIND,
    ROLE,
    STATUS,
    as_of_words,
    digits,
    digits_range,
    from_to,
    recommended_first,
    upper_first,
)
from rolematcher.web.speech import money_words

from .advice import Advice
from .shape import Block, Item, Picture, Row, Section, Table, Text, bullets, paragraph, section

GRADE = {
    "A": lazy("several independent publishers that agree"),
    "B": lazy("two or more publishers"),
    "C": lazy("one publisher, or publishers far apart"),
    "D": lazy("worked out from a neighbouring figure"),
    "E": lazy("a modelled range"),
}
COST_LINE = {
    "base": lazy("Pay or rate"),
    "second": lazy("Second person"),
    "dues": lazy("Employer dues"),
    "recruiter_fee": lazy("Outside recruiter's fee"),
    "recruiting_cost": lazy("Recruiting"),
    "marketplace_fee": lazy("Marketplace's fee"),
    "own_people": lazy("Your own people's time"),
}
NOT_FOR_CLIENTS = ("recruiter_fee", "recruiting_cost")
RECRUITER = "pay.not_included.recruiter"
CITING = ", citing "
"""How our data names a publisher's own source."""


def figure_line(advice: Advice) -> str:
    """The figure of the cell in one short sentence with its status; both figures for contract to hire."""
    estimate = advice.estimate
    if estimate is None or estimate.status == "none":
        return pay_words(estimate.reason) if estimate and estimate.reason else ""
    figures = [f"{estimate_words(estimate)} ({STATUS[estimate.status]})"]
    later = advice.pay.afterwards
    if later and later.low is not None and advice.as_decided:
        figures.append(_("then, employed, %(figure)s") % {"figure": estimate_words(later)})
    if advice.recommendation == "buy":
        return _("Help to set it up: %(figure)s; the price of the product comes on top.") % {
            "figure": figures[0]
        }
    if not advice.hiring:
        return _("If you hire later: %(figure)s.") % {"figure": figures[0]}
    return _("%(figure)s.") % {"figure": ", ".join(figures)}


def costs_words(advice: Advice) -> str:
    """The total in one sentence; "" where there is none or it says no more than the figure."""
    total = _total(advice)
    if total is None or not advice.pay.cost.complete or advice.pay.cost.period is None:
        return ""
    words = {"amount": money_words(total), "period": pay_words(advice.pay.cost.period)}
    if advice.recommendation == "hire_pair":
        return _("Both together cost %(amount)s %(period)s.") % words
    return _("In all %(amount)s %(period)s.") % words


def _cost_lines(advice: Advice) -> tuple[CostLine, ...]:
    lines = advice.pay.cost.lines if advice.as_decided else ()
    return tuple(one for one in lines if not (advice.client_copy and one.id in NOT_FOR_CLIENTS))


def _total(advice: Advice) -> Money | None:
    """The sum of the lines that are shown; a client copy leaves the recruiter's fee out of it."""
    cost, lines = advice.pay.cost, _cost_lines(advice)
    if not lines or cost.low is None or cost.high is None:
        return None
    left_out = [line for line in cost.lines if line not in lines]
    low = cost.low - sum(line.low for line in left_out if not line.optional)
    high = cost.high - sum(line.high for line in left_out)
    return Money(amount=low, high=high if high != low else None, currency=cost.currency)


def chart_section(advice: Advice) -> Section | None:
    """The three roles side by side; None where there is nothing to draw."""
    chart = _pay_chart(advice)
    return section("chart", _("Side by side"), Picture(chart)) if chart else None


def pay_section(advice: Advice) -> Section:
    """Figure, status, budget and options; for work of another trade that there is none."""
    estimate, later = advice.estimate, advice.pay.afterwards if advice.as_decided else None
    title = _("Pay") if advice.client_copy else _("Pay and budget")
    if estimate is None:
        words = _(
            "This tool knows the pay of three roles only. Ask two people of the right trade for offers."
        )
        return section("pay", title, Text(words))
    notes = dict.fromkeys(pay_words(note) for note in (*estimate.notes, *advice.pay.notes))
    return section(
        "pay",
        title,
        Text(upper_first(estimate_words(estimate)), style="big"),
        Text(stands_on(estimate)),
        paragraph(" ".join(map(upper_first, notes)), style="soft"),
        paragraph(
            f"{estimate_words(later)}. {stands_on(later)}" if later else "", _("Afterwards, employed:")
        ),
        *(() if advice.client_copy or not advice.as_decided else _budget_blocks(advice.pay)),
    )


def stands_on(estimate: Estimate) -> str:
    """The cell, then what the figure is and how good, with numbers from the report."""
    cell = cell_words(estimate)
    if estimate.status == "none":
        return f"{cell}. {pay_words(estimate.reason)}" if estimate.reason else f"{cell}."
    parts = [upper_first(str(STATUS[estimate.status]))]
    if estimate.kind in KIND:
        parts.append(str(KIND[estimate.kind]))
    if estimate.grade:
        parts.append(
            _("grade %(grade)s: %(words)s") % {"grade": estimate.grade, "words": GRADE[estimate.grade]}
        )
    if estimate.publishers:
        count = ngettext("%(n)s publisher", "%(n)s publishers", estimate.publishers) % {
            "n": estimate.publishers
        }
        parts.append(f"{count}, {from_to(estimate.oldest, estimate.newest)}")
    return f"{cell}. {'; '.join(parts)}."


def _budget_blocks(pay: PayReport) -> Iterator[Block]:
    steps = "; ".join(pay_words(step) for step in pay.budget.steps)
    sentence = upper_first(pay_words(pay.budget.message))
    yield Text(f"{sentence} ({steps})" if steps else sentence, _("Budget:"))
    if pay.options:
        # No heading: on page 1 it would be two levels below that of its section.
        yield Text("", _("Options within budget"))
        yield from bullets(Item(upper_first(pay_words(option.message))) for option in pay.options)
    elif pay.no_option:
        yield Text(pay_words(pay.no_option))


def _pay_chart(advice: Advice) -> RangeChart | None:
    """The ranges of the three roles in this cell, and the budget as a line; None where nothing is known."""
    main = advice.estimate
    if main is None or main.low is None:
        return None
    rows: list[Bar] = []
    for role in recommended_first(advice.role):
        one = main if role == advice.role else advice.pay.estimates[role]
        if (one.currency, one.unit) == (main.currency, main.unit):
            name = upper_first(str(ROLE[role]))
            rows.append((name, estimate_words(one), one.low, one.typical, one.high, one.status))
    budget, legend = _budget_line(advice, main), []
    said = [f"{row[0]}: {row[1]} ({STATUS[row[5]]})" for row in rows]
    if budget is not None:
        amount = digits_range(budget, advice.pay.budget.high or budget)
        said.append(_("budget %(amount)s") % {"amount": amount})
        legend.append(_("dashed: the budget, %(amount)s") % {"amount": amount})
    if any(row[5] == "modelled" for row in rows):
        legend.append(_("hatched: a modelled range"))
    return chart_of(rows, budget=budget, alternative=f"{'; '.join(said)}.", legend="; ".join(legend))


def _budget_line(advice: Advice, main: Estimate) -> Decimal | None:
    """Where the budget stands in the chart; None where it cannot stand on its scale."""
    budget = advice.pay.budget
    alike = (budget.currency, budget.unit) == (main.currency, main.unit)
    return budget.low if alike and advice.as_decided and not advice.client_copy else None


def cost_section(advice: Advice) -> Section | None:
    """The cost line by line with sources, total, and what is not in it; none for a client without lines."""
    cost, lines = advice.pay.cost, _cost_lines(advice)
    if advice.client_copy and not lines:
        return None
    ask, without = "", ""
    if cost.asks and advice.as_decided:
        ask = _("For a total one more answer is needed: %(ask)s") % {"ask": _still_needed(advice)}
    left_out = [one for one in cost.not_included if not (advice.client_copy and one.id == RECRUITER)]
    if lines and left_out:
        without = f"{'; '.join(map(pay_words, left_out))}."
    even = "" if advice.client_copy or not advice.as_decided else _employee_or_contractor(cost)
    return section(
        "cost",
        _("Cost"),
        _cost_table(advice, lines) if lines else Text(_no_cost(advice)),
        paragraph(ask, style="warn"),
        paragraph(without, _("Not included:")),
        paragraph(even, _("Employee or contractor:"), style="soft"),
    )


def _still_needed(advice: Advice) -> str:
    """The question whose answer a total lacks: where, for how long, or how many hours."""
    if advice.pay.cost.asks == "place":
        return text_said(advice.rulebook.question("place").ask)
    if advice.pay.cost.asks == "weeks":
        return _("For how many weeks?")
    return (
        _("How many hours a week?") if advice.pay.weeks else _("How many hours a week, for how many weeks?")
    )


def _cost_table(advice: Advice, lines: Sequence[CostLine]) -> Table:
    cost, total = advice.pay.cost, _total(advice)
    rows = [_cost_row(line, cost.currency) for line in lines]
    if total is not None:
        period = pay_words(cost.period) if cost.period else ""
        rows.append(Row(_("Total"), (money_words(total), period), strong=True))
    return Table((_("What"), _("Amount"), _("From")), tuple(rows), "cost")


def _employee_or_contractor(cost: Cost) -> str:
    """After how many contractor hours an employee is paid for, or why that is left out."""
    even = cost.break_even
    if cost.no_break_even:
        return upper_first(pay_words(cost.no_break_even))
    if even is None:
        return ""
    return _(
        "An employee's year costs about %(year)s; that pays for %(hours)s contractor hours at %(hour)s."
    ) % {
        "year": money_words(Money(amount=even.employee_year, currency=even.currency)),
        "hours": digits(Decimal(even.hours)),
        "hour": money_words(Money(amount=even.contractor_hour, currency=even.currency, unit="hour")),
    }


def _no_cost(advice: Advice) -> str:
    if not advice.as_decided:
        return _("The cost was worked out for what the rules advised; make a new version for this advice.")
    if not advice.hiring:
        return _("Nothing is spent on hiring now.")
    return _("There is no figure to work the cost out from.")


def _cost_row(line: CostLine, currency: str) -> Row:
    money = Money(amount=line.low, high=line.high if line.high != line.low else None, currency=currency)
    about = "; ".join((pay_words(line.about), *_sources_words(line.sources)))
    name = str(COST_LINE[line.id])
    if line.optional:
        name = _("%(line)s (may not arise)") % {"line": name}
    return Row(name, (money_words(money), about))


def _sources_words(sources: Sequence[FactSource]) -> list[str]:
    """Each publisher and day once, with all that it cites."""
    cited: dict[str, list[str]] = {}
    for one in sources:
        who, _citing, what = one.publisher.partition(CITING)
        rows = cited.setdefault(f"{who}, {as_of_words(one.as_of)}", [])
        if what and what not in rows:
            rows.append(what)
    return [
        _("%(who)s (citing %(what)s)") % {"who": who, "what": "; ".join(what)} if what else who
        for who, what in cited.items()
    ]
