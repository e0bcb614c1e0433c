"""The decision against zen-engine doing the same. In: nothing. Out: figures of one run, medians and ratios.

    python -m benchmarks.rules [--rounds 7]

CPU seconds, since other work shares the machine; both take turns within every round. Before anything is timed
they must give the same need, role and recommendation.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import cycle, pairwise
from typing import Any

import numpy as np
import zen

from benchmarks.measure import asked, in_turn, status
from rolematcher.rules.answer_table import ROLE_TABLES, AnswerTable, answer_table
from rolematcher.rules.decide import conclude, settle_facts
from rolematcher.rules.firmness import firmness
from rolematcher.rules.read import shipped_rulebook
from rolematcher.rules.rulebook import Rulebook, Table

SHEETS, ZEN_AIM = 2_000, 100
Facts = dict[str, str]


def name_of(fact: str) -> str:
    """A fact as zen's expressions can name it."""
    return fact.replace(".", "_")


def zen_table(table: Table) -> dict[str, Any]:
    """One of our tables as zen's decision table."""
    read = list(dict.fromkeys(condition.fact for rule in table.rules for condition in rule.when))
    rows = []
    for rule in table.rules:
        allowed = {condition.fact: condition.allowed for condition in rule.when}
        cells = {fact: ", ".join(json.dumps(value) for value in allowed.get(fact, ())) for fact in read}
        rows.append({"_id": rule.id, "result": json.dumps(rule.result), **cells})
    return {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "type": "expression", "field": name_of(fact)} for fact in read],
        "outputs": [{"id": "result", "name": table.id, "type": "expression", "field": table.id}],
        "rules": rows,
        "passThrough": True,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }


class Zen:
    """The tables that settle the role, one after the other, in zen-engine."""

    def __init__(self, rulebook: Rulebook) -> None:
        tables = {id: {"content": zen_table(rulebook.table(id))} for id in ROLE_TABLES}
        kinds = {"in": "inputNode", **dict.fromkeys(tables, "decisionTableNode"), "out": "outputNode"}
        at = {"position": {"x": 0, "y": 0}}
        nodes = [{"id": id, "name": id, "type": kind} | at | tables.get(id, {}) for id, kind in kinds.items()]
        edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in pairwise(kinds)]
        model = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
        self.decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(model)))

    def decide(self, facts: Facts, *, trace: bool = False) -> tuple[str, ...]:
        """Need, role and recommendation."""
        context = {name_of(fact): value for fact, value in facts.items()}
        given = self.decision.evaluate(context, {"trace": True}) if trace else self.decision.evaluate(context)
        return tuple(given["result"][table] for table in ROLE_TABLES)


def changed(table: AnswerTable, facts: Facts) -> list[Facts]:
    """The sheet with every other known answer to every question, one at a time."""
    now = table.index(facts)
    others = ((axis, place) for axis in table.axes for place in axis.known if place != axis.at(now))
    return [facts | dict(zip(axis.facts, axis.states[place], strict=True)) for axis, place in others]


def main() -> int:
    """Measure everything and print it; status 1 where an aim is missed."""
    rounds = asked(__doc__, rounds=7).rounds
    rulebook, dice = shipped_rulebook(), np.random.default_rng(20261121)
    table, peer, firm = answer_table(rulebook), Zen(rulebook), firmness(rulebook)
    sheets = [table.facts(int(index)) for index in dice.integers(0, table.sheets, SHEETS)]
    for facts in sheets[:300]:
        assert tuple(table.outcome(table.index(facts))) == peer.decide(facts), facts
    hundreds = cycle([sheets[start : start + 100] for start in range(0, SHEETS, 100)])

    def with_changes() -> None:
        for facts in next(hundreds):
            settle_facts(rulebook, facts)
            firm.changes(table.index(facts))

    def whole() -> None:
        for facts in next(hundreds):
            conclude(settle_facts(rulebook, facts))

    def zen_with_changes() -> None:
        for facts in sheets[:10]:
            peer.decide(facts, trace=True)
            for one in changed(table, facts):
                peer.decide(one)

    works = {"trace and changes": with_changes, "the whole verdict": whole, "zen": zen_with_changes}
    took = in_turn(works, rounds, time.process_time)
    ours, verdict, theirs = took["trace and changes"] / 100, took["the whole verdict"] / 100, took["zen"] / 10
    print(f"{table.sheets:,} answer sheets; medians of {rounds} rounds, CPU time")
    print(f"ours, with trace and changes {ours * 1e6:,.0f} us; zen the same {theirs * 1e6:,.0f} us")
    print(f"ours, the whole verdict {verdict * 1e6:,.0f} us")
    quick = "the whole verdict, with all that the live panel shows: under 1 ms"
    times = f"{theirs / ours:,.0f} times zen doing the same (aim {ZEN_AIM})"
    return status([(theirs / ours >= ZEN_AIM, times), (verdict < 1e-3, quick)])


if __name__ == "__main__":
    sys.exit(main())
