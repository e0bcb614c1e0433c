"""On what basis somebody is wanted. In: `Scan`. Out: a suggestion for the engagement type, or none.

A line that names it ("Vertragsart: Freiberuflich") decides; then words that say it; then what only one basis
offers (parental leave; an hourly marketplace header). Hopes ("may become permanent") count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .parts import LEGAL, SIGNATURE
from .patterns import pattern
from .record import Strength, Suggestion
from .scan import Scan, Sentence

TYPES = ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency")
SAYS = {kind: pattern("engagement.says." + kind) for kind in TYPES}
FIELD = {kind: pattern("engagement.field." + kind) for kind in TYPES[:3]}
NOT = pattern("engagement.not")
HOPE = pattern("engagement.hope")
BACKGROUND = pattern("engagement.background")
MARKETPLACE = frozenset(("hourly", "fixed price", "fixed-price"))
"""How marketplaces name the terms of a job."""
SHORT_LINE, ALONE = 24, 2.0
"""A line of its own such as "Contract-to-hire" says nearly as much as one with a name."""
WEIGHTS = {
    "permanent": 1.0,
    "contract": 1.2,
    "freelance_marketplace": 1.0,
    "agency": 1.5,
    "embedded_offshore": 1.5,
}
WEAK = pattern("engagement.weak")
EITHER = pattern("engagement.either")
EMPLOYED = pattern("engagement.either_named")
ALONGSIDE = pattern("engagement.alongside")
WELCOME = pattern("engagement.welcome")
"""Both named, and one of them only welcome: "permanent is fine, freelance for six months also"."""
MARKETPLACES = "freelance_marketplace"
PLATFORM = pattern("engagement.platform")
BY_DAY = pattern("engagement.by_day")
"""A freelancer by the day or for some days a week is a contractor, unless a marketplace is named."""
FREELANCE = pattern("engagement.freelance")
FITS = {"permanent": ("year",), "contract": ("day",), "freelance_marketplace": ("hour", "project")}
FITTING, LEAST, LEAD, MOST_SAID = 0.6, 0.9, 0.3, 1.5
"""What a fitting unit of pay adds; what a basis needs at least, and before the next one."""


@dataclass(slots=True)
class _Scores:
    """How much speaks for each basis, and the sentence that says it best."""

    of: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    said_in: dict[str, Sentence] = field(default_factory=dict)

    def add(self, kind: str, weight: float, sentence: Sentence) -> None:
        """Count what a sentence says."""
        self.of[kind] += weight
        self.said_in.setdefault(kind, sentence)

    def best(self, unit: str | None) -> str:
        """The basis that leads by enough, with a unit of pay that fits one; "" where none does."""
        of = {kind: self.of[kind] + FITTING * (unit in FITS.get(kind, ())) for kind in self.said_in}
        ranked = sorted(of, key=lambda kind: -of[kind])
        first, second = (*(of[kind] for kind in ranked), 0.0, 0.0)[:2]
        leads = first >= LEAST and (len(ranked) < 2 or first >= second + LEAD)
        return ranked[0] if leads else ""


Told = _Scores | Suggestion | None
"""What the words of a text say: how much for each basis, or the one that a line names; None: a choice."""


def engagement_of(scan: Scan, told: Told, unit: str | None) -> tuple[Suggestion, ...]:
    """The engagement type; `unit` is that of the pay found, which supports one where words are weak."""
    if isinstance(told, _Scores):
        best = told.best(unit)
        told = _suggestion(scan, best, told.said_in[best], "likely") if best else None
    if told is None:
        return ()
    text = scan.clean.text
    if told.value == MARKETPLACES and not PLATFORM.search(text) and (unit == "day" or BY_DAY.search(text)):
        return (told.model_copy(update={"value": "contract", "strength": "likely"}),)
    return (told,)


def told_of(scan: Scan) -> Told:
    """What the lines and words of the text say, whatever is paid."""
    for line in scan.field("engagement", "title"):
        if kind := _named(scan.text(line), line.part.field):
            return _suggestion(scan, kind, line, "clear" if line.part.field == "engagement" else "likely")
    told = [one for one in scan.sentences if one.part.label not in (LEGAL, SIGNATURE)]
    if any(_leaves_open(scan.text(one)) for one in told):
        return None
    scores = _Scores()
    for one in told:
        _count(scores, scan.text(one), one)
    return scores


def _leaves_open(text: str) -> bool:
    """Are two of them offered as a choice: "permanent or freelance"?"""
    found = EITHER.search(text)
    if found is not None and found["one"][:4].lower() != found["other"][:4].lower():
        return True
    return bool(EMPLOYED.search(text) and ALONGSIDE.search(text) and WELCOME.search(text))


def _count(scores: _Scores, text: str, sentence: Sentence) -> None:
    """Add what one sentence says."""
    if sentence.part.name == "contract":
        scores.add("contract", 1.0, sentence)
    if sentence.part.name in MARKETPLACE and "freelance_marketplace" not in scores.said_in:
        scores.add("freelance_marketplace", 1.0, sentence)
    alone = _named(text, "engagement") if len(text) <= SHORT_LINE else ""
    if alone:
        scores.add(alone, ALONE, sentence)
        scores.said_in[alone] = sentence
    said = _said(text)
    firm = max(said.values(), default=0.0) >= LEAST
    for kind, weight in said.items():
        if weight >= LEAST or not firm:  # "Werkvertrag, Festpreis" is no freelancer's
            scores.add(kind, weight, sentence)


def _named(text: str, field: str) -> str:
    """What a label-and-value line names; "" where it names none or several."""
    if field == "title":
        return "freelance_marketplace" if FREELANCE.search(text) else ""
    kinds = {kind for kind, shape in FIELD.items() if shape.search(text)}
    if len(kinds) == 2 and "contract" in kinds:
        return "contract"
    return kinds.pop() if len(kinds) == 1 else ""


def _said(text: str) -> dict[str, float]:
    """How much a sentence says for each basis."""
    found: dict[str, float] = {}
    for kind, shape in SAYS.items():
        for match in shape.finditer(text):
            if not _passed_over(text, match.start(), match.end()):
                weight = WEIGHTS[kind] * (0.5 if WEAK.search(match.group()) else 1.0)
                found[kind] = min(MOST_SAID, found.get(kind, 0.0) + weight)
    return found


def _passed_over(text: str, start: int, end: int) -> bool:
    """Is it denied, only hoped for, or about somebody else?"""
    before, after = text[max(0, start - 50) : start], text[end : end + 30]
    hoped = HOPE.search(before) or HOPE.match(after.lstrip())
    return bool(hoped or NOT.search(before) or BACKGROUND.search(text[max(0, start - 45) : end + 12]))


def _suggestion(scan: Scan, kind: str, sentence: Sentence, strength: Strength) -> Suggestion:
    span = scan.whole(sentence)
    return Suggestion(
        fact="engagement_type", value=kind, strength=strength, words=span.text[:200], spans=(span,)
    )
