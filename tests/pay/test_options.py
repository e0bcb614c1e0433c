"""Options keep budget and constraints; an advert states pay or nothing; the law of the place is known."""

from __future__ import annotations

from datetime import date

import pytest

from rolematcher.pay.advert import advert_range, may_be_called_pay, past_pay_of, transparency_of
from rolematcher.pay.figures import figures_packaged, rows_packaged
from rolematcher.values.message import Money

from .sheets import ON, report


def test_options_are_cheapest_first_in_the_budgets_currency() -> None:
    found = report(budget=("55000", "EUR", "year"), need="existing")
    assert found.options and {option.currency for option in found.options} == {"EUR"}
    yearly = [option.high or 0 for option in found.options if option.unit == "year"]
    assert len(yearly) > 1 and yearly == sorted(yearly) and yearly[-1] <= 55000


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        ({}, True),
        ({"remote": "no"}, False),
        ({"remote": "partly"}, False),
        ({"sensitivity": "must_stay_inside"}, False),
        ({"sensitivity": "confidential"}, False),
    ],
)
def test_work_on_site_and_data_that_must_stay_go_to_no_marketplace(
    answers: dict[str, str], offered: bool
) -> None:
    found = report(budget=(100, "USD", "hour"), engagement_type="contract", hours=40, **answers).options
    assert any(option.status == "worldwide" for option in found) is offered
    assert "remote" not in answers or "other_place" not in {option.id for option in found}


def test_where_nothing_fits_the_smallest_change_is_named() -> None:
    found = report(budget=("60000", "CAD", "year"), place="CA", remote="no")
    assert found.options == () and found.no_option is not None
    assert found.no_option.id == "pay.no_option.raise"
    by = found.no_option.values["by"]
    assert isinstance(by, Money) and by.amount > 0 and by.currency == "CAD"


@pytest.mark.parametrize(("need", "offered"), [("custom", False), ("existing", True)])
def test_a_cheaper_role_is_offered_only_where_an_existing_model_will_do(need: str, offered: bool) -> None:
    found = report(budget=("230000", "USD", "year"), place="US", role="ml_engineer", need=need)
    assert ("other_role" in {option.id for option in found.options}) is offered


def test_no_option_is_offered_where_the_budget_covers_the_advice() -> None:
    found = report(budget=("900000", "GBP", "year"))
    assert found.budget.cover == "covers" and found.options == () and found.no_option is None


@pytest.mark.parametrize(
    ("changed", "pay"),
    [
        ({}, True),
        ({"kind": "total_pay"}, True),
        ({"status": "derived"}, True),
        ({"status": "modelled"}, False),
        ({"stands_in": True}, False),
        ({"engagement_type": "contract", "kind": "pay_rate"}, True),
        ({"engagement_type": "contract", "kind": "bill_rate"}, False),
        ({"engagement_type": "agency", "kind": "retainer"}, False),
        ({"engagement_type": "freelance_marketplace", "kind": "posted_budget"}, False),
        ({"engagement_type": "embedded_offshore", "kind": "bill_rate", "status": "worldwide"}, False),
    ],
)
def test_only_what_a_person_is_paid_may_be_called_pay(changed: dict[str, object], pay: bool) -> None:
    figure = report(place="US", seniority="mid").main
    assert may_be_called_pay(figure.replaced(**changed)) is pay


def test_an_advert_states_the_range_of_the_cell_or_nothing() -> None:
    found = report(place="US", seniority="mid")
    pay = advert_range(found)
    assert pay is not None and (pay.amount, pay.high) == (found.main.low, found.main.high)
    assert advert_range(report(place="SE")) is None
    assert advert_range(report(recommendation="buy", headcount="none")) is None


def test_the_law_on_adverts_is_known_with_its_day() -> None:
    figures = figures_packaged()
    assert [rule.must_state for rule in transparency_of("US-CO", ON, figures)] == ["advert"]
    assert transparency_of("CA-ON", date(2025, 6, 1), figures) == ()
    assert [rule.place for rule in transparency_of("DE", ON, figures)] == ["EU"]
    assert transparency_of("BR", ON, figures) == ()
    assert not any("UNVERIFIED" in rule.must_state for rule in figures.transparency)


def test_whose_data_the_product_ships_is_listed_with_licence() -> None:
    licences = {row["publisher"]: row["licence"] for row in rows_packaged("pay/sources.csv")}
    assert licences["Stack Overflow"].startswith("ODbL")
    assert licences["EOR Scope"] == "CC BY 4.0" and licences["aijobs.net / Foorilla"] == "CC0 1.0"


def test_where_the_law_forbids_it_past_pay_is_not_asked_about():
    figures = figures_packaged()

    def places(place: str, on: date = ON) -> list[str]:
        return [rule.place for rule in past_pay_of(place, on, figures)]

    assert places("DE") == ["EU"] and places("DE", date(2026, 6, 1)) == []
    assert places("US-NY") == ["US-NY"] and places("US-TX") == []
    assert "US-CA" in places("US") and len(places("US")) > 10
    assert places("GB") == places("BR") == places("") == []
    assert all(rule.publisher and rule.url and rule.as_of for rule in figures.past_pay)
