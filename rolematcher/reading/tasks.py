"""What is to be done, sentence by sentence. In: `Scan`. Out: `Tasks`: scores with the sentences behind them.

Each sentence votes once per family of words, weighed by the part it stands in: the task counts most, what the
person must know less, the company's story and wishes least. Words of a sentence add up slowly, so that a long
list of tools cannot outvote a short clear task.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from .parts import COMPANY, MUST, NICE, PERSON, SUCCESS, TASK
from .patterns import pattern
from .scan import Scan, Sentence
from .vocabulary import Family, Vocabulary

PART = {TASK: 1.0, SUCCESS: 1.0, MUST: 0.6, PERSON: 0.6, COMPANY: 0.4, NICE: 0.2}
LABELS = {"title": 1.5, "skills": 0.6}
TITLE = 1.5
"""What the line counts that opens the text."""
MORE = 0.4
"""What each further family of a sentence adds to the strongest."""
MOST_A_SENTENCE = 4.0
LEAST_VOTE = 1.0
"""From which vote on a sentence supports a leaning on its own."""
SOUGHT = pattern("tasks.sought")
MAKES = pattern("tasks.makes")
ASIDE = pattern("tasks.aside")
"""AI that is a by-word: an aid of the person hired, a bonus, the employer's trade, somebody else's work."""
ASIDE_SHARE = 0.2
REACH = 40
FOR_THEM = re.compile(
    r"\b(?:for|für|to help|helps?|our|unsere\w*|tool|bot|system|app|assistant|where|that|which|when|if)\b",
    re.IGNORECASE,
)
"""What makes a profession the user of the thing and not who is looked for."""
LONGEST_TITLE, PLAIN_VOTE = 90, 2.0
LEANS = frozenset(("lean.connect", "lean.existing", "lean.custom"))
SPEAKS = re.compile(r"(?:hi|hello|hey|dear|i|i'm|we|we're|our|my|ich|wir|hallo|as an?|als)\b", re.IGNORECASE)
NAMED, NAMED_SOUGHT, SAID, MADE = 0.8, 3.0, 0.7, 1.6


@dataclass(slots=True)
class Tasks:
    """Scores of leanings, kinds of work, where it is built and other trades, each with its sentences."""

    lean: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    work: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    platform: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    trade: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    titled: set[str] = field(default_factory=set)
    """Trades whose profession opens the text: "Product Manager, AI Platform"."""
    behind: dict[str, list[tuple[Sentence, str]]] = field(default_factory=lambda: defaultdict(list))
    """Score name ("lean.connect", "trade.design") -> the sentences with the family that spoke."""

    def scores(self, kind: str) -> dict[str, float]:
        """The scores of one kind: lean, work, platform or trade."""
        return {"lean": self.lean, "work": self.work, "platform": self.platform, "trade": self.trade}[kind]


def tasks_of(scan: Scan, words: Vocabulary) -> Tasks:
    """Let every sentence vote."""
    tasks = Tasks()
    for sentence in scan.sentences:
        part = (
            LABELS.get(sentence.part.field, 0.0)
            if sentence.part.field
            else PART.get(sentence.part.label, 0.0)
        )
        weight = part * (TITLE if sentence.part.first else 1.0)
        if not weight or scan.text(sentence).rstrip().endswith("?"):
            weight *= 0.5
        if weight:
            _vote(tasks, scan, sentence, weight, words)
    return tasks


def _vote(tasks: Tasks, scan: Scan, sentence: Sentence, weight: float, words: Vocabulary) -> None:
    text = scan.text(sentence)
    families = [words.families[concept] for concept in sentence.said if concept in words.families]
    if _is_title(sentence, text, families):
        tasks.titled |= {family.trade for family in families if family.name}
    aside = ASIDE_SHARE if ASIDE.search(text) else 1.0
    for name, found in _votes(families, text, sentence).items():
        found.sort(reverse=True)
        kind, _, value = name.partition(".")
        share = 1.0 if kind == "trade" else aside
        score = share * min(MOST_A_SENTENCE, found[0][0] + MORE * sum(vote for vote, _ in found[1:]))
        tasks.scores(kind)[value] += weight * score
        if score >= (LEAST_VOTE if kind == "lean" else 0.0):
            tasks.behind[name].append((sentence, found[0][1]))


def _votes(families: list[Family], text: str, sentence: Sentence) -> dict[str, list[tuple[float, str]]]:
    """Score name -> the votes of the sentence's families for it, each with the family."""
    votes: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for family in families:
        for name, vote in family.votes.items():
            votes[name].append((vote, family.id))
        if family.trade:
            vote = _trade_vote(family.name, text, sentence, family.id)
            votes[f"trade.{family.trade}"].append((vote, family.id))
    return votes


def _is_title(sentence: Sentence, text: str, families: list[Family]) -> bool:
    """Is it a title, not somebody saying who he is, and without a plain word for the roles' work ("RPA")?"""
    opens = sentence.part.first and len(text) <= LONGEST_TITLE and not SPEAKS.match(text)
    plain = any(
        vote >= PLAIN_VOTE for family in families for name, vote in family.votes.items() if name in LEANS
    )
    return (opens or sentence.part.field == "title") and not plain


def _trade_vote(named: bool, text: str, sentence: Sentence, concept: str) -> float:
    """A profession counts most where somebody is looked for; a thing, where it is to be made."""
    if not named:
        made = MAKES.search(text) and sentence.part.label == TASK
        terms = len({mention.term for mention in sentence.said[concept]})
        return (MADE if made else SAID) + MORE * (terms - 1)
    at = sentence.tokens[sentence.said[concept][0].first].start - sentence.part.start
    before = text[max(0, at - REACH) : at]
    opens = (sentence.part.first or sentence.part.field == "title") and at < REACH
    found = list(SOUGHT.finditer(before))
    sought = bool(found) and not FOR_THEM.search(before[found[-1].end() :])
    return NAMED_SOUGHT if sought or (opens and not FOR_THEM.search(before)) else NAMED
