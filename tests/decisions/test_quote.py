"""Checking a quote: each line says what is usual and by how much it is not; what is missing is asked for."""

from __future__ import annotations

import html
from decimal import Decimal

import pytest
from django.urls import reverse

from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.offer import Offer, OfferCheck, offer_check
from rolematcher.values.message import Money
from tests.pay.sheets import ON, report


def checked(offer: Offer, **asked) -> OfferCheck:
    return offer_check(report(**asked), offer, figures_packaged(), on=ON)


def a_year(amount: str, currency: str = "GBP", **more) -> Offer:
    return Offer(low=Decimal(amount), high=Decimal(amount), currency=currency, unit="year", **more)


def test_a_rate_is_usual_above_or_below_by_the_share_of_the_nearer_end():
    main = report().main
    assert main.low is not None and main.high is not None
    usual = checked(a_year(str(main.low))).lines[0]
    above = checked(a_year(str(main.high * Decimal("1.5")))).lines[0]
    below = checked(a_year(str(main.low / 2))).lines[0]
    assert [line.side for line in (usual, above, below)] == ["usual", "above", "below"]
    assert [line.message.values["share"].number for line in (above, below)] == [50, 50]
    assert above.message.values["by"].amount == above.message.values["known"].high / 2
    assert below.message.values["by"].amount == below.message.values["known"].amount / 2
    assert usual.message.values["status"] == main.status


def test_another_currency_and_unit_are_turned_over_and_named():
    lines = checked(Offer(low=Decimal(400), high=Decimal(500), currency="EUR", unit="day")).lines
    assert [line.id for line in lines] == ["rate", "currency", "unit"]
    assert lines[0].message.values["figure"].currency == "GBP"


def test_fee_and_dues_are_held_against_those_the_cost_lists():
    lines = {line.id: line for line in checked(a_year("80000", fee=Decimal(60), dues=Decimal(12))).lines}
    assert lines["fee"].side == "above" and lines["dues"].side in ("usual", "below")
    over = lines["fee"].message.values
    assert over["sum"] == Money(amount=Decimal(48_000), currency="GBP")
    assert over["by"].amount == (60 - over["high"].number) * 800
    contract = checked(
        Offer(low=Decimal(500), high=Decimal(500), currency="GBP", unit="day", fee=Decimal(10)),
        engagement_type="contract",
    )
    assert contract.lines[-1].message.id == "pay.offer.fee_unknown"


def test_dues_on_an_offer_far_above_a_ceiling_are_a_smaller_share():
    high, low = (
        checked(a_year(pay, "EUR", dues=Decimal(8)), place="DE").lines[-1] for pay in ("250000", "60000")
    )
    assert high.message.values["high"].number < low.message.values["low"].number
    assert (high.side, low.side) == ("usual", "below")


def test_what_is_missing_is_asked_for_and_nothing_is_guessed():
    no_unit = Offer(low=Decimal(1), high=Decimal(1), currency="GBP")
    assert checked(no_unit).asks == "unit" and checked(no_unit).lines == ()
    assert checked(Offer(low=Decimal(1), high=Decimal(1), unit="year")).asks == "currency"
    assert checked(a_year("1", "XXX")).asks == "currency"


def test_a_place_without_own_data_says_what_it_falls_back_to():
    assert checked(a_year("50000", "EUR"), place="LU").lines[0].message.values["status"] == "modelled"
    assert checked(a_year("50000", "USD"), place="KP").lines[0].message.id == "pay.offer.no_figure"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("450", "In which currency?"),
        ("£450", "For how long?"),
        ("£4500 for everything", "For how long?"),
        ("450 XQZ a day", "We do not know the currency XQZ"),
        ("", "this field is required"),
        ("<script>alert(1)</script>", "not an amount"),
    ],
)
def test_the_page_asks_for_exactly_what_is_missing(ana, recruiter, decision_of, typed, said):
    page = ana.get(reverse("quote", args=[decision_of(recruiter).public_id]), {"rate": typed})
    words = page.content.decode()
    assert page.status_code == 200
    assert said.casefold() in words.casefold()
    assert "<script>alert" not in words and "<tbody>" not in words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"fee": "fee 12,000"}, "A fee of 15 % (GBP\xa012,000) is usual"),
        ({"fee": "1.500 € Vermittlung"}, "A fee of 1."),
        ({"fee": "20% of the first year's salary"}, "A fee of 20 % (GBP\xa016,000) is"),
        ({"dues": "dues 800 a month"}, "Dues of 12 % (GBP\xa09,600 a year) are"),
        ({"dues": "800"}, "For how long?"),
        ({"dues": "800 kr a month"}, "In which currency?"),
        ({"dues": "800 XQZ a month"}, "We do not know the currency XQZ"),
        ({"fee": "15"}, "Per cent or an amount?"),
        ({"fee": "15 % plus 500"}, "more than one amount"),
        ({"fee": "250 %"}, "at most 200 %"),
    ],
)
def test_the_page_takes_a_fee_and_dues_as_people_write_them(ana, recruiter, decision_of, more, said):
    shown = decision_of(
        recruiter, work="language", evidence="ok", app="yes", place="GB", engagement_type="permanent"
    )
    address = reverse("quote", args=[shown.public_id])
    words = html.unescape(ana.get(address, {"rate": "£80,000 a year", **more}).content.decode())
    assert said in words


@pytest.mark.django_db
def test_the_page_compares_line_by_line_and_is_linked_from_the_decision(ana, recruiter, decision_of):
    shown = decision_of(recruiter)
    address = reverse("quote", args=[shown.public_id])
    assert address in ana.get(shown.get_absolute_url()).content.decode()
    words = ana.get(address, {"rate": "£900-1,000/day", "fee": "15 %", "dues": ""}).content.decode()
    assert "<tbody>" in words and "15 %" in words
    assert "450 %" not in words


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_came_of_it_is_no_wider_than_a_phone(signed_page, live_server, recruiter, decision_of):
    page = signed_page(recruiter)
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_extra_http_headers({"Accept-Language": "de"})
    shown = decision_of(recruiter, work="language", place="DE", engagement_type="permanent")
    address = reverse("quote", args=[shown.public_id])
    page.goto(f"{live_server.url}{address}?rate=450+GBP+pro+Tag&fee=30+%25&dues=12+%25")
    assert page.locator("tbody tr").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
