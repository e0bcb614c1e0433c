"""Train the plain word count. In: labelled texts (JSON Lines). Out: `word_weights.toml`, rewritten.

    python -m benchmarks.reader_words [CASES.jsonl ...]      (needs scikit-learn: make for-bench)

The posts of tests/reading/cases/training_posts.jsonl are always read.
Logistic regression over single words, four classes. Each one- or two-word term of families.toml joins in as a
small text of its own, so that a word nobody posted yet has a weight.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from rolematcher.reading.counted import CLASSES, SCALE, words_in
from rolematcher.reading.normal import normalise
from rolematcher.reading.phrases import tokens_of
from rolematcher.reading.scan import scan
from rolematcher.reading.vocabulary import vocabulary

ROOT = Path(__file__).parents[1]
POSTS = ROOT / "tests" / "reading" / "cases" / "training_posts.jsonl"
WEIGHTS = ROOT / "rolematcher" / "data" / "reading" / "word_weights.toml"
ROLE_OF = {"connect": "automation_specialist", "existing": "ai_engineer", "custom": "ml_engineer"}
TERM_WEIGHT, REGULAR, LEAST_WEIGHT, MOST_LETTERS = 0.3, 2.0, 0.05, 25
HEAD = """# The plain word count: what each single word speaks for, in the order automation specialist,
# AI engineer, ML engineer, other work. Made by benchmarks/reader_words.py from labelled descriptions and the
# words of families.toml; a word that hardly tells the four apart is left out. Above zero speaks for a class.
"""
Text = tuple[Collection[str], int, float]
"""Words, class, weight."""


def posts(path: Path) -> list[Text]:
    words = vocabulary()
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    labels = [CLASSES.index(case["label"] or "none") for case in cases]
    return [
        (words_in(scan(normalise(case["text"]), words)), label, 1.0)
        for case, label in zip(cases, labels, strict=True)
    ]


def terms() -> list[Text]:
    """The short terms of the families, each for the class its family speaks for most."""
    found: list[Text] = []
    for family in vocabulary().families.values():
        leanings = {name[5:]: vote for name, vote in family.votes.items() if name.startswith("lean.")}
        if not (family.trade or leanings):
            continue
        best = max(leanings, key=lambda name: leanings[name], default="")
        label = CLASSES.index("none" if family.trade else ROLE_OF[best])
        weight = TERM_WEIGHT * (1.0 if family.trade else leanings[best] / 2)
        for term in family.terms:
            words = [token.fold for token in tokens_of(term.replace("*", "").replace("=", ""))]
            if 0 < len(words) <= 2:
                found.append((words, label, weight))
    return found


def fitted(texts: Sequence[Text], known: Sequence[str]) -> LogisticRegression:
    at = {word: place for place, word in enumerate(known)}
    cells = [(row, at[word]) for row, (words, _, _) in enumerate(texts) for word in set(words) if word in at]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), (len(texts), len(known)))
    lengths = np.maximum(np.asarray(matrix.sum(1)).ravel(), 1)
    scaled = diags(SCALE / np.sqrt(lengths)) @ matrix
    model = LogisticRegression(C=REGULAR, max_iter=5000)
    return model.fit(
        scaled, [label for _, label, _ in texts], sample_weight=[weight for _, _, weight in texts]
    )


def main() -> None:
    written = [text for path in (POSTS, *map(Path, sys.argv[1:])) for text in posts(path)]
    texts = [*written, *terms()]
    often = Counter(word for words, _, _ in written for word in set(words))
    named = {word for words, _, _ in texts[len(written) :] for word in words}
    known = sorted({word for words, _, _ in texts for word in words})
    first = fitted(texts, known)
    telling = [
        word
        for word, weights in zip(known, first.coef_.T, strict=True)
        if max(abs(weights)) >= LEAST_WEIGHT
        and (often[word] > 1 or word in named)
        and len(word) <= MOST_LETTERS
    ]
    model = fitted(texts, telling)
    start = ", ".join(f"{one:.2f}" for one in model.intercept_)
    lines = [
        f'"{word}" = [{", ".join(f"{one:.2f}" for one in weights)}]'
        for word, weights in zip(telling, model.coef_.T, strict=True)
    ]
    WEIGHTS.write_text(
        f"{HEAD}\nstart = [{start}]\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    print(f"{len(written)} texts, {len(telling)} words")


if __name__ == "__main__":
    main()
