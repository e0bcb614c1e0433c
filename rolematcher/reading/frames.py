"""Facts as frames: who did or wants what with which result. In: `Scan`. Out: suggestions about the project.

A frame speaks where all its concepts meet in one sentence of a part it may stand in, or in that sentence and
the next. Two values that both speak for one fact contradict each other: then the reader is silent, except for
a team, where several people may be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from .phrases import Mention
from .record import Suggestion
from .scan import Scan, Sentence
from .vocabulary import Frame, Vocabulary

ASKED = "?"
NEAR = 4
THEIRS, OF_US = "theirs", frozenset({"evidence", "data"})
"""What a competitor tried or holds tells nothing of the project."""
MANY = frozenset({"team"})
TRIED = ("ok", "failed")
"""What was put through a service, and how it did, are no examples to learn from."""
STRONGER = {
    ("evidence", "failed"): ("ok", "untested"),
    ("data", "raw"): ("labelled", "none"),
    ("sensitivity", "must_stay_inside"): ("confidential",),
    ("wish", "scratch"): ("finetune",),
    ("stage", "prototype"): ("production",),
    ("app", "no"): ("yes",),
}
"""Where both are said, the first is what counts: "patient data may not leave the house" is both."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A frame that speaks, and the sentences it speaks from."""

    frame: Frame
    sentences: tuple[Sentence, ...]


def facts_of(scan: Scan, words: Vocabulary) -> tuple[Suggestion, ...]:
    """The facts that the text states, each once."""
    found: dict[str, dict[str, Spoken]] = {}
    all_spoken = list(_spoken(scan, words.frames))
    trials = {one.sentences[0].part for one in all_spoken if one.frame.value in TRIED}
    for spoken in all_spoken:
        if spoken.frame.fact == "data" and spoken.sentences[0].part in trials:
            continue
        values = found.setdefault(spoken.frame.fact, {})
        held = values.get(spoken.frame.value)
        if held is None or (held.frame.strength == "hint" and spoken.frame.strength != "hint"):
            values[spoken.frame.value] = spoken
    return tuple(one for fact, values in found.items() if (one := _suggestion(scan, fact, values)))


def _spoken(scan: Scan, frames: tuple[Frame, ...]) -> Iterator[Spoken]:
    for at, sentence in enumerate(scan.sentences):
        if sentence.part.field or scan.text(sentence).rstrip().endswith(ASKED):
            continue
        theirs = sentence.holds(THEIRS)
        following = scan.sentences[at + 1] if at + 1 < len(scan.sentences) else None
        for frame in frames:
            if sentence.part.label in frame.parts and not (theirs and frame.fact in OF_US):
                read = _reading(frame, sentence, following)
                if read:
                    yield Spoken(frame, read)


def _reading(frame: Frame, sentence: Sentence, following: Sentence | None) -> tuple[Sentence, ...]:
    """The sentences in which the frame holds: this one, this and the next, or none."""
    if not _begins(frame, sentence):
        return ()
    missing = [wanted for wanted in frame.all if not _held(sentence, wanted)]
    if not missing:
        return (sentence,)
    if len(missing) > 1 or following is None or not _goes_on(frame, following):
        return ()
    return (sentence, following) if _held(following, missing[0]) else ()


def _begins(frame: Frame, sentence: Sentence) -> bool:
    """Is the first concept there, as it must stand, and nothing that forbids the frame?"""
    if not _held(sentence, frame.all[0]) or any(map(sentence.holds, frame.none)):
        return False
    if frame.not_after and not any(map(partial(_apart, sentence, frame), sentence.mentions(frame.all[0]))):
        return False
    return not frame.close or _close(sentence, frame)


def _goes_on(frame: Frame, following: Sentence) -> bool:
    """May the sentence after supply what is missing?"""
    fits = frame.next and not following.part.field and following.part.label in frame.parts
    return fits and not any(map(following.holds, frame.none))


def _apart(sentence: Sentence, frame: Frame, first: Mention) -> bool:
    """Does none of `not_after` stand within the next words?"""
    return not any(
        0 <= other.first - first.last <= NEAR
        for concept in frame.not_after
        for other in sentence.mentions(concept)
    )


def _close(sentence: Sentence, frame: Frame) -> bool:
    """Does the second concept begin within the next words after the first?"""
    first, second = map(sentence.mentions, frame.all[:2])
    return any(0 <= later.first - one.last <= NEAR for one in first for later in second)


def _held(sentence: Sentence, wanted: str) -> bool:
    if "|" not in wanted:
        return sentence.holds(wanted)
    return any(sentence.holds(concept) for concept in wanted.split("|"))


def _suggestion(scan: Scan, fact: str, values: dict[str, Spoken]) -> Suggestion | None:
    values = _without_contradiction(fact, values)
    if not values:
        return None
    spans = tuple(scan.whole(sentence) for spoken in values.values() for sentence in spoken.sentences)
    first = next(iter(values.values())).frame
    return Suggestion(
        fact=fact,
        value=tuple(values) if fact in MANY else first.value,
        strength="hint" if first.strength == "hint" else "likely",
        words=" ".join(span.text for span in spans)[:300],
        spans=spans,
    )


def _without_contradiction(fact: str, values: dict[str, Spoken]) -> dict[str, Spoken]:
    """The values that stand: the stronger of two, the one that is no hint; none where they contradict."""
    for (strong_fact, value), weaker in STRONGER.items():
        if strong_fact == fact and value in values:
            values = {other: spoken for other, spoken in values.items() if other not in weaker}
    if len(values) < 2:
        return values
    firm = {value: spoken for value, spoken in values.items() if spoken.frame.strength != "hint"}
    if fact in MANY:
        values = firm or values
        return {} if "nobody" in values and len(values) > 1 else values
    return firm if len(firm) == 1 else {}
