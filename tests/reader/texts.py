"""The texts these tests read, all written for them, and the day they are read on.

`posts.jsonl` holds posts of the three roles with the facts a careful person would fill in ("hard" ones say
it in plain language or lay a trap). `unrelated.jsonl` holds texts of other trades: the reader was developed
on half of them ("development"), the other half was only measured ("held_out").
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

ON = dt.date(2026, 11, 21)
HERE = Path(__file__).parent


def lines_of(name: str) -> list[dict]:
    """The JSON objects of a file beside this one."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


POSTS = lines_of("posts.jsonl")
OTHERS = lines_of("unrelated.jsonl")
