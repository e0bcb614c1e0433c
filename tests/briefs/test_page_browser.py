"""A decision in a browser: short on a desktop, labelled on a phone, without a barrier."""

from __future__ import annotations

import pytest

from tests.accessible import told, violations

from .made import CHATBOT, RECOMMENDED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
HEIGHT_BEFORE_MORE = 3500


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
