"""Ten thousand damaged rulebooks: each is refused with a RulebookError or works all the way."""

import random
import re
from pathlib import Path

import pytest

from rolematcher.engine.decision.decide import decide_full
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import Rulebook
from rolematcher.engine.proof.compare import compare
from rolematcher.engine.proof.dmn import dmn_files
from rolematcher.engine.proof.golden import golden_texts
from rolematcher.engine.proof.proof import proof, table_proof
from rolematcher.engine.rulebook.read import rulebook_read
from tests.engine.made_rulebooks import question, rule, rulebook_of, table

SMALL = (Path(__file__).parent / "small_rulebook.toml").read_text(encoding="utf-8")
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


def damaged(text: str, dice: random.Random) -> str:
    """The text after one to five accidents: words lost, doubled, swapped, replaced; lines moved; cut off."""
    pieces = TOKENS.findall(text)
    for _ in range(dice.randint(1, 5)):
        at, other = dice.randrange(len(pieces)), dice.randrange(len(pieces))
        match dice.randrange(7):
            case 0:
                del pieces[at : at + dice.randint(1, 8)]
            case 1:
                pieces[at:at] = pieces[at : at + dice.randint(1, 8)]
            case 2:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 3:
                pieces[at] = pieces[other]
            case 4:
                pieces[at] = "".join(chr(dice.randrange(1, 0x3000)) for _ in range(3))
            case 5:
                pieces[at:at] = pieces[other : other + dice.randint(1, 60)]
            case _:
                pieces = pieces[: max(20, at)] if dice.random() < 0.1 else pieces
    return "".join(pieces)


def used(text: str) -> bool:
    """Read it and, if it reads, use it in every way there is. Raises anything but a RulebookError."""
    try:
        made = rulebook_read(text)
        proof(made)
        golden_texts(made)
        compare(made, rulebook_read(SMALL))
        decide_full(made, {}).as_dict()
        dmn_files(made)
    except RulebookError as error:
        assert 10 < len(str(error)) < 1_000
        return False
    return True


def test_damaged_texts_are_refused_or_work_all_the_way():
    dice = random.Random(20261121)
    worked = sum(used(damaged(SMALL, dice)) for _ in range(3_000))
    assert 30 < worked < 2_700


@pytest.mark.slow
def test_ten_thousand_damaged_texts_are_refused_or_work_all_the_way(rulebook_text: str):
    dice = random.Random(4)
    worked = sum(used(damaged(SMALL, dice)) for _ in range(9_500))
    worked += sum(used(damaged(rulebook_text, dice)) for _ in range(500))
    assert worked > 100


def test_cyclic_tables_are_refused_naming_the_place():
    text = SMALL.replace('when = { work = "connect" }', 'when = { role = "ml_engineer" }')
    with pytest.raises(RulebookError, match="connects"):
        rulebook_read(text)


@pytest.mark.parametrize("name", ["class", "3rd", "a b", "ünï", "x" * 200, "__proto__", ""])
def test_names_that_are_no_identifiers_are_refused_or_work(name: str):
    used(SMALL.replace("work", name))
    used(SMALL.replace("connects", name))


def many_rows(rows: int) -> Rulebook:
    """A rulebook of so many overlapping rows over twelve questions."""
    dice = random.Random(rows)
    values = ("a", "b", "c", "d", "unsure")
    asked = [question(f"q{n}", *values) for n in range(12)]
    wide = [
        rule(
            f"r{n}",
            "role",
            dice.choice(("ai", "ml")),
            **{f"q{m}": tuple(dice.sample(values, 4)) for m in dice.sample(range(12), 9)},
        )
        for n in range(rows)
    ]
    return rulebook_of(asked, [table("role", wide, choices=("ai", "ml"))])


@pytest.mark.slow
def test_thousands_of_tangled_rows_are_given_up_with_an_error_not_worked_on_for_minutes():
    made = many_rows(1_500)
    for work in (
        table_proof,
        golden_texts,
        lambda it: compare(it, many_rows(10)),
        lambda it: decide_full(it, {}),
    ):
        with pytest.raises(RulebookError):
            work(made)
