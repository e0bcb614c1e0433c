"""Train the signs of facts. In: labelled sentences (JSON Lines). Out: `sign_weights.toml`, rewritten.

    python -m benchmarks.reader_signs      (needs scikit-learn: make for-bench)

Logistic regression over concepts and words of single sentences: a class for each value of evidence, data and
team, and one for sentences that state none of them. The sentences of the training posts count as such.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rolematcher.reading.normal import normalise
from rolematcher.reading.scan import scan
from rolematcher.reading.signs import FACTS, SILENCE, signs_in
from rolematcher.reading.vocabulary import vocabulary

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "reading" / "cases"
WEIGHTS = ROOT / "rolematcher" / "data" / "reading" / "sign_weights.toml"
REGULAR, LEAST_WEIGHT, LEAST_OFTEN = 2.0, 0.08, 2
HEAD = """# The signs of facts: what each concept ("tried"; "tried!": denied) and each word ("=word") of a
# sentence speaks for, by class. Above zero speaks for a class. Made by benchmarks/reader_signs.py.
"""
Labelled = tuple[dict[str, float], str]


def sentences(name: str) -> list[Labelled]:
    """The signs and the class of every sentence of a file; those of posts state nothing."""
    words = vocabulary()
    found = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        stated = case.get("says", {})
        says = next((f"{fact} {stated[fact]}" for fact in FACTS if fact in stated), SILENCE)
        found += [
            (signs_in(one, words.concepts), says) for one in scan(normalise(case["text"]), words).sentences
        ]
    return found


def main() -> None:
    labelled = sentences("training_sentences.jsonl") + sentences("training_posts.jsonl")
    often = Counter(sign for signs, _ in labelled for sign in signs)
    kept = [
        {sign: much for sign, much in signs.items() if sign[0] != "=" or often[sign] >= LEAST_OFTEN}
        for signs, _ in labelled
    ]
    table = DictVectorizer()
    model = LogisticRegression(C=REGULAR, max_iter=5000).fit(
        table.fit_transform(kept), [says for _, says in labelled]
    )
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for name, start, row in zip(model.classes_, model.intercept_, model.coef_, strict=True):
        weights["start"][name] = start
        for sign, weight in zip(table.get_feature_names_out(), row, strict=True):
            if abs(weight) >= LEAST_WEIGHT:
                weights[sign][name] = weight
    lines = [
        f"{json.dumps(sign, ensure_ascii=False)} = {{"
        + ", ".join(f'"{name}" = {weight:.2f}' for name, weight in row.items())
        + "}"
        for sign, row in sorted(weights.items())
    ]
    WEIGHTS.write_text(HEAD + "\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(labelled)} sentences, {len(weights) - 1} signs")


if __name__ == "__main__":
    main()
