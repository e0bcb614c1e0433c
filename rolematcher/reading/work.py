"""What the finished thing does and where it is built. In: `Tasks`, the role judged. Out: suggestions.

The kind of work is the one that the sentences speak for most, among those that fit the role; where it is
built is said only where a builder tool is named in the task.
"""

from __future__ import annotations

from .record import Span, Strength, Suggestion
from .role import Judged
from .scan import Scan
from .tasks import Tasks

KINDS = {
    "automation_specialist": ("connect",),
    "ai_engineer": ("language", "agent", "vision_common"),
    "ml_engineer": ("predict", "vision_special", "vision_common", "language"),
}
WORTH = {("ai_engineer", "agent"): 1.5, ("ml_engineer", "language"): 0.6}
"""One family of words speaks of agents, several of language: what a kind counts against the others."""
LEAST_KIND, LEAST_LEAD, LEAST_TOOL = 1.0, 1.25, 1.5
MOST_SPANS = 4


def work_of(scan: Scan, tasks: Tasks, judged: Judged) -> tuple[Suggestion, ...]:
    """The kind of work and, for work with builder tools, that it is set up inside one."""
    if judged.trade:
        spans = _spans(scan, tasks, f"trade.{judged.trade}")
        return (
            Suggestion(fact="work", value="other", strength="likely", words=_words(spans), spans=spans),
            Suggestion(
                fact="trade",
                value=judged.trade,
                strength="likely",
                words=_words(spans),
                spans=spans,
            ),
        )
    if judged.role is None or judged.strength is None:
        return ()
    kind, sure = _kind(tasks, judged.role)
    found = []
    if kind:
        name = "lean.connect" if kind == "connect" else f"work.{kind}"
        strength: Strength = "hint" if judged.strength == "hint" or not sure else "likely"
        found.append(_suggestion(scan, tasks, "work", kind, strength, name))
    if (
        kind == "connect"
        and tasks.platform["no_code"] >= LEAST_TOOL
        and tasks.platform["no_code"] > tasks.platform["code"]
    ):
        strength = "hint" if judged.strength == "hint" else "likely"
        found.append(_suggestion(scan, tasks, "platform", "no_code", strength, "platform.no_code"))
    return tuple(found)


def _kind(tasks: Tasks, role: str) -> tuple[str, bool]:
    """The kind of work that fits the role best, and whether it leads by enough; "" where nothing speaks."""
    kinds = KINDS[role]
    if len(kinds) == 1:
        return kinds[0], True
    scores = {kind: tasks.work[kind] * WORTH.get((role, kind), 1.0) for kind in kinds}
    ranked = sorted(kinds, key=lambda kind: -scores[kind])
    first, second = scores[ranked[0]], scores[ranked[1]]
    return (ranked[0], first >= LEAST_LEAD * second) if first >= LEAST_KIND else ("", False)


def _suggestion(scan: Scan, tasks: Tasks, fact: str, value: str, strength: Strength, name: str) -> Suggestion:
    spans = _spans(scan, tasks, name)
    return Suggestion(fact=fact, value=value, strength=strength, words=_words(spans), spans=spans)


def _spans(scan: Scan, tasks: Tasks, name: str) -> tuple[Span, ...]:
    return tuple(
        scan.span(sentence, sentence.said[family][0]) for sentence, family in tasks.behind[name][:MOST_SPANS]
    )


def _words(spans: tuple[Span, ...]) -> str:
    return ", ".join(dict.fromkeys(span.text for span in spans))[:300]
