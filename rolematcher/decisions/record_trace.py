"""A trace in, the part all decisions of the edition share and the letters that are its own out; and back.

Which rows, conditions and words stand in a trace follows from the rulebook alone. A decision adds a value per
fact, the result per table, and one letter for each row and each condition: how it came out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OUTCOMES = {"applied": "a", "failed": "f", "unknown": "u", "not_reached": "n"}
HELD = {"yes": "y", "no": "n", "unknown": "u"}
OUTCOME_OF = {letter: word for word, letter in OUTCOMES.items()}
HELD_OF = {letter: word for word, letter in HELD.items()}

Json = Any


def trace_split(trace: Json) -> tuple[Json, Json] | None:
    """The shared part and the decision's own. None where the trace is not of the known shape."""
    try:
        shared, own = _split(trace)
        return (shared, own) if trace_join(shared, own) == trace else None
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
        return None


def trace_join(shared: Json, own: Json) -> Json:
    """The trace that was split."""
    values = own["values"]
    return [
        {
            **{key: table[key] for key in ("table", "title", "take")},
            "result": result,
            "words": words,
            "rules": _rules(table["rules"], iter(letters), values),
        }
        for table, (result, words, letters) in zip(shared, own["tables"], strict=True)
    ]


def _split(trace: Json) -> tuple[Json, Json]:
    values: dict[str, list[str]] = {}
    shared, tables = [], []
    for table in trace:
        letters, rules = [], []
        for rule in table["rules"]:
            letters.append(OUTCOMES[rule["outcome"]])
            conditions = []
            for condition in rule["conditions"]:
                letters.append(HELD[condition["held"]])
                values[condition["fact"]] = [condition["value"], condition["words"]]
                conditions.append({key: condition[key] for key in ("fact", "label", "allowed")})
            rules.append(
                {**{key: rule[key] for key in ("rule", "result", "because")}, "conditions": conditions}
            )
        shared.append({**{key: table[key] for key in ("table", "title", "take")}, "rules": rules})
        tables.append([table["result"], table["words"], "".join(letters)])
    return shared, {"values": values, "tables": tables}


def _rules(rules: Json, letters: Iterator[str], values: Json) -> Json:
    joined = []
    for rule in rules:
        outcome = OUTCOME_OF[next(letters)]
        conditions = []
        for condition in rule["conditions"]:
            value, words = values[condition["fact"]]
            conditions.append(
                {
                    **{key: condition[key] for key in ("fact", "label")},
                    "value": value,
                    "words": words,
                    "allowed": list(condition["allowed"]),
                    "held": HELD_OF[next(letters)],
                }
            )
        joined.append(
            {
                **{key: rule[key] for key in ("rule", "result", "because")},
                "outcome": outcome,
                "conditions": conditions,
            }
        )
    return joined
