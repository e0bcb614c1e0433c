"""Which of the three roles, or which other trade. In: `Tasks`, `Counted`, the stated facts. Out: `Judged`.

Two readers judge: the sentences (frames and families, through the same rulebook as every decision) and the
plain word count. Where they agree on at least two independent sentences the role is likely; where they
disagree, or one sentence is all there is, it is a hint that fills in nothing, and the question that would
tell the two roles apart is asked first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log

from rolematcher.rules import settle_facts, shipped_rulebook

from .counted import Counted
from .record import Strength
from .signs import odds
from .tasks import Tasks

ROLE_OF = {"connect": "automation_specialist", "existing": "ai_engineer", "custom": "ml_engineer"}
LEANING_OF = {role: leaning for leaning, role in ROLE_OF.items()}
LEAST_SAID = 0.7
"""The weakest total vote that is a word about the three roles' work at all."""
MANY_WORDS, FEW_WORDS, WORDS_HINT, WORDS_ALONE, LITTLE = 20, 8, 0.5, 0.75, 2.5
"""The share from which on the word count alone gives a hint, or another trade where sentences say little."""
SMOOTH, SENTENCE_POWER = 0.5, 0.55
"""What every leaning has from the start; how much the sentences count beside the words."""
OTHER_FROM, SENTENCES_WORTH = 0.0, 1.5
"""From which sum of log-odds on the text is about another trade; the sentences count more than the words."""
FURTHER_TRADES = 0.3
LEAST_TRADE = 1.0
"""One word of another trade in passing ("our drivers") is no trade."""
TITLE_ODDS = 3.0
"""What a profession in the title adds."""
BUILDERS = frozenset(("web_development", "mobile_app"))
"""Their professions build AI features, too, so that a title alone tells nothing."""
LIKELY, CLEAR, LEAST_SENTENCES = 0.6, 0.85, 2
TELLS = {
    frozenset(("automation_specialist", "ai_engineer")): ("app", "platform", "work"),
    frozenset(("ai_engineer", "ml_engineer")): ("evidence", "data", "wish"),
    frozenset(("automation_specialist", "ml_engineer")): ("work", "wish", "data"),
}
"""The questions that tell two roles apart, the most telling first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The role with its strength, or another trade, or neither; and the question to ask first."""

    role: str | None
    strength: Strength | None
    trade: str | None
    ask: str | None
    reason: str
    """Id of the message that says why."""
    runner_up: str = ""


def judge(tasks: Tasks, counted: Counted) -> Judged:
    """What both readers make of the text, before the rules are asked."""
    said = max((tasks.lean[leaning] for leaning in ROLE_OF), default=0.0)
    trade = _trade(tasks, counted, said)
    if trade:
        return Judged(None, None, trade, None, "reading.other_trade")
    share = counted.shares[counted.best_role()]
    by_words = (said and share >= WORDS_ALONE) or (counted.known >= MANY_WORDS and share >= WORDS_HINT)
    if said < LEAST_SAID and not by_words:
        return Judged(None, None, None, "work", "reading.says_nothing")
    return _of_three(tasks, counted)


def _of_three(tasks: Tasks, counted: Counted) -> Judged:
    """The likeliest of the three roles: a hint where the readers differ or too little is said."""
    shares = _shares(tasks, counted)
    role, second = sorted(shares, key=lambda one: -shares[one])[:2]
    by_sentences = ROLE_OF[max(ROLE_OF, key=lambda leaning: tasks.lean[leaning])]
    if not any(tasks.lean[leaning] for leaning in ROLE_OF):
        return _hint(role, second, "reading.readers_differ")
    if by_sentences != counted.best_role():
        other = next(one for one in (by_sentences, counted.best_role()) if one != role)
        return _hint(role, other, "reading.readers_differ")
    sentences = len({id(sentence) for sentence, _ in tasks.behind[f"lean.{LEANING_OF[role]}"]})
    if sentences < LEAST_SENTENCES or shares[role] < LIKELY:
        why = "reading.one_sentence" if sentences < LEAST_SENTENCES else "reading.close"
        return _hint(role, second, why)
    clear = sentences > LEAST_SENTENCES and shares[role] >= CLEAR
    return Judged(role, "clear" if clear else "likely", None, None, "reading.role", second)


def _hint(role: str, other: str, why: str) -> Judged:
    """A role that fills in nothing, and the question that tells it from the other."""
    return Judged(role, "hint", None, TELLS[frozenset((role, other))][0], why, other)


def with_rules(judged: Judged, facts: Mapping[str, str]) -> Judged:
    """The same, after the rulebook has decided on the facts read: where it differs, the role is a hint."""
    if judged.role is None:
        return judged
    by_rules = settle_facts(shipped_rulebook(), facts).role
    if by_rules != judged.role and by_rules in LEANING_OF and facts.get("work"):
        open_questions = [one for one in TELLS[frozenset((judged.role, by_rules))] if one not in facts]
        ask = (open_questions or ["work"])[0]
        return replace(judged, strength="hint", ask=ask, reason="reading.rules_differ", runner_up=by_rules)
    if judged.ask in facts:
        tells = TELLS.get(frozenset((judged.role, judged.runner_up)), ("work",))
        return replace(judged, ask=next((one for one in tells if one not in facts), "work"))
    return judged


def _trade(tasks: Tasks, counted: Counted, said: float) -> str | None:
    """The other trade that the finished thing belongs to, if the two readers together say so."""
    ranked = sorted(tasks.trade.items(), key=lambda pair: -pair[1])
    weight = sum(score * (FURTHER_TRADES if at else 1.0) for at, (_, score) in enumerate(ranked))
    if weight < LEAST_TRADE:
        return (
            "other"
            if counted.known >= FEW_WORDS and counted.shares["none"] >= WORDS_ALONE and said < LITTLE
            else None
        )
    by_sentences = (weight + 0.2) / (weight + 0.4 + said)
    odds = SENTENCES_WORTH * _log_odds(by_sentences) + _log_odds(counted.shares["none"])
    if ranked[0][0] in tasks.titled - BUILDERS:
        odds += TITLE_ODDS
    return ranked[0][0] if odds > OTHER_FROM else None


def _log_odds(share: float) -> float:
    return log(odds(min(max(share, 1e-4), 1 - 1e-4)))


def _shares(tasks: Tasks, counted: Counted) -> dict[str, float]:
    """Both readers together, brought to one."""
    product = {
        role: (tasks.lean[leaning] + SMOOTH) ** SENTENCE_POWER * (counted.shares[role] + 0.01)
        for leaning, role in ROLE_OF.items()
    }
    total = sum(product.values())
    return {role: score / total for role, score in product.items()}
