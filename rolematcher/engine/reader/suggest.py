"""From scores to suggested answers. In: `Tally`. Out: suggestions for the questions about the work.

First the kind of work as a whole: linking tools, building on a model that exists, or a model of one's own.
Then each question on its own evidence, read in that light. No evidence, no suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .record import Span, Suggestion
from .weigh import Tally

CONNECT, EXISTING, CUSTOM = "connect", "existing", "custom"
LEANINGS = (CONNECT, EXISTING, CUSTOM)
SEEING = ("vision_common", "vision_special")
CLEAR, LIKELY, HINT = "clear", "likely", "hint"
CLEAR_SCORE, LIKELY_SCORE, LEAST_SCORE = 3.5, 1.8, 0.8
"""Scores at which a suggestion is called clear or likely, and below which it is not made."""
CLEAR_LEAD, LIKELY_LEAD = 2.2, 1.4
"""By how much the runner-up must be beaten for those words."""
AGENT_WORTH = 1.6
"""One family of words speaks of agents, several of language: what the one counts against the several."""
OWN_LEAD = 1.5
"""By how much training words must outweigh ready-made ones to read as a wish for a model of one's own."""
CODE_SHARE, MOST_CODE = 0.5, 1.8
"""How much programming words take from the leaning to link tools."""
WORDS = {
    "connect": "move information between tools, or take over a routine",
    "language": "read, write, answer, summarise or sort text or speech",
    "agent": "carry out several steps by itself",
    "predict": "predict from past records",
    "vision_common": "recognise ordinary things in images",
    "vision_special": "recognise special things in images",
    "buy": "a product does it as it is",
    "ok": "tried: good enough",
    "untested": "nobody has tried",
    "failed": "tried: not good enough",
    "labelled": "examples with the right answer",
    "raw": "examples without the right answer",
    "none": "no examples",
    "finetune": "an existing model adapted",
    "scratch": "a model of one's own",
    "no_code": "set up inside a tool",
    "code": "written as software",
    "prototype": "a try-out",
    "production": "the real thing in daily use",
    "public": "public information",
    "confidential": "confidential information",
    "must_stay_inside": "must stay inside",
    "little": "little harm when wrong",
    "costly": "costly when wrong",
    "dangerous": "dangerous when wrong",
    "technical": "a technical person directs it",
    "non_technical": "directed by someone not technical",
    "hire": "the person hired keeps it running",
    "team": "the team keeps it running",
    "permanent": "permanent",
    "contract": "contract",
    "freelance_marketplace": "freelance marketplace",
    "embedded_offshore": "embedded offshore",
    "agency": "agency",
}
APP_WORDS = {"yes": "a new screen, app or feature", "no": "runs between existing tools"}
WISH_NO = "no model of one's own asked for"


def leaning_of(tally: Tally) -> str:
    """The kind of work the text leans to, or "" when it says nothing about it.

    Linking tools in code of one's own is a software job; so the more a text speaks of programming than of
    tools to set up, the less it leans to linking tools.
    """
    scores = {leaning: tally.score("lean", leaning) for leaning in LEANINGS}
    code = tally.score("platform", "code") - tally.score("platform", "no_code")
    if max(scores.values()) >= LEAST_SCORE:
        scores[CONNECT] -= min(MOST_CODE, CODE_SHARE * max(code, 0.0))
        return max(LEANINGS, key=lambda leaning: scores[leaning])
    return ""


def work_suggestions(tally: Tally) -> list[Suggestion]:
    """The suggested answers to the questions about the work, in the order of the form."""
    leaning = leaning_of(tally)
    found = [
        _work(tally, leaning),
        best_of(tally, "evidence", ("buy", "ok", "untested", "failed")),
        _team(tally),
        best_of(tally, "data", ("labelled", "raw", "none")),
        _wish(tally, leaning),
        _app(tally, leaning),
        _platform(tally, leaning),
        best_of(tally, "stage", ("prototype", "production")),
        best_of(tally, "sensitivity", ("public", "confidential", "must_stay_inside")),
        best_of(tally, "harm", ("little", "costly", "dangerous")),
        best_of(tally, "lead", ("technical", "non_technical")),
        best_of(tally, "keeper", ("hire", "team")),
    ]
    return [suggestion for suggestion in found if suggestion]


def _work(tally: Tally, leaning: str) -> Suggestion | None:
    """What the finished thing does: the best supported answer within the kind of work."""
    if leaning == CONNECT:
        return _make(tally, "work", "connect", [("lean", CONNECT)], _rest(tally, CONNECT))
    if leaning == EXISTING:
        agent, language = tally.score("work", "agent"), tally.score("work", "language")
        value = "agent" if agent >= LIKELY_SCORE and AGENT_WORTH * agent > language else "language"
        if max(agent, language) < LEAST_SCORE:
            return None
        return _make(tally, "work", value, [("work", value), ("lean", EXISTING)], _rest(tally, EXISTING))
    if leaning == CUSTOM:
        scores = {value: tally.score("work", value) for value in ("predict", *SEEING, "language")}
        seeing = max(SEEING, key=lambda value: (scores[value], value == "vision_special"))
        value = max(("predict", "language", seeing), key=lambda one: scores[one])
        if scores[value] < LEAST_SCORE:
            return None
        return _make(tally, "work", value, [("work", value)], _rest(tally, CUSTOM))
    return None


def _wish(tally: Tally, leaning: str) -> Suggestion | None:
    """Is a model of one's own asked for? Training words count as a wish only where the work leans to it."""
    no, tune, own = (tally.score("wish", value) for value in ("no", "finetune", "scratch"))
    if no > max(tune, own):
        return _make(tally, "wish", "no", [("wish", "no")], max(tune, own), words=WISH_NO)
    custom, existing = tally.score("lean", CUSTOM), tally.score("lean", EXISTING)
    if leaning == CUSTOM and (own >= max(tune, LEAST_SCORE) or custom >= OWN_LEAD * existing):
        return _make(
            tally, "wish", "scratch", [("wish", "scratch"), ("lean", CUSTOM)], max(tune, no, existing)
        )
    if leaning in (EXISTING, CUSTOM) and tune >= LIKELY_SCORE:
        return _make(tally, "wish", "finetune", [("wish", "finetune")], max(own, no))
    return None


def _app(tally: Tally, leaning: str) -> Suggestion | None:
    yes, no = tally.score("app", "yes"), tally.score("app", "no")
    if yes >= max(no, LIKELY_SCORE):
        return _make(tally, "app", "yes", [("app", "yes")], no, words=APP_WORDS["yes"])
    if no >= (LEAST_SCORE if leaning == CONNECT else LIKELY_SCORE) and leaning != CUSTOM:
        return _make(tally, "app", "no", [("app", "no")], yes, words=APP_WORDS["no"])
    return None


def _platform(tally: Tally, leaning: str) -> Suggestion | None:
    no_code, code = tally.score("platform", "no_code"), tally.score("platform", "code")
    if leaning == CUSTOM and code < no_code:
        return None
    value = "no_code" if no_code >= code else "code"
    return _make(tally, "platform", value, [("platform", value)], min(no_code, code))


def _team(tally: Tally) -> Suggestion | None:
    """Who is there already. Somebody named beats "nobody technical"; free hours no text tells."""
    named = [id for id in ("developers", "ml", "ai", "automation") if tally.score("team", id) >= LEAST_SCORE]
    if named:
        words = "on the team: " + ", ".join(
            {
                "ml": "an ML engineer",
                "ai": "an AI engineer",
                "automation": "someone who builds automations",
            }.get(id, id)
            for id in named
        )
        made = _make(tally, "team", named[0], [("team", id) for id in named], 0.0, words=words)
        return made and Suggestion("team", named, words, HINT, made.supports, made.against)
    made = _make(tally, "team", "nobody", [("team", "nobody")], 0.0, words="nobody on the team")
    return made and Suggestion("team", ["nobody"], made.words, made.strength, made.supports, made.against)


def best_of(
    tally: Tally, fact: str, values: tuple[str, ...], *, words: Mapping[str, str] = {}
) -> Suggestion | None:
    """The best supported of `values`; none on a tie."""
    ordered = sorted(values, key=lambda value: -tally.score(fact, value))
    lead, next_best = tally.score(fact, ordered[0]), tally.score(fact, ordered[1])
    if lead <= next_best:
        return None
    return _make(tally, fact, ordered[0], [(fact, ordered[0])], next_best, words=words.get(ordered[0], ""))


def _make(
    tally: Tally,
    fact: str,
    value: str,
    keys: list[tuple[str, str]],
    runner_up: float,
    *,
    words: str = "",
) -> Suggestion | None:
    """A suggestion for `value` resting on the evidence under `keys`; None when that is too thin."""
    score = max(tally.score(*key) for key in keys)
    supports = _spans(span for key in keys for span in tally.supports.get(key, ()))
    if score < LEAST_SCORE or not supports:
        return None
    against = _spans(span for key in keys for span in tally.against.get(key, ()))
    if fact in ("work", "wish", "app", "platform", "stage"):
        others = [key for key in tally.supports if key[0] == fact and key not in keys]
        against = _spans(
            [*against, *(span for key in others for span in tally.supports[key])], avoid=supports
        )
    return Suggestion(
        fact, value, words or WORDS.get(value, value), strength_of(score, runner_up), supports, against
    )


def strength_of(score: float, runner_up: float) -> str:
    """How well a score supports its answer against the next best one, in a word."""
    if score >= CLEAR_SCORE and score >= CLEAR_LEAD * runner_up:
        return CLEAR
    if score >= LIKELY_SCORE and score >= LIKELY_LEAD * runner_up:
        return LIKELY
    return HINT


def _rest(tally: Tally, leaning: str) -> float:
    return max(tally.score("lean", other) for other in LEANINGS if other != leaning)


def _spans(spans: Iterable[Span], avoid: tuple[Span, ...] = ()) -> tuple[Span, ...]:
    """The weightiest places once each, at most eight, in text order."""
    seen = {(span.start, span.end) for span in avoid}
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (-one.weight, one.start)):
        if (span.start, span.end) not in seen and len(kept) < 8:
            seen.add((span.start, span.end))
            kept.append(span)
    return tuple(sorted(kept, key=lambda one: one.start))
