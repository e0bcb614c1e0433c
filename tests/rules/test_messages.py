"""Every message of these rooms is listed with its values, so that words can be asked for each."""

import re
from pathlib import Path

from rolematcher.rules.messages import MESSAGES
from rolematcher.values.messages import MESSAGES as VALUES

ROOMS = Path(__file__).parents[2] / "rolematcher"
SAID = re.compile(
    r'(?:\.fail|_refuse|_wrong|_error|_said)\(\s*(?:field, |id, |"[a-z_.]+", |question\.id, )?"([a-z_]+)"'
    r'|id="((?:rules|answers|values)\.[a-z_.]+)"'
)


def said(room: str) -> set[str]:
    """The last part of every id in the source of a room."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOMS / room).glob("*.py")]
    found = [match for text in sources for match in SAID.finditer(text)]
    return {(match[1] or match[2]).rpartition(".")[2] for match in found}


def test_every_message_said_is_listed():
    listed = {id.rpartition(".")[2] for id in MESSAGES | VALUES}
    assert said("rules") | said("values") <= listed


def test_no_message_is_listed_that_nothing_says():
    source = "".join(
        p.read_text(encoding="utf-8") for room in ("rules", "values") for p in (ROOMS / room).glob("*.py")
    )
    made = {
        f"{kind}_{what}" for kind in ("question", "choice", "table", "result") for what in ("gone", "new")
    }
    for id in MESSAGES | VALUES:
        last = id.rpartition(".")[2]
        assert last in made or re.search(rf'(?<!"rules\.text\.)"(?:[a-z]+\.)*{last}"(?!: )', source), id
