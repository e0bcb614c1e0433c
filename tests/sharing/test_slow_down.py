"""Tries of a link are counted over all web processes together, and the counts name nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from rolematcher.web.models import SentForm, Tries, requests_forget
from rolematcher.web.rate_limit import TooMany, slow_down
from tests.fixtures_rows import at_once


@pytest.mark.django_db(transaction=True)
def test_a_window_begun_by_many_at_once_is_one_window():
    tried = at_once(lambda _n: slow_down("share", "somebody", most=10, seconds=60))
    assert [type(one) for one in tried if isinstance(one, Exception)] == [TooMany] * (16 - 10), tried
    assert Tries.objects.get().count == 16


@pytest.mark.django_db
def test_after_the_window_it_begins_anew_and_each_counts_alone():
    for who in ("ana", "bob"):
        slow_down("share", who, most=1, seconds=60)
    with pytest.raises(TooMany):
        slow_down("share", "ana", most=1, seconds=60)
    Tries.objects.update(until=Now() - timedelta(seconds=1))
    slow_down("share", "ana", most=1, seconds=60)


@pytest.mark.django_db
def test_no_address_is_in_the_counts_and_they_are_removed():
    slow_down("share", "203.0.113.9", most=1, seconds=60)
    assert "203.0.113.9" not in str(Tries.objects.values().get())
    SentForm.objects.create(key="k", body_hash="b")
    requests_forget()
    assert (Tries.objects.count(), SentForm.objects.count()) == (1, 1)
    Tries.objects.update(until=Now() - timedelta(seconds=1))
    SentForm.objects.update(at=Now() - SentForm.KEPT - timedelta(seconds=1))
    requests_forget()
    assert not Tries.objects.exists() and not SentForm.objects.exists()
