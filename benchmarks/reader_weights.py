"""Train the reader's files of weights. In: labelled texts (JSON Lines). Out: the files, written anew.

    python -m benchmarks.reader_weights words [CASES.jsonl ...]      which role: `word_weights.toml`
    python -m benchmarks.reader_weights signs                        which fact: `sign_weights.toml`
    python -m benchmarks.reader_weights places                       where from: `place_weights.toml`
    python -m benchmarks.reader_weights money                        whose money: `money_weights.toml`

Needs scikit-learn (make for-bench). Logistic regression. Words: whole posts, and each short term of
families.toml as a small text of its own, so that a word nobody posted yet has a weight. Signs: concepts and
words of single sentences; a class for each value of evidence, data and team, and one for the others.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from math import sqrt
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rolematcher.reading.counted import CLASSES, SCALE, words_in
from rolematcher.reading.engagement import engagement_of, told_of
from rolematcher.reading.language import language_of
from rolematcher.reading.money import mentioned
from rolematcher.reading.normal import normalise
from rolematcher.reading.patterns import FILES
from rolematcher.reading.phrases import WORD, tokens_of
from rolematcher.reading.places import WHERE, places_named
from rolematcher.reading.scan import Scan, scan
from rolematcher.reading.signs import FACTS, SILENCE, signs_in
from rolematcher.reading.vocabulary import vocabulary
from rolematcher.reading.whose import OTHER, signs_of_amount

CASES = Path(__file__).parents[1] / "tests" / "reading" / "cases"
READ_SINCE = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth"
"""Sets of texts that were unread when they were first run, and teach since; the first teach words alone."""
READ_FIRST = "mail short long second third fourth last ninth"
ROLE_OF = {"connect": "automation_specialist", "existing": "ai_engineer", "custom": "ml_engineer"}
TERM_WEIGHT, REGULAR, LEAST_WORD, LEAST_SIGN, LEAST_OFTEN, MOST_LETTERS = 0.3, 2.0, 0.05, 0.08, 2, 25
WORDS_HEAD = """# The plain word count: what each single word speaks for, in the order automation specialist,
# AI engineer, ML engineer, other work. Made by benchmarks/reader_weights.py from labelled descriptions and
# families.toml; a word that hardly tells the four apart is left out. Above zero speaks for a class.
"""
MADE = "Made by benchmarks/reader_weights.py."
AROUND = f'# "<word" stands before it, ">word" behind it, doubled right beside it. {MADE}'
HEADS = {
    "sign": """# Signs of facts: what each concept ("tried"; "tried!": denied) and word ("=word") of a
# sentence speaks for, by class. Above zero speaks for a class. Made by benchmarks/reader_weights.py.
""",
    "place": f"""# Signs of a place: what each speaks for; "here": the person works there.
{AROUND}
""",
    "money": f"""# Signs of an amount: what each speaks for, by unit; "other": no pay for the work.
{AROUND}
""",
}
Text = tuple[Collection[str], str, float]
"""Words, class, weight."""
Row = tuple[dict[str, float], str]
"""Signs, class."""
Fitted = tuple[list[str], LogisticRegression]


def scanned(paths: Sequence[Path]) -> Iterator[tuple[dict, Scan]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield case, scan(normalise(case["text"]), vocabulary())


def label_of(case: dict) -> str:
    """The role that a text is labelled with, the first of those that are acceptable, or "none"."""
    return (case["label"] if "label" in case else case["expect"]["role"][0]) or "none"


def terms() -> Iterator[Text]:
    """The short terms of the families, each for the class its family speaks for most."""
    for family in vocabulary().families.values():
        leanings = {name[5:]: vote for name, vote in family.votes.items() if name.startswith("lean.")}
        if family.trade:
            label, weight = "none", TERM_WEIGHT
        elif leanings:
            best = max(leanings, key=lambda name: leanings[name])
            label, weight = ROLE_OF[best], TERM_WEIGHT * leanings[best] / 2
        else:
            continue
        for term in family.terms:
            words = [token.fold for token in tokens_of(term.replace("*", "").replace("=", ""))]
            if 0 < len(words) <= 2:
                yield words, label, weight


def fitted(
    rows: Sequence[dict[str, float]], labels: Sequence[str], weights: Sequence[float] | None = None
) -> Fitted:
    table = DictVectorizer()
    model = LogisticRegression(C=REGULAR, max_iter=5000)
    model.fit(table.fit_transform(rows), labels, sample_weight=weights)
    return list(table.get_feature_names_out()), model


def of_words(texts: Sequence[Text], known: Collection[str]) -> Fitted:
    """The model over the known words, each text brought to one length."""
    kept = [sorted(set(words) & set(known)) for words, _, _ in texts]
    rows = [dict.fromkeys(words, SCALE / sqrt(max(len(words), 1))) for words in kept]
    return fitted(rows, [label for _, label, _ in texts], [weight for _, _, weight in texts])


def words_file(paths: Sequence[Path]) -> str:
    sets = [f"unread_{name}_posts" for name in f"{READ_FIRST} {READ_SINCE}".split()]
    names = ["training_posts", "unread_posts", "unread_posts_more", *sets]
    cases = scanned([*(CASES / f"{name}.jsonl" for name in names), *paths])
    named = list(terms())
    written = [
        (words_in(one), label_of(case), 1.0)
        for case, one in cases
        if "label" in case or "role" in case["expect"]
    ]
    often = Counter(word for words, _, _ in written for word in set(words))
    in_terms = {word for words, _, _ in named for word in words}
    known, first = of_words([*written, *named], {*often, *in_terms})
    telling = {
        word
        for word, row in zip(known, first.coef_.T, strict=True)
        if max(abs(row)) >= LEAST_WORD and (often[word] > 1 or word in in_terms) and len(word) <= MOST_LETTERS
    }
    names, model = of_words([*written, *named], telling)
    order = [list(model.classes_).index(name) for name in CLASSES]
    start = ", ".join(f"{model.intercept_[at]:.2f}" for at in order)
    lines = (
        f'"{word}" = [{", ".join(f"{row[at]:.2f}" for at in order)}]'
        for word, row in zip(names, model.coef_.T, strict=True)
    )
    return f"{WORDS_HEAD}\nstart = [{start}]\n\n[weights]\n" + "\n".join(lines) + "\n"


def weights_file(head: str, taught: Sequence[Row]) -> str:
    """What each sign speaks for, by class; words that are seen once are left out."""
    often = Counter(sign for signs, _label in taught for sign in signs)
    kept = [
        {sign: x for sign, x in signs.items() if sign[0] not in "=<>" or often[sign] >= LEAST_OFTEN}
        for signs, _label in taught
    ]
    names, model = fitted(kept, [label for _signs, label in taught])
    weights: dict[str, list[str]] = defaultdict(list)
    rows, starts = list(model.coef_), list(model.intercept_)
    if len(rows) == 1:  # of two classes only the second is told
        rows, starts = [-rows[0] / 2, rows[0] / 2], [-starts[0] / 2, starts[0] / 2]
    for name, start, row in zip(model.classes_, starts, rows, strict=True):
        weights["start"].append(f'"{name}" = {start:.2f}')
        for sign, weight in zip(names, row, strict=True):
            if abs(weight) >= LEAST_SIGN:
                weights[sign].append(f'"{name}" = {weight:.2f}')
    lines = (
        f"{json.dumps(sign, ensure_ascii=False)} = {{{', '.join(row)}}}"
        for sign, row in sorted(weights.items())
    )
    return f"{head}\n[weights]\n" + "\n".join(lines) + "\n"


def said_in(case: dict) -> list[str]:
    """The facts that a text states ("team developers"); of several colleagues one each, else silence."""
    stated = case.get("says") or case.get("expect", {}).get("facts", {})
    fact = next((fact for fact in FACTS if fact in stated), "")
    values = stated[fact] if fact and isinstance(stated[fact], list) else [stated.get(fact)]
    return [f"{fact} {value}" for value in values] if fact else [SILENCE]


def signs() -> Iterator[Row]:
    names = ["training_sentences", "training_posts", *(f"unread_{name}" for name in READ_SINCE.split())]
    for case, text in scanned([CASES / f"{name}.jsonl" for name in names]):
        for says in said_in(case):
            for sentence in text.sentences:
                yield signs_in(sentence, vocabulary().concepts), says


def places() -> Iterator[Row]:
    """The signs of each place of texts whose place is known, and whether the person works there."""
    for case, text in scanned(sorted(CASES.glob("*.jsonl"))):
        if "place" in case.get("expect", {}):
            for one in places_named(text):
                yield one.signs, WHERE if one.found.country == case["expect"]["place"] else "elsewhere"


def money() -> Iterator[Row]:
    """The signs of each amount of texts whose budget is known, and its unit or "other"."""
    for case, text in scanned(sorted(CASES.glob("*.jsonl"))):
        if "budget" in case.get("expect", {}):
            yield from amounts_of(text, case["expect"]["budget"])


def amounts_of(text: Scan, wanted: dict[str, str] | None) -> Iterator[Row]:
    """An amount that is one end of the budget only teaches nothing."""
    ends = {Decimal(wanted["low"]), Decimal(wanted["high"])} if wanted else set()
    post = any(one.value == "permanent" for one in engagement_of(text, told_of(text), None))
    for one in mentioned(text, language_of(WORD.findall(text.clean.text.lower()), text.clean.text, "")):
        amount = one.amount
        signs = signs_of_amount(amount, one.sentence, one.text, one.governor, post=post)
        if wanted and {amount.low, amount.high} == ends and amount.currency in ("", wanted["currency"]):
            yield signs, wanted["per"]
        elif not ends & {amount.low, amount.high}:
            yield signs, OTHER


TAUGHT: dict[str, Callable[[], Iterator[Row]]] = {"signs": signs, "places": places, "money": money}

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["words", *more]:
            name, text = "word", words_file([Path(one) for one in more])
        case [what] if what in TAUGHT:
            name = what.removesuffix("s")
            text = weights_file(HEADS[name], list(TAUGHT[what]()))
        case _:
            sys.exit("Say which weights: python -m benchmarks.reader_weights words|signs|places|money")
    (Path(str(FILES)) / f"{name}_weights.toml").write_text(text, encoding="utf-8")
