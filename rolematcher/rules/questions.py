"""The questions of a rulebook. In: its [question.*] tables. Out: `Question`s and the facts rules may read."""

from __future__ import annotations

from collections.abc import Mapping

from .rulebook import NOBODY, UNSURE, Choice, Fact, Question
from .section import CHOICE, IDENTIFIER, Section

KEYS = ("ask", "help", "short", "message", "choices", "many", "deciding", "worked_out", "free", "default")

FREE = (
    "budget", "place", "timeline", "must_haves", "success", "description", "client", "project", "team_hours",
)  # fmt: skip
"""Questions that take an amount, a place, a date or text. The intake form knows how to ask each."""

WORKED_OUT: Mapping[str, tuple[str, ...]] = {
    "lasts": ("one_off", "3_to_12_months", "ongoing", UNSURE),
    "deadline": ("under_60_days", "later", "none", UNSURE),
    "hours": ("full_time", "part_time", UNSURE),
    "team_time": ("enough", "little", UNSURE),
    "market": ("eu", "other", UNSURE),
    "must_haves_mix": ("none", "one_role", "two_roles"),
    "budget_cover": ("all", "some", "none", "no_rate", "cannot_compare", "not_set"),
    "figure": ("firm", "weak", "none", UNSURE),
    "search_time": ("enough", "short", UNSURE),
}
"""Facts computed from other answers, with every value the computation can give."""

MONEY_FACTS = ("budget_cover", "figure", "search_time")
"""Known only once role and contract are settled, so only tables that let every rule speak read them."""

MANY_VALUES = ("yes", "no", UNSURE)


def questions_read(tables: Mapping[str, object]) -> tuple[Question, ...]:
    """Read every [question.*]. Raises `RulebookError`."""
    return tuple(_question(id, values) for id, values in tables.items())


def facts_from(questions: tuple[Question, ...]) -> tuple[Fact, ...]:
    """The flat facts: one a question, and one a choice where several can be ticked."""
    facts: list[Fact] = []
    for question in questions:
        ids = tuple(choice.id for choice in question.choices)
        if question.many:
            facts += [Fact(f"{question.id}.{id}", question.id, MANY_VALUES) for id in question.ticks]
        elif ids:
            facts.append(Fact(question.id, question.id, ids, question.default))
    return tuple(facts)


def _question(id: str, values: object) -> Question:
    section = Section("question", id, values, keys=KEYS)
    section.name_is(id, IDENTIFIER)
    many, worked_out, free = section.flag("many"), section.flag("worked_out"), section.flag("free")
    if many + worked_out + free > 1:
        section.fail("question_kinds")
    choices = _choices(section, id, free=free)
    ids = tuple(choice.id for choice in choices)
    if worked_out:
        section.choice("worked_out", id, WORKED_OUT)
        if set(ids) != set(WORKED_OUT[id]):
            section.fail("worked_out_choices", options=WORKED_OUT[id])
    if many and not set(ids) - {NOBODY, UNSURE}:
        section.fail("nothing_to_tick")
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


def _choices(section: Section, id: str, *, free: bool) -> tuple[Choice, ...]:
    """Its choices; a free one has none."""
    if not free:
        return tuple(Choice(*pair) for pair in section.pairs("choices", CHOICE))
    section.choice("free", id, FREE)
    if "choices" in section.values:
        section.fail("free_with_choices")
    return ()


def _default(section: Section, ids: tuple[str, ...], *, plain: bool) -> str:
    """What the question counts as while unanswered; it must be one of its choices."""
    default = section.text("default", most=40) or UNSURE
    if plain and default not in ids:
        if "default" in section.values:
            section.choice("default", default, ids)
        section.fail("no_unsure_choice")
    return default
