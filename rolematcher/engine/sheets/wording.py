"""Sheets and boxes in the words of the rulebook. In: a rulebook and a field of the sheet. Out: text.

Used wherever a case is shown to a person: a gap, a difference between two rulebooks, a changed answer.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from rolematcher.engine.decision.conditions import TICK_WORDS
from rolematcher.engine.model import NO_ROW, NOBODY, UNSURE, Rulebook

from .sheet import Axis, Layout, State

Value = str | list[str]
"""An answer as the form sends it: one id, or the list of those ticked ("unsure" alone when not known)."""

ANY = "any"


def is_ticks(axis: Axis) -> bool:
    """True for a tick-all question that stands in one field."""
    return "." in axis.facts[0] and axis.id != axis.facts[0]


def question_id(axis: Axis) -> str:
    """The question a field belongs to; for a table's field the table."""
    return axis.facts[0].partition(".")[0]


def value_of(axis: Axis, state: State) -> Value:
    """The answer a state stands for, as the form sends it."""
    if not is_ticks(axis):
        return state[0]
    if set(state) == {UNSURE}:
        return [UNSURE]
    return [fact.partition(".")[2] for fact, value in zip(axis.facts, state, strict=True) if value == "yes"]


def state_words(rulebook: Rulebook, axis: Axis, state: State) -> str:
    """A state as people read it: "A try-out"; "An ML engineer, An AI engineer"; "Nobody"."""
    if axis.is_table:
        return _choice_words(rulebook, axis, state[0])
    question = rulebook.question(question_id(axis))
    words = {choice.id: choice.words for choice in question.choices}
    value = value_of(axis, state)
    if isinstance(value, str):
        return TICK_WORDS[value] if question.many else words[value]
    if not value:
        return words.get(NOBODY, "Nobody")
    return ", ".join(words.get(id, "Not sure") for id in value)


def axis_words(rulebook: Rulebook, axis: Axis) -> str:
    """What a field is about: the short words of the question, or the title of the table."""
    if axis.is_table:
        return rulebook.table(axis.id).title
    question = rulebook.question(question_id(axis))
    if question.many and not is_ticks(axis):
        tick = axis.facts[0].partition(".")[2]
        return f"{question.short}: {next(choice.words for choice in question.choices if choice.id == tick)}"
    return question.short


def _choice_words(rulebook: Rulebook, axis: Axis, result: str) -> str:
    if result == NO_ROW:
        return "no row fits"
    return next(choice.words for choice in rulebook.table(axis.id).choices if choice.id == result)


def sheet_words(rulebook: Rulebook, layout: Layout, box: int) -> str:
    """One case of a box in words: an answer for each question the box narrows, nothing about the others."""
    said = []
    for axis in layout.axes:
        field = box & axis.possible
        if field and field != axis.possible:
            state = axis.state_of(_plainest(axis, field))
            said.append(f"{axis_words(rulebook, axis)} = {state_words(rulebook, axis, state)}")
    return "; ".join(said) or "whatever is answered"


def one_case(layout: Layout, box: int) -> int:
    """One sheet of a box, the one with the fewest answers: "not sure" where the box allows it."""
    return sum(_plainest(axis, box & axis.full) for axis in layout.axes if box & axis.full)


def _plainest(axis: Axis, field: int) -> int:
    """Of some states of a field the one that says least: "not sure", else the fewest ticks, the first."""
    unknown = field & ~axis.known
    if unknown:
        return unknown & -unknown
    bits = [bit for bit in axis.bits.values() if bit & field]
    return min(bits, key=lambda bit: (axis.state_of(bit).count("yes") if is_ticks(axis) else 0, bit))


def box_text(layout: Layout, box: int, space: int | None = None) -> str:
    """A box in ids, exactly: `work=connect|language app!=yes team[ml | automation !ai]`, or "any".

    Fields as wide as in `space` (all that answers can give, if left out) are not named.
    """
    space = layout.space if space is None else space
    said = []
    for axis in layout.axes:
        field = box & space & axis.full
        if field == space & axis.full:
            continue
        if is_ticks(axis):
            said.append(f"{axis.id}[{' | '.join(_tick_terms(axis, field))}]")
        else:
            left_out = space & axis.full & ~field
            shorter = left_out.bit_count() < field.bit_count()
            said.append(f"{axis.id}{'!=' if shorter else '='}{_names(axis, left_out if shorter else field)}")
    return " ".join(said) or ANY


def _names(axis: Axis, field: int) -> str:
    return "|".join(state[0] or "no_row" for state, bit in axis.bits.items() if bit & field)


def _tick_terms(axis: Axis, field: int) -> list[str]:
    """Sets of ticks as few terms: "ml !ai" is every known answer with ml and without ai."""
    terms = []
    left = field
    for term, states in _tick_sets(axis):
        if states & left and not states & ~field:
            left &= ~states
            terms.append(term)
    return terms + ([UNSURE] if left else [])


@lru_cache(maxsize=64)
def _tick_sets(axis: Axis) -> list[tuple[str, int]]:
    """Every set of known answers that some ticks describe, those with fewer ticks first."""
    names = [fact.partition(".")[2] for fact in axis.facts]
    sets = []
    for ticks in sorted(product(("", "yes", "no"), repeat=len(names)), key=lambda ticks: -ticks.count("")):
        said = [("!" if tick == "no" else "") + name for name, tick in zip(names, ticks, strict=True) if tick]
        states = sum(bit for state, bit in axis.bits.items() if bit & axis.known and _fits(state, ticks))
        sets.append((" ".join(said) or "known", states))
    return sets


def _fits(state: State, ticks: tuple[str, ...]) -> bool:
    return all(tick in ("", value) for value, tick in zip(state, ticks, strict=True))
