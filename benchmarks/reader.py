"""The description reader on labelled cases. In: a JSON Lines file. Out: accuracy, macro-F1, confusion, time.

    python -m benchmarks.reader path/to/cases.jsonl      (or --cases path, or CASES=path)

Each line needs `text` and `label` (a role id, or "none" for work of another kind); `source_channel` groups
the figures. Beside the reader stand the most frequent role and TF-IDF with logistic regression, both judged
on texts they were not fitted to: five folds, and each channel left out in turn. The reader has nothing to
fit; how it does with a fifth and two fifths of its terms taken away at random shows how little a figure
rests on single words.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from statistics import mean

from rolematcher.engine.model import Rulebook
from rolematcher.engine.reader.outcome import reading_decided
from rolematcher.engine.reader.read import Lexicon, lexicon_read, read
from rolematcher.engine.rulebook.read import rulebook_read

ROLES = ("automation_specialist", "ai_engineer", "ml_engineer")
NONE = "none"
ON = date(2026, 11, 21)
FOLDS, SEED, TIMES = 5, 7, 5
Case = Mapping[str, str]
UNRELATED = Path(__file__).parents[1] / "tests" / "reader" / "unrelated.jsonl"


def packaged(name: str) -> str:
    return (resources.files("rolematcher") / "data" / name).read_text(encoding="utf-8")


def cases_read(path: Path) -> list[Case]:
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, case in enumerate(cases, 1):
        if not isinstance(case.get("text"), str) or case.get("label") not in (*ROLES, NONE):
            sys.exit(f"{path}, case {number}: give `text` and a `label` of {', '.join((*ROLES, NONE))}.")
    return cases


def guess(lexicon: Lexicon, rulebook: Rulebook, text: str) -> str:
    return reading_decided(rulebook, read(lexicon, text, on=ON), on=ON).role or NONE


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(said == label for label, said in pairs) / len(pairs) if pairs else 0.0


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    scores = []
    for role in sorted({label for label, _ in pairs}):
        hits = sum(label == said == role for label, said in pairs)
        both = sum(label == role for label, _ in pairs) + sum(said == role for _, said in pairs)
        scores.append(2 * hits / both if both else 0.0)
    return mean(scores) if scores else 0.0


def thinned(lexicon: Lexicon, share: float, seed: int) -> Lexicon:
    """The lexicon without a random share of its families' terms."""
    chance = random.Random(seed)
    terms = sorted({(term.family.id, term.text) for term in lexicon.terms if ":" not in term.family.id})
    gone = {key for key in terms if chance.random() < share}

    def left(index: Mapping[str, tuple]) -> dict[str, tuple]:
        return {
            key: tuple(term for term in found if (term.family.id, term.text) not in gone)
            for key, found in index.items()
        }

    return replace(lexicon, whole=left(lexicon.whole), begins=left(lexicon.begins))


def show(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    refused = sum(said == NONE for _, said in pairs)
    print(
        f"{name:<44} {accuracy(pairs):8.3f} {macro_f1(pairs):9.3f} {refused:8d} {len(pairs):6d}",
        flush=True,
    )


def confusion(pairs: Iterable[tuple[str, str]]) -> str:
    """The mistakes as "label -> said: n", most frequent first."""
    wrong = Counter((label, said) for label, said in pairs if label != said)
    return ", ".join(f"{label} -> {said}: {count}" for (label, said), count in wrong.most_common()) or "none"


def by_channel(cases: Sequence[Case], said: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for case, role in zip(cases, said, strict=True):
        found[case.get("source_channel", "all")].append((case["label"], role))
    return dict(sorted(found.items()))


def fitted_elsewhere(cases: Sequence[Case], folds: Iterable[list[int]], make: Callable) -> list[str]:
    """What a model says of each case when fitted to all cases outside that case's fold."""
    said = [""] * len(cases)
    for fold in folds:
        held = set(fold)
        train = [case for at, case in enumerate(cases) if at not in held]
        labels = [case["label"] for case in train]
        if len(set(labels)) < 2:
            answers = [labels[0] if labels else NONE] * len(fold)
        else:
            model = make().fit([case["text"] for case in train], labels)
            answers = list(model.predict([cases[at]["text"] for at in fold]))
        for at, answer in zip(fold, answers, strict=True):
            said[at] = str(answer)
    return said


def references(cases: Sequence[Case]) -> None:
    try:
        from sklearn.dummy import DummyClassifier
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold
        from sklearn.pipeline import make_pipeline
    except ImportError:
        print("scikit-learn is not installed: the references are left out (make for-bench installs it).")
        return
    labels = [case["label"] for case in cases]
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    folds = [list(map(int, held)) for _, held in splitter.split(labels, labels)]
    channels = defaultdict(list)
    for at, case in enumerate(cases):
        channels[case.get("source_channel", "all")].append(at)
    makers: dict[str, Callable] = {
        "most frequent role": lambda: DummyClassifier(strategy="most_frequent"),
        "TF-IDF + logistic regression": lambda: make_pipeline(
            # The best of fifteen settings tried on the sample: the reference is given its due.
            TfidfVectorizer(),
            LogisticRegression(C=1, max_iter=3000, class_weight="balanced"),
        ),
    }
    for name, make in makers.items():
        show(f"{name}, five folds", list(zip(labels, fitted_elsewhere(cases, folds, make), strict=True)))
        if len(channels) > 1:
            said = fitted_elsewhere(cases, channels.values(), make)
            show(f"{name}, channels left out", list(zip(labels, said, strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the description reader on labelled cases.")
    parser.add_argument("path", nargs="?", help="JSON Lines file with text, label and source_channel")
    parser.add_argument("--cases", help="the same, by name")
    options = parser.parse_args()
    given = (options.cases or options.path or "").removeprefix("CASES=")
    if not given:
        parser.error("give the path of the cases: make bench-reader CASES=path")
    cases = cases_read(Path(given))
    lexicon, rulebook = lexicon_read(packaged("lexicon.toml")), rulebook_read(packaged("rulebook.toml"))
    labels = [case["label"] for case in cases]

    said = [guess(lexicon, rulebook, case["text"]) for case in cases]
    pairs = list(zip(labels, said, strict=True))
    print(f"{'':<44} {'accuracy':>8} {'macro-F1':>9} {'refused':>8} {'texts':>6}")
    show("reader", pairs)
    for share in (0.2, 0.4):
        runs = []
        for seed in range(TIMES):
            thin = thinned(lexicon, share, seed)
            runs += list(zip(labels, (guess(thin, rulebook, case["text"]) for case in cases), strict=True))
        show(f"reader without {share:.0%} of its terms ({TIMES} draws)", runs)
    references(cases)

    print("\nReader by channel")
    for channel, found in by_channel(cases, said).items():
        show(f"  {channel}", found)
        print(f"    mistakes: {confusion(found)}")
    print(f"\nConfusion over all: {confusion(pairs)}")

    others: dict[str, list[bool]] = defaultdict(list)
    if UNRELATED.exists():
        for other in map(json.loads, UNRELATED.read_text(encoding="utf-8").splitlines()):
            others[other["split"]].append(guess(lexicon, rulebook, other["text"]) == NONE)
    for split, refused in sorted(others.items()):
        print(
            f"Unrelated texts of our own, {split.replace('_', ' ')}: {sum(refused)} of {len(refused)} refused"
        )

    spent = []
    for case in cases:
        start = time.perf_counter()
        read(lexicon, case["text"], on=ON)
        spent.append((time.perf_counter() - start) * 1000)
    long = (" ".join(case["text"] for case in cases) * 3)[:5_000]
    start = time.perf_counter()
    for _ in range(20):
        read(lexicon, long, on=ON)
    each = (time.perf_counter() - start) * 1000 / 20
    print(f"Time: {mean(spent):.1f} ms a text (longest {max(spent):.1f}); {each:.1f} ms for 5,000 characters")


if __name__ == "__main__":
    main()
