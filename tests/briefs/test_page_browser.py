"""A decision in a browser: short on a desktop, labelled on a phone, without a barrier."""

from __future__ import annotations

import pytest

from tests.accessible import told, violations

from .made import CHATBOT, RECOMMENDED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
HEIGHT_BEFORE_MORE = 3500
CROSSED = """() => {
  const path = document.querySelector('.chart-budget'), place = path.getScreenCTM()
  const words = [...path.closest('svg').querySelectorAll('text')]
  const boxes = words.map(one => one.getBoundingClientRect())
  const lines = [...path.getAttribute('d').matchAll(/M([\\d.]+) ([\\d.]+)V([\\d.]+)/g)].map(one => ({
    x: place.a * one[1] + place.e, top: place.d * one[2] + place.f, foot: place.d * one[3] + place.f }))
  const crossed = lines.flatMap(line => boxes.filter(box =>
    box.left < line.x && line.x < box.right && line.top + 1 < box.bottom && line.foot - 1 > box.top))
  return [crossed.length, lines.length > 0 && words.some(one => one.textContent.startsWith('budget'))]
}"""
"""How many words the budget's line crosses on the screen, and that there is one."""


@pytest.fixture
def opened(signed_page, decision_of, recruiter, live_server):
    """Open the page of a decision on these answers."""

    def go(answers, width=1440):
        page = signed_page(recruiter)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + decision_of(recruiter, **answers).get_absolute_url())
        return page

    return go


def test_the_page_is_short_before_more(opened):
    page = opened(CHATBOT)
    top = page.evaluate("document.querySelector('details.part').getBoundingClientRect().top + scrollY")
    assert top < HEIGHT_BEFORE_MORE


@pytest.mark.parametrize("width", [360, 768])
def test_each_value_keeps_its_label_on_a_narrow_screen(opened, width):
    page = opened(CHATBOT, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    label = "getComputedStyle(document.querySelector('.compare td'), '::before').content"
    assert "AI engineer" in page.evaluate(label)


@pytest.mark.parametrize("name", ["hire", "look_elsewhere"])
def test_the_page_has_no_barrier(opened, name):
    page = opened(RECOMMENDED[name])
    page.evaluate("document.querySelectorAll('details.part').forEach(one => { one.open = true })")
    assert told(violations(page)) == []


@pytest.mark.parametrize("budget", ["36000", "99000"])
def test_the_budgets_line_crosses_no_words_of_the_chart_at_any_width(opened, budget):
    page = opened(CHATBOT | {"budget": CHATBOT["budget"] | {"amount": budget}})
    for width in (360, 480, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CROSSED) == [0, True], width
