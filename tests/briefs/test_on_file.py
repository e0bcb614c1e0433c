"""Where the role has no figure: what is on file near it is named as such, and the budget is drawn."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from rolematcher.briefs.pdf import brief_pdf

from .made import CHATBOT, content

SVG = "{http://www.w3.org/2000/svg}"
BY_DAY = {"amount": "550", "currency": "GBP", "per": "day", "kind": "total"}
BY_PROJECT = {"amount": "40000", "currency": "EUR", "per": "project", "kind": "total"}
BRITISH = CHATBOT | {"place": "GB", "engagement": "contract", "budget": BY_DAY}
GERMAN = CHATBOT | {"place": "DE", "engagement": "agency", "budget": BY_PROJECT}


def chart_of(said) -> ElementTree.Element:
    return ElementTree.fromstring(said.rates.chart)


def words_in(svg: ElementTree.Element) -> list[str]:
    return [element.text for element in svg.iter(f"{SVG}text")]


def budget_lines(svg: ElementTree.Element) -> list[str]:
    return [element.get("d") for element in svg.iter() if element.get("class") == "chart-budget"]


def test_other_engagements_and_roles_of_the_country_are_named_for_comparison():
    said = content(**BRITISH)
    assert said.rates.own is None
    near = said.rates.on_file[0]
    assert near.label == "On file for the United Kingdom, for comparison only"
    first, second = near.words.split("; ")
    assert re.fullmatch(
        r"AI engineer, permanent: GBP\xa0[\d,]+\u2013[\d,]+ a year, base pay, grade B, 4 sources", first
    )
    assert second.startswith("ML engineer, contract: GBP\xa0700 a day")


def test_what_is_filed_for_wider_markets_is_named_by_its_market():
    wider = next(line for line in content(**BRITISH).rates.on_file if "wider" in line.label)
    assert wider.words.startswith("Worldwide: AI engineer, freelancer from a marketplace: USD")


def test_other_places_with_the_same_role_and_engagement_are_named_without_a_figure():
    line = content(**GERMAN).rates.on_file[-1]
    assert line.label == "The same role and engagement is on file for"
    assert "United States" in line.words
    assert not any(sign.isdigit() for sign in line.words)


def test_a_country_with_nothing_on_file_is_called_by_its_name_and_says_so():
    near = content(**CHATBOT | {"place": "IS"}).rates.on_file[0]
    assert (near.label, near.words) == ("On file for Iceland", "nothing")


def test_where_there_is_a_figure_nothing_is_put_beside_it():
    assert content(**CHATBOT).rates.on_file == ()


def test_levels_that_are_on_file_are_named_where_the_advised_one_is_not():
    routine = {"work": "connect", "app": "no", "platform": "no_code", "team": [], "stage": "production"}
    said = content(**routine | {"place": "US", "engagement": "contract", "wish": "no"})
    assert said.rates.own is None
    assert "On file for single levels only: senior." in said.rates.roles[0].notes


def test_the_nearest_figures_stay_out_of_advert_cost_and_verdict():
    said = content(**BRITISH)
    assert said.search.ad.pay == "Pay: to be settled; there is no sourced figure."
    assert said.cost.empty
    assert said.rates.verdict == "There is no sourced figure for an AI engineer to compare the budget with."


@pytest.mark.parametrize("answers", [BRITISH, GERMAN], ids=["beside_others", "alone"])
def test_the_budget_is_drawn_and_told_though_the_role_has_no_figure(answers):
    said = content(**answers)
    svg = chart_of(said)
    assert "No sourced figure" in words_in(svg)
    amount = "GBP\xa0550" if answers is BRITISH else "EUR\xa040,000"
    assert f"Budget {amount}" in words_in(svg)
    (line,) = budget_lines(svg)
    assert line.count("V") >= 2
    alternative = svg.find(f"{SVG}title").text
    assert "AI engineer, recommended: no sourced figure." in alternative
    assert f"Budget {amount} is drawn as a line." in alternative
    assert said.rates.undrawn == ""


def test_a_budget_alone_has_no_bar_and_no_source():
    svg = chart_of(content(**GERMAN))
    assert svg.find(f"{SVG}rect") is None
    assert words_in(svg).count("No sourced figure") == 3
    assert content(**GERMAN).rates.unit == "EUR for the whole project"
    assert content(**GERMAN).rates.legend == ()


def test_a_budget_in_another_unit_than_the_figures_is_not_drawn_and_that_is_said():
    said = content(**BRITISH | {"budget": BY_PROJECT})
    assert budget_lines(chart_of(said)) == []
    assert said.rates.undrawn == "The budget is not drawn: it is not in the unit of these figures."


def test_without_figure_and_budget_nothing_is_drawn():
    assert content(**GERMAN | {"budget": None}).rates.chart == ""


def test_it_is_printed_on_page_one():
    said = content(**BRITISH)
    first = PdfReader(io.BytesIO(brief_pdf(said, variant="full", paper="a4", language="en").data)).pages[0]
    shown = "".join(first.extract_text().split())
    for line in said.rates.on_file:
        assert "".join(f"{line.label}: {line.words}.".split()) in shown


def test_in_german_too():
    said = content("de", **BRITISH)
    near = said.rates.on_file[0]
    assert near.label == "Vorhanden (Vereinigtes Königreich), nur zum Vergleich"
    assert near.words.startswith("KI-Engineer, Festanstellung: GBP\xa0")
    assert ", Grundgehalt, Güte B, 4 Quellen" in near.words
    svg = chart_of(said)
    assert "Keine belegte Zahl" in words_in(svg)
    assert "Budget GBP\xa0550 ist als Linie eingezeichnet." in svg.find(f"{SVG}title").text
    levels = content("de", **BRITISH | {"budget": BY_PROJECT}).rates.undrawn
    assert levels.startswith("Das Budget ist nicht eingezeichnet")
