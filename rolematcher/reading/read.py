"""Read a pasted text. In: the text and the day of reading. Out: `Reading`; never raises on any text.

Normalise, cut into parts, name the language; then money, places, time, engagement type, facts, must-haves;
then the role by two readers and the rulebook, or the other trade. Each stage is a file of this room.
"""

from __future__ import annotations

from datetime import date

from rolematcher.values.message import Message

from .counted import count
from .engagement import engagement_of, told_of
from .frames import facts_of
from .language import READ, language_of
from .money import budget_of
from .must_haves import must_haves_of
from .normal import normalise
from .phrases import WORD
from .places import places_of
from .record import Reading, Suggestion
from .role import Judged, judge, with_rules
from .scan import Scan, scan
from .signs import with_signs
from .tasks import tasks_of
from .time import timeline_of
from .vocabulary import Vocabulary, vocabulary
from .work import work_of

OF_THE_PROJECT = ("evidence", "team", "data", "sensitivity", "harm", "lead", "maintainer")
"""Facts that hold whoever is needed."""
ORDER = [
    "work",
    "trade",
    "evidence",
    "team",
    "data",
    "wish",
    "app",
    "platform",
    "stage",
    "sensitivity",
    "harm",
    "budget",
    "place",
    "remote",
    "engagement_type",
    "timeline",
    "lead",
    "maintainer",
    "must_haves",
]
DECIDING = frozenset(("work", "evidence", "data", "wish", "app", "platform", "stage"))


def read(text: str, *, on: date, language_hint: str = "") -> Reading:
    """What the text says. `on` is the day of reading; `language_hint` an ISO 639 code that decides a tie."""
    clean = normalise(text)
    if not clean.is_text:
        return _reading((), Judged(None, None, None, None, "reading.not_text"), "")
    words = vocabulary()
    scanned = scan(clean, words)
    if not scanned.sentences:
        return _reading((), Judged(None, None, None, None, "reading.empty"), "")
    language = language_of(WORD.findall(clean.text.lower()), clean.text, language_hint)
    fields = _fields(scanned, words, language, on)
    tasks = tasks_of(scanned, words)
    judged = judge(tasks, count(scanned, words))
    if language not in READ:
        return _reading(fields, _unread(judged), language)
    work = work_of(scanned, tasks, judged)
    stated = with_signs(facts_of(scanned, words), scanned, words)
    if judged.trade:
        project = (one for one in stated if one.fact in OF_THE_PROJECT)
        return _reading((*work, *project, *fields), judged, language)
    taken = {one.fact for one in work}
    stated = tuple(one for one in stated if one.fact not in taken)
    judged = with_rules(judged, _for_rules((*work, *stated)))
    if judged.strength == "hint":  # a role that is a hint fills in nothing
        work = tuple(one.model_copy(update={"strength": "hint"}) for one in work)
    return _reading((*work, *stated, *must_haves_of(scanned, words), *fields), judged, language)


def _unread(judged: Judged) -> Judged:
    """The role in a language that is not read: names of tools are international, and no more than a hint."""
    known = judged.role if judged.reason == "reading.role" else None
    return Judged(known, "hint" if known else None, None, "work", "reading.language_not_read")


def _reading(found: tuple[Suggestion, ...], judged: Judged, language: str) -> Reading:
    values = {"role": judged.role, "trade": judged.trade, "other": judged.runner_up}
    if judged.reason == "reading.language_not_read":
        values = {"language": language}
    return Reading(
        suggestions=tuple(sorted(found, key=lambda one: ORDER.index(one.fact))),
        role=judged.role,
        role_strength=judged.strength,
        trade=judged.trade,
        language=language,
        message=Message(id=judged.reason, values={name: value for name, value in values.items() if value}),
        ask=judged.ask,
    )


def _fields(scanned: Scan, words: Vocabulary, language: str, on: date) -> tuple[Suggestion, ...]:
    """What stands in every posting whatever the work: pay, place, basis, time."""
    places = places_of(scanned, words)
    told = told_of(scanned)
    post = any(one.value == "permanent" for one in engagement_of(scanned, told, None))
    place = next((one for one in places if one.fact == "place"), None)
    budget = budget_of(scanned, words, language, place, post=post)
    unit = getattr(budget[0].value, "unit", None) if len(budget) == 1 else None
    engagement = engagement_of(scanned, told, unit)
    posts = engagement[0].spans if engagement and engagement[0].value == "permanent" else ()
    return (*budget, *places, *engagement, *timeline_of(scanned, on, posts))


def _for_rules(found: tuple[Suggestion, ...]) -> dict[str, str]:
    """The single-choice facts that fill the form, as the rules read them."""
    firm = (one for one in found if one.fact in DECIDING and one.strength != "hint")
    return {one.fact: one.value for one in firm if isinstance(one.value, str)}
