"""Must-have skills. In: `Scan`. Out: up to five known skills, one name each, from the requirements part only.

A skill under "nice to have", in a link, or named in the task or the company's story is none; nor is what
nobody has done yet or what is only said to be a plus.
"""

from __future__ import annotations

from .parts import MUST, NICE, PAY, PERSON
from .patterns import pattern
from .record import Suggestion
from .scan import Scan, Sentence
from .vocabulary import Vocabulary

MOST = 5
SOFT = pattern("must_haves.soft")
STRONG = pattern("must_haves.strong")
EXAMPLES = pattern("must_haves.examples")


def must_haves_of(scan: Scan, words: Vocabulary) -> tuple[Suggestion, ...]:
    """The skills that are asked for, the firmest first; none where the text has no requirements."""
    found: dict[str, tuple[float, int, Sentence, str]] = {}
    for at, one in enumerate(scan.sentences):
        weight = _weight(scan.text(one), one)
        if not weight:
            continue
        for concept, name in words.skills.items():
            for mention in one.said.get(concept, ())[:1]:
                key = name.lstrip("=")
                before = found.get(key)
                ranked = weight - 0.01 * mention.first + (0.5 if before else 0.0)
                if before is None or ranked > before[0]:
                    found[key] = (max(ranked, before[0] if before else 0), at, one, concept)
    best = sorted(found.items(), key=lambda pair: (-pair[1][0], pair[1][1]))[:MOST]
    if not best:
        return ()
    spans = tuple(scan.span(one, one.said[concept][0]) for _, (_, _, one, concept) in best)
    names = tuple(name for name, _ in best)
    return (
        Suggestion(fact="must_haves", value=names, strength="likely", words=", ".join(names), spans=spans),
    )


def _weight(text: str, sentence: Sentence) -> float:
    """How firmly this sentence asks for skills; 0 where it does not."""
    label, field = sentence.part.label, sentence.part.field
    if SOFT.search(text) or label == NICE or text.rstrip().endswith("?"):
        return 0.0
    asked = field == "skills" or label in (MUST, PERSON)
    if not asked or (label == PAY and field != "skills"):
        return 0.0
    return (
        1.0 + 0.6 * bool(STRONG.search(text)) + 0.5 * (field == "skills") - 0.3 * bool(EXAMPLES.search(text))
    )
