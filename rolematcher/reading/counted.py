"""The plain word count beside the frames. In: `Scan`, the weights file. Out: a share for each class.

Every word counts once; its four weights stand in `data/reading/word_weights.toml` for everybody to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from .scan import Scan
from .tasks import LABELS, PART
from .vocabulary import Vocabulary

CLASSES = ("automation_specialist", "ai_engineer", "ml_engineer", "none")
SCALE = 3.0
"""Weights were trained on texts brought to one length; this is that length's measure."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The share of each class (they add to one) and the words that spoke for it, weightiest first."""

    shares: dict[str, float]
    words: dict[str, tuple[str, ...]]
    known: int
    """How many of the text's words have a weight."""

    def best_role(self) -> str:
        """The likeliest of the three roles."""
        return max(CLASSES[:3], key=lambda name: self.shares[name])


def words_in(scan: Scan) -> set[str]:
    """The words that count: those of the task, the requirements and the company's story, no figures."""
    return {
        token.fold
        for one in scan.sentences
        if (LABELS if one.part.field else PART).get(one.part.field or one.part.label)
        for token in one.tokens
        if not token.fold.isdigit()
    }


def count(scan: Scan, words: Vocabulary) -> Counted:
    """Add up the weights of the text's words."""
    present = words_in(scan)
    known = [(word, words.weights[word]) for word in sorted(present) if word in words.weights]
    scale = SCALE / sqrt(max(len(known), 1))
    sums = [words.lean[at] + scale * sum(four[at] for _, four in known) for at in range(4)]
    highest = max(sums)
    grown = [exp(one - highest) for one in sums]
    shares = {name: one / sum(grown) for name, one in zip(CLASSES, grown, strict=True)}
    spoke = {
        name: tuple(word for word, four in sorted(known, key=lambda pair: -pair[1][at])[:5] if four[at] > 0)
        for at, name in enumerate(CLASSES)
    }
    return Counted(shares, spoke, len(known))
