"""The questions of a rulebook. In: its [question.*] tables. Out: `Question`s and the facts rules may read."""

from __future__ import annotations

from collections.abc import Mapping

from rolematcher.engine.model import NOBODY, UNSURE, Choice, Fact, Question

from .reading import CHOICE, IDENTIFIER, Section, one_of, quoted

KEYS = ("ask", "help", "short", "message", "choices", "many", "deciding", "worked_out", "free", "default")
MOST_QUESTIONS = 200

FREE = ("budget", "place", "timeline", "musts", "success", "description", "client", "project", "team_hours")
"""Questions that take an amount, a place, a date or text. The intake form knows how to ask each."""

WORKED_OUT: Mapping[str, tuple[str, ...]] = {
    "lasts": ("one_off", "3_to_12_months", "ongoing", UNSURE),
    "deadline": ("under_60_days", "later", "none", UNSURE),
    "hours": ("full_time", "part_time", UNSURE),
    "team_time": ("enough", "little", UNSURE),
    "market": ("eu", "other", UNSURE),
    "musts_mix": ("none", "one_role", "two_roles"),
    "budget_cover": ("all", "some", "none", "no_rate", "cannot_compare", "not_set"),
    "figure": ("firm", "weak", "none", UNSURE),
    "search_time": ("enough", "short", UNSURE),
}
"""Facts computed from other answers, with every value the computation can give."""

MONEY_FACTS = ("budget_cover", "figure", "search_time")
"""Known only once a role and a basis are settled, so only tables that let every row speak may read them."""

MANY_VALUES = ("yes", "no", UNSURE)


def questions_read(tables: Mapping[str, object]) -> tuple[Question, ...]:
    """Read every [question.*]. Raises `RulebookError`."""
    if len(tables) > MOST_QUESTIONS:
        Section("[question]", tables).fail(f"has {len(tables)} questions; at most {MOST_QUESTIONS} are read")
    return tuple(_question(id, values) for id, values in tables.items())


def facts_from(questions: tuple[Question, ...]) -> tuple[Fact, ...]:
    """The flat facts: one a question, and one a choice where several can be ticked."""
    facts: list[Fact] = []
    for question in questions:
        ids = tuple(choice.id for choice in question.choices)
        if question.many:
            ticks = [id for id in ids if id not in (NOBODY, UNSURE)]
            facts += [Fact(f"{question.id}.{id}", question.id, MANY_VALUES) for id in ticks]
        elif ids:
            facts.append(Fact(question.id, question.id, ids, question.default))
    return tuple(facts)


def _question(id: str, values: object) -> Question:
    section = Section(f"Question {quoted(id)}", values, keys=KEYS)
    section.name_is(id, IDENTIFIER)
    many, worked_out, free = section.flag("many"), section.flag("worked_out"), section.flag("free")
    if many + worked_out + free > 1:
        section.fail("is more than one of many, worked_out and free; keep one")
    if free and id not in FREE:
        section.fail(f"the form cannot ask this freely; give it choices, or {one_of(id, FREE)}")
    if free and "choices" in section.values:
        section.fail("is free and has choices; delete one of them")
    choices = () if free else tuple(Choice(*pair) for pair in section.pairs("choices", CHOICE))
    ids = tuple(choice.id for choice in choices)
    if worked_out:
        _computable(section, id, ids)
    if many and not set(ids) - {NOBODY, UNSURE}:
        section.fail("has nothing to tick; add a choice")
    return Question(
        id=id,
        ask=section.text("ask", most=300, required=True),
        choices=choices,
        many=many,
        deciding=section.flag("deciding"),
        worked_out=worked_out,
        free=free,
        default=_default(section, ids, plain=not (many or free)),
        help=section.text("help"),
        message=section.text("message", most=1000),
        short=section.text("short", most=60) or section.text("ask", most=300),
    )


def _default(section: Section, ids: tuple[str, ...], *, plain: bool) -> str:
    """What the question counts as while unanswered; it must be one of its choices."""
    default = section.text("default", most=40) or UNSURE
    if plain and default not in ids:
        if "default" in section.values:
            section.fail(f"default cannot be {quoted(default)}; {one_of(default, ids)}")
        section.fail("has no choice 'unsure'; add one, or name the default = \"...\" to take when unanswered")
    return default


def _computable(section: Section, id: str, ids: tuple[str, ...]) -> None:
    """A worked-out fact must be one the answers can be turned into, with all its values."""
    if id not in WORKED_OUT:
        section.fail(f"is not something that is worked out; {one_of(id, WORKED_OUT)}")
    if set(ids) != set(WORKED_OUT[id]):
        section.fail(f"must have exactly the choices {', '.join(WORKED_OUT[id])}")
