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
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import seconds
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


def fits(case: Case, role: str | None) -> bool:
    """Whether a role is one of those that are acceptable."""
    return (role or NONE) in [one or NONE for one in case.get("expect", {}).get("role", [label(case)])]


def said_of(reading: Reading, fact: str) -> tuple[Any, str]:
    """What the reader says of a fact, as the cases write it, and how strongly; None where it is silent."""
    one = reading.suggestion("timeline" if fact in TIMES_SAID else fact)
    if one is None:
        return None, ""
    said: Any = list(one.value) if isinstance(one.value, tuple) else one.value
    if isinstance(said, Timeline):
        time = getattr(said, TIMES_SAID[fact])
        said = None if time == "unsure" else time
    elif isinstance(said, Budget):
        low, high = said.amount, said.high or said.amount
        ends = {"low": f"{low.normalize():f}", "high": f"{high.normalize():f}"}
        said = ends | {"currency": said.currency, "per": said.unit}
    return said, one.strength


def judged(case: Case, fact: str, said: Any, *, hint: bool) -> tuple[bool, bool, bool]:
    """Of one fact: does the case state it, was it found, is what was said wrong?"""
    expect = case.get("expect", {})
    if fact in ("budget", "place"):
        wanted, never = expect.get(fact), expect.get(f"{fact}_not", ())
        stated = fact in expect or f"{fact}_not" in expect
        wrong = stated and said is not None and (said in never if never else said != wanted)
        return stated, stated and (wanted in (None, said) if hint or said is None else not wrong), wrong
    facts, absent = expect.get("facts", {}), expect.get("absent", {})
    stated, right = fact in facts, facts.get(fact) in (True, said)
    barred = fact in expect.get("not", ()) or (fact in absent and said in (absent[fact] or [said]))
    wrong = said is not None and (barred or (stated and not right))
    return stated, stated and said is not None and right, wrong


def counted(cases: Sequence[Case], readings: Sequence[Reading]) -> Iterator[tuple[Case, str]]:
    """Print a line a fact: given, wrong, hints, stated, found; yields what went wrong in each case."""
    for fact in (*FACTS, "budget", "place"):
        n: Counter[str] = Counter()
        for case, reading in zip(cases, readings, strict=True):
            said, strength = said_of(reading, fact)
            stated, found, wrong = judged(case, fact, said, hint=strength == "hint")
            kind = "hint" if strength == "hint" else "given"
            n += Counter({kind: said is not None, f"{kind} wrong": wrong, "stated": stated, "found": found})
            n["clear"] += wrong and strength == "clear"
            if wrong or (stated and not found):
                yield case, f"{fact} {said} ({strength})"
        if n.total():
            line = f"given {n['given']:3}  wrong {n['given wrong']:3} (clear {n['clear']})"
            hints = f"hints {n['hint']:3} (wrong {n['hint wrong']})"
            missed = f"found {n['found']:3}  missed {n['stated'] - n['found']:3}"
            print(f"{fact:<16} {line}  {hints}  stated {n['stated']:3}  {missed}")


def counted_role(text: str) -> str:
    shares = count(scan(normalise(text), vocabulary()), vocabulary()).shares
    return max(shares, key=lambda name: shares[name])


def classified(cases: Sequence[Case]) -> list[str]:
    """TF-IDF with logistic regression, each case judged by a model that did not see its fold."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # not among what the tests install
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=3000, class_weight="balanced"))
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    return list(cross_val_predict(model, [case["text"] for case in cases], list(map(label, cases)), cv=folds))


def role_line(name: str, cases: Sequence[Case], said: Sequence[str]) -> None:
    pairs = list(zip(cases, said, strict=True))
    needed = [(case, role) for case, role in pairs if label(case) != NONE]
    refused = [role == NONE for case, role in pairs if label(case) == NONE]
    shares = {"exact": [role == label(case) for case, role in needed]}
    shares["acceptable"] = [fits(case, role) for case, role in needed]
    for kind in ("plain", "hard"):
        shares[kind] = [role == label(case) for case, role in needed if case.get("kind") == kind]
    shares["refused"] = refused
    print(f"{name:<28}" + "".join(f"  {what} {sum(ok)}/{len(ok)}" for what, ok in shares.items() if ok))


def roles_reported(cases: Sequence[Case], readings: Sequence[Reading]) -> None:
    """The role beside a word count, the most frequent one and a classifier."""
    role_line("reader", cases, [reading.role or NONE for reading in readings])
    pairs = zip(cases, readings, strict=True)
    firm = [fits(case, one.role) for case, one in pairs if one.role_strength != "hint"]
    print(f"{'  of these not a hint':<28}  acceptable {sum(firm)}/{len(firm)}")
    role_line("word count alone", cases, [counted_role(case["text"]) for case in cases])
    role_line("most frequent", cases, [Counter(map(label, cases)).most_common(1)[0][0]] * len(cases))
    if len(cases) >= 4 * FOLDS:
        role_line("TF-IDF, logistic, five folds", cases, classified(cases))


def report(path: Path, *, verbose: bool) -> None:
    """All figures of one file."""
    cases, notes = cases_in(path), defaultdict(list)
    readings = [read(case["text"], on=ON) for case in cases]
    print(f"\n{path.name}: {len(cases)} texts")
    if "label" in cases[0]:
        roles_reported(cases, readings)
        for case, reading in zip(cases, readings, strict=True):
            if "label" in case and not fits(case, reading.role):
                notes[case["text"]].append(f"role {reading.role}")
    for case, note in counted(cases, readings):
        notes[case["text"]].append(note)
    for text, found in notes.items() if verbose else ():
        print(f"  {'; '.join(found)}: {text[:100]!r}")


def main() -> None:
    paths = [Path(one.removeprefix("CASES=")) for one in sys.argv[1:] if not one.startswith("-")]
    if not paths:
        sys.exit("Give files of labelled texts: python -m benchmarks.reader CASES.jsonl [CASES.jsonl ...]")
    for path in paths:
        report(path, verbose="-v" in sys.argv)
    text = (" ".join(case["text"] for path in paths for case in cases_in(path)) * 40)[:LONG]
    took = median(seconds(partial(read, text, on=ON)) for _time in range(TIMES))
    print(f"\n{LONG:,} characters: {1000 * took:.1f} ms")


if __name__ == "__main__":
    main()
