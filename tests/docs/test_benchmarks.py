"""What the benchmarks ask the product with is still taken: answers, rows, forms."""

from __future__ import annotations

from importlib import import_module

import pytest

from rolematcher.decisions.models import Decision


def test_a_database_is_filled_with_copies_of_the_samples(loaded, administrator):
    from benchmarks.admin import rows_make  # sets Django up, which is done by now

    rows_make(30, administrator)
    assert Decision.objects.count() == 30


def test_the_form_of_the_loads_makes_a_decision(ana):
    from benchmarks.product import FILLED

    key = "00000000-0000-0000-0000-000000000001"
    ana.post("/new/", {"key": key, "description": "An assistant answers customers."})
    assert ana.post(f"/drafts/{key}/all/", FILLED).status_code == 303
    assert ana.post(f"/drafts/{key}/make/", {"project": "Bot"}).status_code == 303
    assert Decision.objects.get().place == "US"


@pytest.mark.parametrize("name", ["admin", "brief", "load", "rates", "reader", "walk"])
def test_what_a_benchmark_asks_for_is_there(name):
    assert import_module(f"benchmarks.{name}")
