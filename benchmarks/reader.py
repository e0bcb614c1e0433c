"""The reader on labelled texts, beside what a simpler reader would do. In: JSON Lines files. Out: figures.

    python -m benchmarks.reader CASES.jsonl [CASES.jsonl ...]      (-v also prints what went wrong)

A case has `text`, and `label` (a role, "none" or null for other work) or `expect` with any of: `role` (all
that are acceptable), `budget` (low, high, currency, per; null: nothing may be called clear), `place`,
`place_not`, `facts` (fact: value, true for any), `absent` (fact: values that must not be read, null for any)
and `not` (facts). A hint fills in nothing: it counts as found, and has its own column where it is wrong.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rolematcher.reading.counted import count
from rolematcher.reading.normal import normalise
from rolematcher.reading.read import read
from rolematcher.reading.record import Reading
from rolematcher.reading.scan import scan
from rolematcher.reading.vocabulary import vocabulary
from rolematcher.rules.answers import Budget, Timeline

ON = date(2026, 11, 26)
NONE = "none"
FOLDS, SEED, LONG, TIMES = 5, 7, 5_000, 20
Case = dict[str, Any]
FACTS = (
    "evidence", "team", "data", "wish", "app", "platform", "stage", "sensitivity", "harm", "remote",
    "engagement_type", "lead", "maintainer", "work", "must_haves", "hours", "lasts", "weeks",
)  # fmt: skip
TIMES_SAID = {"hours": "hours_a_week", "lasts": "lasts", "weeks": "weeks"}


def cases_in(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def label(case: Case) -> str:
    return case.get("label") or NONE


def acceptable(case: Case) -> list[str]:
    return [role or NONE for role in case.get("expect", {}).get("role", [label(case)])]


def said_of(reading: Reading, fact: str, *, hints: bool = False) -> Any:
    """What the reader says of a fact, as the cases write it; None where it is silent."""
    one = reading.suggestion("timeline" if fact in TIMES_SAID else fact)
    if one is None or (one.strength == "hint" and not hints):
        return None
    if isinstance(one.value, Timeline):
        said = getattr(one.value, TIMES_SAID[fact])
        return None if said == "unsure" else said
    if isinstance(one.value, Budget):
        low, high = one.value.amount, one.value.high or one.value.amount
        ends = {"low": f"{low.normalize():f}", "high": f"{high.normalize():f}"}
        return ends | {"currency": one.value.currency, "per": one.value.unit}
    return list(one.value) if isinstance(one.value, tuple) else one.value


class Tally:
    """Counts for one line of the table of facts."""

    def __init__(self) -> None:
        self.given = self.wrong = self.clear = self.hints = self.hints_wrong = self.stated = self.found = 0

    def add(
        self, reading: Reading, fact: str, *, stated: bool, found: bool, wrong: bool, misled: bool = False
    ) -> None:
        """Count one case; `misled`: a hint that is wrong."""
        one = reading.suggestion("timeline" if fact in TIMES_SAID else fact)
        self.given += said_of(reading, fact) is not None
        self.hints += bool(one and one.strength == "hint")
        self.hints_wrong += misled
        self.wrong += wrong
        self.clear += bool(wrong and one and one.strength == "clear")
        self.stated += stated
        self.found += found

    def line(self, name: str) -> str:
        """One line of the table."""
        wrong = f"wrong {self.wrong:3} (clear {self.clear})  hints {self.hints:3} (wrong {self.hints_wrong})"
        stated = f"stated {self.stated:3}  found {self.found:3}  missed {self.stated - self.found:3}"
        return f"{name:<16} given {self.given:3}  {wrong}  {stated}"


def judged(case: Case, reading: Reading, tallies: dict[str, Tally]) -> Iterator[str]:
    """Count every fact of a case; yields what was missed or wrong."""
    expect = case.get("expect", {})
    stated, absent = expect.get("facts", {}), expect.get("absent", {})
    for fact in FACTS:
        said, wanted, never = said_of(reading, fact), stated.get(fact), absent.get(fact, ())
        shown = said_of(reading, fact, hints=True)
        barred = fact in expect.get("not", ()) or (fact in absent and (never is None or shown in never))
        off = shown is not None and (barred or (fact in stated and wanted not in (True, shown)))
        wrong, misled = off and said is not None, off and said is None
        found = fact in stated and shown is not None and wanted in (True, shown)
        tallies[fact].add(reading, fact, stated=fact in stated, found=found, wrong=wrong, misled=misled)
        if wrong or (fact in stated and not found):
            yield f"{fact} {shown}, wanted {stated.get(fact, 'silence')}"
    for fact in ("budget", "place"):
        said, wanted, never = said_of(reading, fact), expect.get(fact), expect.get(f"{fact}_not", ())
        asked = fact in expect or f"{fact}_not" in expect
        wrong = asked and said is not None and (said in never if never else said != wanted)
        shown = said_of(reading, fact, hints=True)
        found = asked and not wrong and (said is not None or wanted in (None, shown))
        misled = asked and said is None and shown is not None and shown != wanted
        tallies[fact].add(reading, fact, stated=asked, found=found, wrong=wrong, misled=misled)
        if asked and not found:
            yield f"{fact} {said}, wanted {wanted}"


def counted_role(text: str) -> str:
    shares = count(scan(normalise(text), vocabulary()), vocabulary()).shares
    return max(shares, key=lambda name: shares[name])


def fitted_elsewhere(cases: Sequence[Case]) -> list[str] | None:
    """TF-IDF with logistic regression, each case judged by a model that did not see its fold."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import KFold, cross_val_predict
        from sklearn.pipeline import make_pipeline
    except ImportError:
        return None
    if len(cases) < 4 * FOLDS:
        return None
    model = make_pipeline(TfidfVectorizer(), LogisticRegression(C=1, max_iter=3000, class_weight="balanced"))
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    texts, labels = [case["text"] for case in cases], [label(case) for case in cases]
    return list(cross_val_predict(model, texts, labels, cv=folds))


def role_line(name: str, cases: Sequence[Case], said: Sequence[str]) -> str:
    pairs = list(zip(cases, said, strict=True))
    needed = [(case, role) for case, role in pairs if label(case) != NONE]
    others = [role for case, role in pairs if label(case) == NONE]
    exact = sum(role == label(case) for case, role in needed)
    fits = sum(role in acceptable(case) for case, role in needed)
    kinds = "".join(
        f"  {kind} {sum(role == label(case) for case, role in some)}/{len(some)}"
        for kind in ("plain", "hard")
        if (some := [pair for pair in needed if pair[0].get("kind") == kind])
    )
    share = f"exact {exact}/{len(needed)}  acceptable {fits}/{len(needed)}{kinds}"
    return f"{name:<28} {share}  refused {others.count(NONE)}/{len(others)}"


def roles_reported(cases: Sequence[Case], readings: Sequence[Reading]) -> None:
    said = [reading.role or NONE for reading in readings]
    print(role_line("reader", cases, said))
    firm = [
        (case, one.role) for case, one in zip(cases, readings, strict=True) if one.role_strength != "hint"
    ]
    fits = sum((role or NONE) in acceptable(case) for case, role in firm)
    print(f"{'  of these not a hint':<28} {fits}/{len(firm)} acceptable")
    print(role_line("word count alone", cases, [counted_role(case["text"]) for case in cases]))
    frequent = Counter(map(label, cases)).most_common(1)[0][0]
    print(role_line("most frequent", cases, [frequent] * len(cases)))
    if fitted := fitted_elsewhere(cases):
        print(role_line("TF-IDF, logistic, five folds", cases, fitted))


def report(path: Path, *, verbose: bool) -> None:
    cases = cases_in(path)
    readings = [read(case["text"], on=ON) for case in cases]
    print(f"\n{path.name}: {len(cases)} texts")
    if "label" in cases[0]:
        roles_reported(cases, readings)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case, reading in zip(cases, readings, strict=True):
        notes = list(judged(case, reading, tallies))
        if "label" in case and (reading.role or NONE) not in acceptable(case):
            notes.append(f"role {reading.role}, wanted {acceptable(case)}")
        for note in notes if verbose else ():
            print(f"  {note}: {case['text'][:100]!r}")
    for name, tally in tallies.items():
        if tally.given or tally.hints or tally.stated:
            print(tally.line(name))


def main() -> None:
    paths = [Path(one.removeprefix("CASES=")) for one in sys.argv[1:] if not one.startswith("-")]
    if not paths:
        sys.exit(
            "Give the files of labelled texts: python -m benchmarks.reader CASES.jsonl [CASES.jsonl ...]"
        )
    for path in paths:
        report(path, verbose="-v" in sys.argv)
    text = (" ".join(case["text"] for path in paths for case in cases_in(path)) * 40)[:LONG]
    start = time.perf_counter()
    for _ in range(TIMES):
        read(text, on=ON)
    print(f"\n{LONG:,} characters: {(time.perf_counter() - start) / TIMES * 1000:.1f} ms")


if __name__ == "__main__":
    main()
