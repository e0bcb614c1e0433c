"""The reader on labelled texts, beside what a simpler reader would do. In: JSON Lines files. Out: figures.

    python -m benchmarks.reader CASES.jsonl [CASES.jsonl ...]      (-v also prints what went wrong)

A case has `text`, and `label` (a role, "none" or null for other work) or `expect` with any of: `role` (all
that are acceptable), `trade`, `budget` (low, high, currency, per; null: nothing may be called clear),
`place`, `facts` (fact: value, true for any), `absent` (fact: values that must not be read, null for any)
and `not` (facts).
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rolematcher.reading.counted import count
from rolematcher.reading.normal import normalise
from rolematcher.reading.read import read
from rolematcher.reading.record import Reading
from rolematcher.reading.scan import scan
from rolematcher.reading.vocabulary import vocabulary
from rolematcher.rules.answers import Budget

ON = date(2026, 11, 26)
NONE = "none"
FOLDS, SEED, LONG, TIMES = 5, 7, 5_000, 20
Case = dict[str, Any]
FACTS = (
    "evidence", "team", "data", "wish", "app", "platform",
    "stage", "sensitivity", "harm", "remote", "engagement_type", "lead",
    "maintainer", "work", "must_haves", "hours", "lasts", "weeks",
)  # fmt: skip


def cases_in(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def label(case: Case) -> str:
    return case.get("label") or NONE


def acceptable(case: Case) -> list[str]:
    return [role or NONE for role in case.get("expect", {}).get("role", [label(case)])]


def judges_role(case: Case) -> bool:
    return "label" in case or "role" in case.get("expect", {})


def value_of(reading: Reading, fact: str, *, hints: bool = False) -> Any:
    """What the reader says of a fact as the cases write it; None where it is silent."""
    if fact in ("hours", "lasts", "weeks"):
        timeline = reading.suggestion("timeline")
        name = "hours_a_week" if fact == "hours" else fact
        found = getattr(timeline.value, name) if timeline else None
        return None if found == "unsure" else found
    one = reading.suggestion(fact)
    if one is None or (one.strength == "hint" and not hints):
        return None
    return list(one.value) if isinstance(one.value, tuple) else one.value


class Tally:
    """Counts for one line of the table of facts."""

    def __init__(self) -> None:
        self.given = self.wrong = self.clear = self.stated = self.found = 0

    def line(self, name: str) -> str:
        """One line of the table."""
        missed = self.stated - self.found
        return (
            f"{name:<16} given {self.given:3}  wrong {self.wrong:3} (clear {self.clear})"
            f"  stated {self.stated:3}  found {self.found:3}  missed {missed:3}"
        )


def facts_judged(case: Case, reading: Reading, tallies: dict[str, Tally]) -> Iterator[str]:
    expect = case.get("expect", {})
    stated, absent, barred = expect.get("facts", {}), expect.get("absent", {}), expect.get("not", ())
    for fact in FACTS:
        said, tally = value_of(reading, fact), tallies[fact]
        tally.given += said is not None
        one = reading.suggestion(fact)
        never = absent.get(fact, ())
        wrong = said is not None and (
            fact in barred
            or (fact in absent and (never is None or said in never))
            or (fact in stated and stated[fact] is not True and said != stated[fact])
        )
        tally.wrong += wrong
        tally.clear += bool(wrong and one and one.strength == "clear")
        if fact in stated:
            shown = value_of(reading, fact, hints=True)
            met = shown is not None and (stated[fact] is True or shown == stated[fact])
            tally.stated += 1
            tally.found += met
            if not met:
                yield f"missed {fact}={stated[fact]}, said {shown}"
        if wrong:
            yield f"wrong {fact}={said}"


def money_judged(case: Case, reading: Reading, tally: Tally) -> Iterator[str]:
    expect = case.get("expect", {})
    found = [one for one in reading.suggestions if one.fact == "budget"]
    tally.given += bool(found)
    if "budget" not in expect:
        return
    wanted = expect["budget"]
    said = None
    value = found[0].value if found and found[0].strength != "hint" else None
    if isinstance(value, Budget):
        said = {
            "low": f"{value.amount.normalize():f}",
            "high": f"{(value.high or value.amount).normalize():f}",
            "currency": value.currency,
            "per": value.unit,
        }
    tally.stated += 1
    right = said == wanted if wanted else not found or found[0].strength != "clear"
    tally.found += right
    bad = said is not None and said != wanted
    tally.wrong += bad
    tally.clear += bool(bad and found and found[0].strength == "clear")
    if not right or bad:
        yield f"budget {said}, wanted {wanted}"


def place_judged(case: Case, reading: Reading, tally: Tally) -> Iterator[str]:
    expect = case.get("expect", {})
    one = reading.suggestion("place")
    said = one.value if one and one.strength != "hint" else None
    tally.given += said is not None
    if "place" not in expect and "place_not" not in expect:
        return
    tally.stated += 1
    bad = (
        said in expect["place_not"] if "place_not" in expect else said is not None and said != expect["place"]
    )
    right = not bad and ("place_not" in expect or said == expect["place"])
    tally.found += right
    tally.wrong += bad
    tally.clear += bool(bad and one and one.strength == "clear")
    if not right:
        yield f"place {said}, wanted {expect.get('place', expect.get('place_not'))}"


def counted_role(text: str) -> str:
    counted = count(scan(normalise(text), vocabulary()), vocabulary())
    return max(counted.shares, key=lambda name: counted.shares[name])


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
    return list(
        cross_val_predict(model, [case["text"] for case in cases], [label(case) for case in cases], cv=folds)
    )


def role_line(name: str, cases: Sequence[Case], said: Sequence[str]) -> str:
    pairs = list(zip(cases, said, strict=True))
    needed = [(case, role) for case, role in pairs if label(case) != NONE]
    others = [(case, role) for case, role in pairs if label(case) == NONE]
    exact = sum(role == label(case) for case, role in needed)
    fits = sum(role in acceptable(case) for case, role in needed)
    by_kind = "".join(
        f"  {kind} {sum(role == label(case) for case, role in some)}/{len(some)}"
        for kind in ("plain", "hard")
        if (some := [(case, role) for case, role in needed if case.get("kind") == kind])
    )
    refused = sum(role == NONE for _, role in others)
    share = f"exact {exact}/{len(needed)}  acceptable {fits}/{len(needed)}{by_kind}"
    return f"{name:<28} {share}  refused {refused}/{len(others)}"


def report(path: Path, show: Callable[[str], None] | None) -> None:
    cases = cases_in(path)
    readings = [read(case["text"], on=ON) for case in cases]
    print(f"\n{path.name}: {len(cases)} texts")
    judged = [at for at, case in enumerate(cases) if judges_role(case)]
    if judged:
        some = [cases[at] for at in judged]
        said = [readings[at].role or NONE for at in judged]
        print(role_line("reader", some, said))
        firm = [
            (case, readings[at].role)
            for at, case in zip(judged, some, strict=True)
            if readings[at].role_strength in ("clear", "likely")
        ]
        fits = sum(role in acceptable(case) for case, role in firm)
        print(f"{'  of these not a hint':<28} {fits}/{len(firm)} acceptable")
        print(role_line("word count alone", some, [counted_role(case["text"]) for case in some]))
        frequent = Counter(label(case) for case in some).most_common(1)[0][0]
        print(role_line("most frequent", some, [frequent] * len(some)))
        if fitted := fitted_elsewhere(some):
            print(role_line("TF-IDF, logistic, five folds", some, fitted))
        if show:
            for case, role in zip(some, said, strict=True):
                if role not in acceptable(case):
                    show(f"  role {role}, wanted {acceptable(case)}: {case['text'][:90]!r}")
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case, reading in zip(cases, readings, strict=True):
        for judge, name in ((money_judged, "budget"), (place_judged, "place")):
            for note in judge(case, reading, tallies[name]):
                if show:
                    show(f"  {note}: {case['text'][:110]!r}")
        for note in facts_judged(case, reading, tallies):
            if show:
                show(f"  {note}: {case['text'][:110]!r}")
    for name, tally in tallies.items():
        if tally.given or tally.stated:
            print(tally.line(name))


def speed(paths: Sequence[Path]) -> None:
    text = (" ".join(case["text"] for path in paths for case in cases_in(path)) * 40)[:LONG]
    read(text, on=ON)
    start = time.perf_counter()
    for _ in range(TIMES):
        read(text, on=ON)
    print(f"\n{LONG:,} characters: {(time.perf_counter() - start) / TIMES * 1000:.1f} ms")


def main() -> None:
    paths = [Path(one.removeprefix("CASES=")) for one in sys.argv[1:] if not one.startswith("-")]
    if not paths:
        sys.exit(
            "Give the files of labelled texts: python -m benchmarks.reader CASES.jsonl [CASES.jsonl ...]"
        )
    for path in paths:
        report(path, print if "-v" in sys.argv else None)
    speed(paths)


if __name__ == "__main__":
    main()
