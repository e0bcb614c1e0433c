"""Add up what the mentions of a text speak for. In: `Scan`, `Found`, `Tone`. Out: `Tally`.

Mentions of one term count less each time, terms of one family add up slowly (a logarithm): ten tools in a
list are no ten times stronger than one. So a long list of skills cannot outvote a short clear task.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log2

from .lexicon import Family, Vote
from .match import Found, Match
from .record import Span
from .text import Scan
from .tone import Tone

ABOUT_WORK = frozenset(("lean", "work", "platform", "wish", "app", "trade"))
"""What is weighed by where it is said; money, place or contract count wherever they stand."""
AGAINST = 0.5
"""What a denied mention takes away, as a part of what it would have added."""
WANTED = 2.0
"""What a profession counts where the text opens or says who is looked for."""
MOST_SPANS = 12


@dataclass(frozen=True, slots=True)
class Skill:
    """A tool or skill as written, where it stands first and how much that mention weighs."""

    words: str
    weight: float
    at: int


@dataclass(slots=True)
class Tally:
    """Scores by (fact, value), the spans behind them, and the spans that speak against."""

    scores: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    supports: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    against: dict[tuple[str, str], list[Span]] = field(default_factory=lambda: defaultdict(list))
    worthy: float = 0.0
    trades: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    trade_spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    skills: dict[str, Skill] = field(default_factory=dict)

    def score(self, fact: str, value: str) -> float:
        """The score of one answer; 0 when the text says nothing for it."""
        return self.scores.get((fact, value), 0.0)


def tally_of(scan: Scan, found: Found, tone: Tone) -> Tally:
    """Weigh every mention and add them up."""
    tally = Tally()
    meant: dict[str, dict[str, list[tuple[float, Match, str]]]] = defaultdict(lambda: defaultdict(list))
    refused: dict[str, dict[str, list[tuple[float, Match, str]]]] = defaultdict(lambda: defaultdict(list))
    families: dict[str, Family] = {}
    for match in found.matches:
        family = match.term.family
        families[family.id] = family
        weight, note = tone.weight(match, scan.section(match.first))
        if family.names and tone.wanted[match.first]:
            weight *= WANTED
        side = refused if tone.is_denied(match) else meant
        side[family.id][match.term.text].append((weight, match, note))
    for id, family in families.items():
        _count(tally, scan, family, meant[id], refused[id])
    for spans in (*tally.supports.values(), *tally.against.values(), *tally.trade_spans.values()):
        spans.sort(key=lambda span: (-span.weight, span.start))
        del spans[MOST_SPANS:]
    return tally


def _count(
    tally: Tally,
    scan: Scan,
    family: Family,
    meant: dict[str, list[tuple[float, Match, str]]],
    refused: dict[str, list[tuple[float, Match, str]]],
) -> None:
    by_place = _strength(meant, flat=False)
    anywhere = _strength(meant, flat=True)
    for vote in family.votes:
        amount = by_place if vote.fact in ABOUT_WORK else anywhere
        _add(tally, scan, family, vote, amount, meant)
    if family.worthy:
        tally.worthy += by_place
    if family.trade:
        tally.trades[family.trade] += by_place
        tally.trade_spans[family.trade] += _spans(scan, family, meant, 1.0)
    if family.skill:
        for mentions in meant.values():
            weight, match, _ = max(mentions, key=lambda one: one[0])
            at = scan.tokens[match.first].start
            tally.skills[match.term.text] = Skill(scan.text[at : scan.tokens[match.last - 1].end], weight, at)
    if refused:
        amount = _strength(refused, flat=True)
        for vote in family.denied:
            _add(tally, scan, family, vote, amount, refused, denied=True)
        for vote in family.votes:
            key = (vote.fact, vote.value)
            tally.scores[key] -= AGAINST * amount * vote.weight
            tally.against[key] += _spans(scan, family, refused, vote.weight, denied=True)


def _strength(mentions: dict[str, list[tuple[float, Match, str]]], *, flat: bool) -> float:
    """How strongly the text names a family: repeated terms count half, a quarter ..., then the logarithm."""
    total = 0.0
    for found in mentions.values():
        share = 1.0
        for weight in sorted((1.0 if flat else one[0] for one in found), reverse=True)[:4]:
            total += weight * share
            share /= 2
    return log2(1 + total)


def _add(
    tally: Tally,
    scan: Scan,
    family: Family,
    vote: Vote,
    amount: float,
    mentions: dict[str, list[tuple[float, Match, str]]],
    *,
    denied: bool = False,
) -> None:
    if amount:
        tally.scores[vote.fact, vote.value] += amount * vote.weight
        tally.supports[vote.fact, vote.value] += _spans(scan, family, mentions, vote.weight, denied=denied)


def _spans(
    scan: Scan,
    family: Family,
    mentions: dict[str, list[tuple[float, Match, str]]],
    weight: float,
    *,
    denied: bool = False,
) -> list[Span]:
    """The places behind a score; of a term said often, the weightiest three."""
    spans = []
    for found in mentions.values():
        for share, match, note in sorted(found, key=lambda one: -one[0])[:3]:
            start, end = scan.tokens[match.first].start, scan.tokens[match.last - 1].end
            note = "the text says no to it" if denied else note
            why = f"{family.why} ({note})" if note else family.why
            spans.append(Span(start, end, scan.text[start:end], match.term.text, why, share * weight))
    return spans
