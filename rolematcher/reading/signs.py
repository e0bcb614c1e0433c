"""The second reader of facts: what the signs of a sentence add up to. In: `Scan`, the stated facts.

Out: suggestions on evidence, data and team. The signs are the concepts of the frames, said or denied, and the
plain words, each with its weight in `data/reading/sign_weights.toml` for everybody to see. A frame needs all
its concepts; here many small signs may do. What only the signs say is a hint; a frame's hint that they
confirm becomes likely, and where both speak and differ, the frame's word becomes a hint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import exp, sqrt

from .frames import ASKED, MANY, OF_US, THEIRS
from .parts import COMPANY, SUCCESS, TASK
from .record import Suggestion
from .scan import Scan, Sentence
from .vocabulary import Vocabulary

PARTS = (TASK, SUCCESS, COMPANY)
SILENCE = "none"
"""The class of sentences that state none of these facts."""
GROUNDS: dict[str, frozenset[str]] = {
    fact: frozenset(concepts.split())
    for fact, concepts in {
        "evidence": "service service_generic ready_thing ai_thing market_words tried trying quick_trial"
        " named_product untested_words",
        "data": "examples records data_word count outcome_noun kept",
        "team": "dev_noun tech_staff ml_noun ai_noun auto_things nobody no_people helper own_people"
        " can_code!",
    }.items()
}
"""Of what a sentence must speak, said or denied, to state the fact at all; "can_code!": denied."""
NEVER = {
    "team developers": frozenset(("busy", "not_dev")),
    "team ml": frozenset(("busy",)),
    "team automation": frozenset(("busy", "you")),
}
"""What a sentence must not say to state a value."""
FACTS, NOTHING = tuple(GROUNDS), frozenset[str]()
LEAST, SURE, LEAST_WORDS = 0.5, 0.9, 4
AROUND, BESIDE = 8, 2
"""How many words on either side of an amount or a place are signs, and how many of them stand beside it."""
WORD, LENGTH = 0.5, 3.0
"""What a word is worth beside a concept; the length that the signs of every sentence are brought to."""


def signs_in(sentence: Sentence, concepts: frozenset[str]) -> dict[str, float]:
    """The signs of a sentence: "=word", "concept" and "concept!", all together of one length."""
    found = {f"={token.fold}": WORD for token in sentence.tokens if not token.fold.isdigit()}
    found |= {concept: 1.0 for concept in sentence.said if concept in concepts}
    found |= {f"{concept}!": 1.0 for concept in sentence.denied if concept in concepts}
    length = sqrt(sum(weight * weight for weight in found.values()) or 1.0)
    return {sign: LENGTH * weight / length for sign, weight in found.items()}


def words_around(sentence: Sentence, start: int, end: int) -> Iterator[tuple[str, float]]:
    """The words before ("<word") and behind (">word") a stretch of a sentence, doubled right beside it."""
    words = [token for token in sentence.tokens if not token.raw[0].isdigit()]
    before = [token.fold for token in words if token.end <= start][-AROUND:]
    after = [token.fold for token in words if token.start >= end][:AROUND]
    yield from ((f"<{word}", 0.5) for word in before)
    yield from ((f">{word}", 0.5) for word in after)
    yield from ((f"<<{word}", 0.7) for word in before[-BESIDE:])
    yield from ((f">>{word}", 0.7) for word in after[:BESIDE])


def speaking(scan: Scan) -> Iterator[Sentence]:
    """The sentences that may state a fact."""
    for one in scan.sentences:
        told = one.part.label in PARTS and not one.part.field and len(one.tokens) >= LEAST_WORDS
        if told and not scan.text(one).rstrip().endswith(ASKED):
            yield one


def with_signs(stated: tuple[Suggestion, ...], scan: Scan, words: Vocabulary) -> tuple[Suggestion, ...]:
    """The stated facts after the second reader: what it adds, confirms or doubts."""
    best = _best(scan, words)
    held = {one.fact: one for one in stated}
    weighed = tuple(_weighed(one, best.get(one.fact)) for one in stated)
    added = (
        _suggestion(scan, fact, value, sentence)
        for fact, (value, _, sentence) in best.items()
        if fact not in held
    )
    return (*weighed, *added)


def _best(scan: Scan, words: Vocabulary) -> dict[str, tuple[str, float, Sentence]]:
    """Fact -> the value that a sentence most tells, how sure that is, and the sentence."""
    best: dict[str, tuple[str, float, Sentence]] = {}
    for sentence in speaking(scan):
        for name, share in shares(signs_in(sentence, words.concepts), words.signs).items():
            fact, _, value = name.partition(" ")
            if share > best.get(fact, ("", LEAST))[1] and _may_state(sentence, fact, name):
                best[fact] = value, share, sentence
    return best


def _may_state(sentence: Sentence, fact: str, name: str) -> bool:
    """Does the sentence speak of what the fact is about, and of nothing that rules the value out?"""
    if fact in OF_US and sentence.holds(THEIRS):
        return False
    spoken = {*sentence.said, *sentence.denied, *(f"{concept}!" for concept in sentence.denied)}
    return not GROUNDS.get(fact, NOTHING).isdisjoint(spoken) and NEVER.get(name, NOTHING).isdisjoint(spoken)


def shares(signs: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Class -> its share, from the weights of the signs; all shares add to one."""
    sums = defaultdict(float, weights["start"])
    for sign, much in signs.items():
        for name, weight in weights.get(sign, {}).items():
            sums[name] += much * weight
    highest = max(sums.values())
    grown = {name: exp(one - highest) for name, one in sums.items()}
    total = sum(grown.values())
    return {name: one / total for name, one in grown.items()}


def odds(share: float) -> float:
    """How many times likelier than not."""
    return share / max(1 - share, 1e-9)


def _weighed(one: Suggestion, told: tuple[str, float, Sentence] | None) -> Suggestion:
    """A stated fact: a hint that is confirmed becomes likely, what is denied becomes a hint.

    Colleagues who are only named stay a hint, however surely they are: who is there need not have time.
    """
    if told is None or told[1] < SURE or (one.fact in MANY and one.strength == "hint"):
        return one
    same = told[0] in one.value if isinstance(one.value, tuple) else told[0] == one.value
    return one.model_copy(update={"strength": "likely" if same else "hint"})


def _suggestion(scan: Scan, fact: str, value: str, sentence: Sentence) -> Suggestion:
    span = scan.whole(sentence)
    return Suggestion(
        fact=fact,
        value=(value,) if fact in MANY else value,
        strength="hint",
        words=span.text[:300],
        spans=(span,),
    )
