"""What a decision rested on, kept small: nothing is lost."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.decisions.models import Decision
from rolematcher.decisions.record_trace import HELD, OUTCOMES, trace_join, trace_split
from rolematcher.decisions.records import RecordPart, record_columns, record_pack, record_read
from rolematcher.decisions.services import decision_work_out
from rolematcher.editions.models import Edition
from rolematcher.editions.rulebooks import text_hash
from rolematcher.packaged import packaged_text
from rolematcher.rates.services import figures_packaged

ON = dt.date(2026, 11, 21)
ANSWERS = {
    "work": "language",
    "place": "US",
    "engagement": "permanent",
    "budget": {"amount": "120000", "currency": "USD", "per": "year", "kind": "pay"},
}


def worked_out(**answers):
    """A decision that is not saved."""
    text = packaged_text("rulebook.toml")
    edition = Edition(number=1, text=text, sha256=text_hash(text))
    return decision_work_out({**ANSWERS, **answers}, edition=edition, on=ON, figures=figures_packaged())


@pytest.fixture
def filled(decision_row):
    """A decision with everything in it."""
    work = worked_out()
    for name, value in record_columns(work.verdict, work.money, work.profiles).items():
        setattr(decision_row, name, value)
    decision_row.save()
    return Decision.objects.get(pk=decision_row.pk)


@pytest.mark.django_db
def test_what_is_read_is_what_was_put_in_to_the_letter_and_in_its_order():
    for work in (
        worked_out(),
        worked_out(engagement="contract", place="DE", evidence="buy"),
        worked_out(work=None),
    ):
        put_in = [json.loads(json.dumps(part)) for part in (work.verdict, work.money, work.profiles)]
        back = record_read(record_pack(*put_in))
        assert json.dumps([back.verdict, back.money, back.profiles]) == json.dumps(put_in)


@pytest.mark.django_db
def test_a_record_takes_a_tenth_of_its_json_and_shares_what_is_the_same():
    first = worked_out()
    record = record_pack(first.verdict, first.money, first.profiles)
    parts = RecordPart.objects.count()
    assert len(record) * 8 < len(json.dumps([first.verdict, first.money, first.profiles]))
    other = worked_out(engagement="contract", work="connect")
    record_pack(other.verdict, other.money, other.profiles)
    assert RecordPart.objects.count() == parts == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verdict", [{}, {"trace": None}, {"trace": [{"table": "x"}]}, {"trace": [], "a": "ü\ud800"}]
)
def test_a_verdict_of_another_shape_is_kept_as_it_is(verdict):
    back = record_read(record_pack(verdict, {}, {}))
    assert (back.verdict, back.money, back.profiles) == (verdict, {}, {})


@pytest.mark.django_db
def test_bytes_of_a_later_version_are_refused_in_words():
    with pytest.raises(ValueError, match="later version"):
        record_read(b"\x02abc")


def test_the_database_can_still_be_asked_for_the_place_of_the_figures(filled):
    asked = Decision.objects.values_list("money_asked__region", "money_asked__engagement")
    assert list(asked) == [("US", "permanent")]


CONDITION = st.fixed_dictionaries(
    {
        "fact": st.sampled_from(["work", "data", "role"]),
        "label": st.text(max_size=3),
        "value": st.sampled_from(["a", "unsure"]),
        "words": st.text(max_size=3),
        "allowed": st.lists(st.text(max_size=2), max_size=2),
        "held": st.sampled_from(sorted(HELD)),
    }
)
RULE = st.fixed_dictionaries(
    {
        "rule": st.text(max_size=3),
        "result": st.text(max_size=3),
        "because": st.text(max_size=3),
        "outcome": st.sampled_from(sorted(OUTCOMES)),
        "conditions": st.lists(CONDITION, max_size=3),
    }
)
TABLE = st.fixed_dictionaries(
    {
        "table": st.text(max_size=3),
        "title": st.text(max_size=3),
        "take": st.text(max_size=3),
        "result": st.text(max_size=3),
        "words": st.text(max_size=3),
        "rules": st.lists(RULE, max_size=3),
    }
)


@given(st.lists(TABLE, max_size=3))
def test_any_trace_splits_and_joins_or_is_left_whole(trace):
    split = trace_split(trace)
    assert split is None or trace_join(*split) == trace


@given(TABLE, st.sampled_from(["table", "rules", "result"]))
def test_a_trace_with_a_key_too_many_or_too_few_is_left_whole(table, key):
    assert trace_split([{**table, "extra": 1}]) is None
    assert trace_split([{name: value for name, value in table.items() if name != key}]) is None
