"""Damaged, huge and hostile rulebook texts are refused with one short error, never anything else."""

import random
from pathlib import Path

import pytest

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.rulebook.read import rulebook_read

SMALL = (Path(__file__).parent / "small_rulebook.toml").read_text(encoding="utf-8")


def refusal(text: str) -> str:
    with pytest.raises(RulebookError) as caught:
        rulebook_read(text)
    return str(caught.value)


HOSTILE = {
    "ten megabytes": "a" * 10_000_000,
    "a million rules": "[[rule]]\n" * 1_000_000,
    "a hundred thousand rules": "[[rule]]\n" * 100_000,
    "a deep header": "[" + ".".join("a" * 200_000) + "]\nb = 1",
    "deep brackets": "a = " + "[" * 300_000,
    "deep tables": "a = " + "{a=" * 200_000,
    "a wall of quotes": "a = " + '"' * 900_000,
    "a number of many digits": "a = " + "9" * 900_000,
    "half a character pair": 'a = "\ud800"',
    "many questions": 'title = "x"\n' + "".join(f"[question.k{number}]\n" for number in range(40_000)),
    "many keys": "".join(f"k{number} = 1\n" for number in range(60_000)),
    "a long name": "k" * 900_000 + " = 1",
    "nothing": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_with_a_short_message(text):
    assert len(refusal(text)) < 400


def test_a_rulebook_at_the_limit_is_read_and_one_above_it_refused():
    row = (
        '[[rule]]\nid = "r-{}"\nwhen = {{ work = "connect" }}\nthen = {{ need = "connect" }}\nbecause = "x"\n'
    )
    head, tail = SMALL.split("[[rule]]", 1)
    extra = "".join(row.format(number) for number in range(5_000 - 5))
    assert len(rulebook_read(head + extra + "[[rule]]" + tail).table("need").rules) == 4_997
    assert "has 5,001 rules" in refusal(head + extra + row.format("one-more") + "[[rule]]" + tail)


def test_damaged_texts_are_read_or_refused_but_never_fail_otherwise():
    """Seeded, so that a failure can be repeated."""
    rng = random.Random(20261121)
    pieces = SMALL.splitlines(keepends=True)
    junk = [
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        "=",
        ".",
        "#",
        "\n",
        "\\",
        "\0",
        "\u202e",
        "unsure",
        "[[rule]]\n",
        "3",
        "é",
        "[output.",
        "{}",
        "[]",
        "true",
        "nan",
        "1e400",
        '"""',
        "\ud800",
    ]
    read = 0
    for _ in range(2_000):
        text = SMALL
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(text))
            match rng.randrange(5):
                case 0:
                    text = text[:at] + rng.choice(junk) + text[at:]
                case 1:
                    text = text[:at] + text[at + rng.randint(1, 30) :]
                case 2:
                    text = text[:at] + rng.choice(pieces) + text[at:]
                case 3:
                    text = text[:at] + chr(rng.randrange(0x11000)) + text[at + 1 :]
                case _:
                    lines = text.splitlines(keepends=True)
                    lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))
                    text = "".join(lines)
        try:
            rulebook_read(text)
            read += 1
        except RulebookError as error:
            assert len(str(error)) < 600
            assert str(error).endswith(".")
    assert 20 < read < 1_500
