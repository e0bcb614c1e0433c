"""The page of calls in a browser: a call is tried with a token, under the strict content policy."""

from __future__ import annotations

import pytest

from rolematcher.api.calls import openapi
from rolematcher.api.tokens import token_make
from rolematcher.decisions.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CALL = "#operations-decisions-decision_post"


def test_a_call_is_tried_with_a_token(page, live_server, loaded, recruiter):
    _token, secret = token_make(user=recruiter, name="try", scopes=["make"], days=30)
    answer = page.goto(f"{live_server.url}/api/docs/")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    page.wait_for_selector(".opblock")
    assert page.locator(".opblock").count() == sum(map(len, openapi()["paths"].values()))
    page.click(".btn.authorize")
    page.fill(".auth-container input", secret)
    page.click(".auth-btn-wrapper button.authorize")
    page.click(".btn-done")
    page.click(f"{CALL} .opblock-summary-control")
    page.click(f"{CALL} .try-out__btn")
    page.fill(f"{CALL} .parameters input", "tried")
    page.fill(f"{CALL} textarea", '{"work": "connect", "client": "Acme"}')
    page.click(f"{CALL} .execute")
    page.wait_for_selector(f"{CALL} .live-responses-table .response-col_status:has-text('201')")
    assert Decision.objects.get().client == "Acme"
