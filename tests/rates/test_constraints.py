"""What the database itself refuses, whoever writes it: what is unknown, out of order or undated."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from rolematcher.rates.models import ConversionFact, ExchangeRate, RateObservation

from .market import columns

pytestmark = pytest.mark.django_db
SOUND = {**columns(), "low": 1, "typical": 2, "high": 3}
WRONG = [
    {"role": "data_scientist"},
    {"engagement_type": "contract_to_hire"},
    {"seniority": "lead"},
    {"currency": "usd"},
    {"currency": "XXQ"},
    {"unit": "fortnight"},
    {"kind": "pay"},
    {"statistic": "guess"},
    {"interest": "friend"},
    {"as_of": "soon"},
    {"as_of": ""},
    {"low": 4},
    {"low": "2.50"},
    {"high": None, "low": 3},
    {"typical": None, "low": 4},
    {"high": "1.50"},
    {"low": 0},
    {"low": -1},
    {"low": None, "typical": None, "high": None},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_observation_is_refused_by_the_database(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        RateObservation.objects.bulk_create([RateObservation(**{**SOUND, **wrong})])
    RateObservation.objects.bulk_create([RateObservation(**SOUND)])


def test_the_same_observation_is_there_once():
    RateObservation.objects.create(**SOUND)
    with pytest.raises(IntegrityError), transaction.atomic():
        RateObservation.objects.create(**SOUND)


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (ConversionFact, {"key": "k", "value": "1", "place": "US", "as_of": ""}),
        (ExchangeRate, {"base": "USD", "quote": "USD", "rate": 1, "on": "2026-01-01"}),
        (ExchangeRate, {"base": "USD", "quote": "EUR", "rate": 0, "on": "2026-01-01"}),
    ],
)
def test_an_undated_fact_and_an_exchange_of_one_currency_or_for_nothing_are_refused(model, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(publisher="Alpha", **wrong)
