"""Cut a text up once for all readers of it. In: normalised text. Out: `Scan`: parts, words, mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .normal import Clean
from .parts import Part, parts_of
from .patterns import word_list
from .phrases import Mention, Token, tokens_of
from .record import Span
from .shares import shares_in
from .vocabulary import Vocabulary

DENIES = word_list("denies")
STOPS = word_list("stops_denial")
UNLESS = word_list("no_denial_after_not")
"""After "not" these make no denial ("not only", "no later than")."""
MONEY, MONEY_BACK = re.compile(r"[$€£₹¥] ?[0-9.,']*$"), 14
"""An amount of money is no number of things, nor are its thousands."""
BEFORE_NAMES = word_list("before_names")
NEVER_DENIED = frozenset(("we", "own", "you", "you_will", "past"))
"""Who and when: "no good with our accents" denies neither."""
BACK, BEHIND = 5, 6
HAVING = word_list("having")
ENDS_IN_NO = word_list("ends_in_no")
NOT_THERE = word_list("not_there")
VERBS = frozenset(("copes",))
"""A no behind what it denies: "Eigene Entwickler haben wir nicht", "a dashboard is not needed"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One part with its words and what was found in it: concept -> mentions, as said and as denied."""

    part: Part
    tokens: tuple[Token, ...]
    said: dict[str, tuple[Mention, ...]]
    denied: dict[str, tuple[Mention, ...]]

    def mentions(self, concept: str) -> tuple[Mention, ...]:
        """Where the concept is said."""
        return self.said.get(concept, ())

    def holds(self, concept: str) -> bool:
        """Is the concept said (or, for "concept!", denied) here?"""
        return bool(self.denied.get(concept[:-1]) if concept.endswith("!") else self.said.get(concept))


@dataclass(frozen=True, slots=True)
class Scan:
    """The text, its sentences in order, and the way back to the pasted text."""

    clean: Clean
    sentences: tuple[Sentence, ...]

    def text(self, sentence: Sentence) -> str:
        """The plain text of a sentence."""
        return self.clean.text[sentence.part.start : sentence.part.end]

    def span(self, sentence: Sentence, mention: Mention) -> Span:
        """Where a mention stands in the pasted text."""
        return self.clean.span(sentence.tokens[mention.first].start, sentence.tokens[mention.last - 1].end)

    def whole(self, sentence: Sentence) -> Span:
        """Where a sentence stands in the pasted text."""
        return self.clean.span(sentence.part.start, sentence.part.end)

    def field(self, *names: str) -> Iterator[Sentence]:
        """The values of label-and-value lines with one of these fields."""
        return (one for one in self.sentences if one.part.field in names)


def scan(clean: Clean, words: Vocabulary) -> Scan:
    """Cut the text up and find every known term in it."""
    return Scan(
        clean,
        tuple(
            _sentence(clean.text, part, tokens, words)
            for part in parts_of(clean.text, words.headings, words.fields)
            if (tokens := tokens_of(clean.text, part.start, part.end))
        ),
    )


def _sentence(text: str, part: Part, tokens: tuple[Token, ...], words: Vocabulary) -> Sentence:
    said: dict[str, list[Mention]] = {}
    denied: dict[str, list[Mention]] = {}
    shares = shares_in(text, part.start, part.end, tokens)
    for mention in (*words.book.mentions(tokens), *_counts_and_names(text, tokens), *shares):
        side = denied if mention.concept not in NEVER_DENIED and _is_denied(tokens, mention) else said
        side.setdefault(mention.concept, []).append(mention)
    return Sentence(
        part, tokens, {k: tuple(v) for k, v in said.items()}, {k: tuple(v) for k, v in denied.items()}
    )


def _counts_and_names(text: str, tokens: tuple[Token, ...]) -> Iterator[Mention]:
    """Numbers of things, and names right behind a word such as "tried" or "trial of"."""
    for at, token in enumerate(tokens):
        if _counts(token) and not MONEY.search(text, max(0, token.start - MONEY_BACK), token.start):
            yield Mention("count", at, at + 1, token.raw)
        elif at and token.raw.istitle() and tokens[at - 1].fold in BEFORE_NAMES and token.joined:
            yield Mention("named_product", at, at + 1, token.raw)


def _counts(token: Token) -> bool:
    """Is it a number of things (ten or more)? A year counts too; a frame asks for more than a number."""
    digits = token.raw.lower().rstrip("k")
    return digits.isascii() and digits.isdigit() and len(digits) >= (1 if token.raw[-1] in "kK" else 2)


def _is_denied(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Does a word of denial stand shortly before or behind it in the same clause?"""
    return _denied_before(tokens, mention) or _denied_behind(tokens, mention)


def _denied_behind(tokens: tuple[Token, ...], mention: Mention) -> bool:
    """Does the clause end in "haben wir nicht", or does "is not needed" follow?"""
    having = mention.concept in VERBS
    for at in range(mention.last, min(len(tokens), mention.last + BEHIND)):
        word = tokens[at].raw.lower()
        if not tokens[at].joined:
            return False
        ends = at + 1 == len(tokens) or not tokens[at + 1].joined
        if word in ENDS_IN_NO and ends and having:
            return True
        if word == "not" and not ends and tokens[at + 1].raw.lower() in NOT_THERE and at <= mention.last + 2:
            return True
        having = having or word in HAVING
    return False


def _denied_before(tokens: tuple[Token, ...], mention: Mention) -> bool:
    for at in range(mention.first - 1, max(-1, mention.first - 1 - BACK), -1):
        word = tokens[at].raw.lower()
        if word in STOPS or (not tokens[at + 1].joined and at + 1 < mention.first):
            return False
        if word in DENIES:
            after = tokens[at + 1].raw.lower()
            return after not in UNLESS or (after == "longer" and word == "no")
    return False
