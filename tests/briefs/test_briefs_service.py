"""Asking for a brief: one row, one wake-up, and no page waits for a broker."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from rolematcher.accounts.models import AuditEvent
from rolematcher.briefs import states as outbox
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request, brief_retry
from rolematcher.briefs.tasks import brief_wake

pytestmark = pytest.mark.django_db


def test_asking_twice_gives_one_brief_and_one_message(
    decision_row, someone, queue_of_briefs, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = brief_request(decision_row, user=someone)
        assert brief_request(decision_row, user=someone) == first
    assert queue_of_briefs.size() == 1
    assert AuditEvent.objects.filter(verb="brief.requested").count() == 1


def test_each_paper_language_and_variant_is_a_brief_of_its_own(decision_row, someone):
    asked = [{}, {"paper": "letter"}, {"variant": "client"}, {"language": "de"}]
    assert len({brief_request(decision_row, user=someone, **one).pk for one in asked}) == 4


@pytest.mark.parametrize("wrong", [{"paper": "a3"}, {"variant": "../../etc"}])
def test_an_unknown_paper_or_variant_is_refused(decision_row, someone, wrong):
    with pytest.raises(ValueError, match="it is one of"):
        brief_request(decision_row, user=someone, **wrong)


def test_an_override_gets_a_brief_of_its_own_and_the_earlier_one_stays(decision_row, someone):
    earlier = brief_request(decision_row, user=someone)
    decision_row.overrides.create(role="ml_engineer", course="hire", reason="because", by=someone)
    assert brief_request(decision_row, user=someone) != earlier
    assert Brief.objects.count() == 2


def test_a_broker_that_is_gone_stops_nobody(
    decision_row, someone, broker_gone, django_capture_on_commit_callbacks
):
    with broker_gone(), django_capture_on_commit_callbacks(execute=True):
        brief = brief_request(decision_row, user=someone)
        assert brief_wake(brief.pk) is False
    brief.refresh_from_db()
    assert brief.state == "queued"
    assert outbox.briefs_sweep().due == (brief.pk,)


def test_a_failed_brief_is_retried_by_whoever_may(decision_row, someone, administrator):
    brief = brief_request(decision_row, user=someone)
    outbox.brief_fail(outbox.brief_claim(brief.pk, worker="test"), "BriefTooLong: too many pages")
    with pytest.raises(PermissionDenied):
        brief_retry(brief, user=someone)
    assert brief_retry(brief, user=administrator)
    assert not brief_retry(brief, user=administrator), "it is queued already"
    brief.refresh_from_db()
    assert (brief.state, brief.attempts) == ("queued", 0)
    assert AuditEvent.objects.filter(verb="brief.retried", actor=administrator).count() == 1
