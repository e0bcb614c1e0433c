"""Every suggestion shows its words at the right place; whatever the text, the form takes the answers."""

import json
import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.decision.answers import answers_read
from rolematcher.engine.reader.outcome import evidence_of, reading_decided
from rolematcher.engine.reader.read import lexicon_read, read
from rolematcher.engine.reader.record import STRENGTHS
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.packaged import packaged_text
from tests.examples import up_to

from .texts import ON, OTHERS, POSTS

LEXICON = lexicon_read(packaged_text("lexicon.toml"))
RULEBOOK = rulebook_read(packaged_text("rulebook.toml"))
WORDS = [re.sub(r"[*=~]", "", term.text) for term in LEXICON.terms]
MONEY = [
    "$40-60/hr",
    "12 LPA",
    "€5k fixed",
    "0 USD",
    "$1",
    "99999999 EUR a year",
    "six weeks",
    "by 31 June 2027",
]
GLUE = [
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "\n",
    "\n- ",
    ": ",
    " no ",
    " not ",
    " maybe ",
    " in ",
    "\u0301",
    "😀",
    "\ud800",
]


def check(text: str) -> None:
    """What holds for every reading."""
    reading = read(LEXICON, text, on=ON)
    answers_read(RULEBOOK, reading.answers())
    reading_decided(RULEBOOK, reading, on=ON)
    for suggestion in reading.suggestions:
        assert suggestion.strength in STRENGTHS
        assert suggestion.supports, suggestion
        for span in (*suggestion.supports, *suggestion.against):
            assert text[span.start : span.end] == span.text != ""
            assert span.why
    ends = 0
    for mark in reading.marks():
        assert mark["start"] >= ends
        ends = mark["end"]


@pytest.mark.parametrize("text", [one["text"] for one in (*POSTS, *OTHERS)])
def test_every_suggestion_of_a_post_rests_on_words_of_the_post(text):
    check(text)


@up_to(120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS + MONEY), st.sampled_from(GLUE)), max_size=60))
def test_any_mix_of_the_lexicons_words_gives_answers_the_form_takes(parts):
    check("".join(word + glue for word, glue in parts))


@up_to(80, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all_can_be_read(text):
    check(text)


def test_a_reading_is_plain_json(reading_of):
    reading = reading_of(POSTS[0]["text"])
    again = json.loads(json.dumps(reading.as_dict()))
    assert again["answers"] == reading.answers()
    assert {"fact", "value", "words", "strength", "for", "against", "detail"} == set(again["suggestions"][0])


def test_words_against_are_shown_beside_words_for(reading_of):
    text = "We need a chatbot with GPT-4, embeddings and prompts in Python. Someone proposed to use Zapier."
    platform = reading_of(text).suggestion("platform")
    assert platform.value == "code" or "Zapier" in [span.text for span in platform.supports]
    against = {span.text for span in platform.against}
    assert against


def test_only_accepted_suggestions_leave_evidence(reading_of):
    reading = reading_of("Chatbot with GPT-4 in our web app, prototype first.")
    answers = reading.answers() | {"stage": "production"}
    kept = evidence_of(reading, answers)
    assert "work" in kept
    assert "stage" not in kept


def test_the_same_text_is_read_the_same_way(reading_of):
    assert reading_of(POSTS[12]["text"]) == reading_of(POSTS[12]["text"])


HOSTILE = {
    "digits": "1" * 20_000,
    "currency signs": "$" * 20_000,
    "amounts": "$1" * 10_000,
    "grouped numbers": "1,1" * 6_000,
    "ranges": "1 - " * 5_000,
    "denials": "no " * 6_000,
    "lines": "a\n" * 10_000,
    "pairs that never close": "train " * 3_000,
    "headings": "requirements:\n" * 1_400,
    "dues": "by " * 6_000,
    "starts": "start " * 3_000,
    "durations": "for over about 2 " * 1_200,
    "hours": "20 " * 6_000,
    "places in capitals": "US " * 6_000,
    "dots": ". " * 9_000,
    "apostrophes": "a'" * 9_000,
    "spaces": " " * 20_000,
    "piled accents": "a\u0301" * 9_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_read_to_its_end(text):
    # A pattern that runs away would hang here; no clock is needed to notice.
    check(text)


@pytest.mark.parametrize("name", ["text", "money", "time"])
def test_no_pattern_repeats_a_repetition_without_bound(name):
    """Nested unbounded repetition is what makes a pattern's time explode; there is none."""
    from re import _parser  # type: ignore[attr-defined]

    module = import_module(f"rolematcher.engine.reader.{name}")
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert patterns

    def nested(items, inside: bool) -> bool:
        for operation, argument in items:
            unbounded = str(operation) in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] == _parser.MAXREPEAT
            if unbounded and inside:
                return True
            parts = [argument] if isinstance(argument, _parser.SubPattern) else []
            if isinstance(argument, tuple | list):
                for part in argument:
                    parts += part if isinstance(part, list) else [part]
            if any(nested(p, inside or unbounded) for p in parts if isinstance(p, _parser.SubPattern)):
                return True
        return False

    for pattern in patterns:
        assert not nested(_parser.parse(pattern.pattern, pattern.flags), False), pattern.pattern
