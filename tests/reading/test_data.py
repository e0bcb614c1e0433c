"""The packaged words: nothing dead, nothing unknown, single words only where single words are promised."""

from __future__ import annotations

import tomllib

from rolematcher.reading.frames import THEIRS
from rolematcher.reading.patterns import FILES
from rolematcher.reading.signs import SILENCE
from rolematcher.reading.vocabulary import FOUND_BY_RULE, vocabulary
from rolematcher.rules import shipped_rulebook


def frames() -> dict:
    return tomllib.loads((FILES / "frames.toml").read_text(encoding="utf-8"))


def used_concepts() -> set[str]:
    found = {THEIRS}
    for frame in vocabulary().frames:
        for wanted in (*frame.all, *frame.none, *frame.not_after):
            found |= {concept.rstrip("!") for concept in wanted.split("|")}
    return found - set(FOUND_BY_RULE)


def test_every_concept_of_a_frame_is_there_and_every_concept_is_used():
    assert used_concepts() == set(frames()["concepts"])


def test_every_frame_gives_an_answer_that_the_rulebook_knows():
    choices = {
        question.id: {choice.id for choice in question.choices} for question in shipped_rulebook().questions
    }
    for frame in vocabulary().frames:
        assert frame.value in choices[frame.fact], (frame.fact, frame.value)


def test_every_trade_of_a_family_is_an_answer_that_the_rulebook_knows():
    asked = next(question for question in shipped_rulebook().questions if question.id == "trade")
    named = {family.trade for family in vocabulary().families.values() if family.trade}
    assert named <= {choice.id for choice in asked.choices}


def test_every_family_votes_for_something_or_names_a_trade():
    for family in vocabulary().families.values():
        assert family.votes or family.trade or family.id == "looks_like"


def test_the_signs_of_facts_speak_for_answers_that_the_rulebook_knows():
    choices = {
        question.id: {choice.id for choice in question.choices} for question in shipped_rulebook().questions
    }
    words = vocabulary()
    for sign, weights in words.signs.items():
        assert sign == "start" or sign[0] == "=" or sign.rstrip("!") in words.concepts, sign
        for name in weights:
            fact, _, value = name.partition(" ")
            assert name == SILENCE or value in choices[fact], name


def test_the_word_count_holds_single_words_with_four_weights():
    for word, weights in vocabulary().weights.items():
        assert len(word.split()) == 1
        assert len(weights) == 4
