"""The rule engine against its peers. In: nothing. Out: every figure of one run, medians and ratios.

    python -m benchmarks.engine [--rounds 7]

CPU seconds, since other work shares the machine; the contestants take turns within every round. Before
anything is timed all of them must give the same results.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.engine_inputs import large_rulebook, one_answer_changes, random_sheets
from benchmarks.engine_peers import Zen, spiff
from rolematcher.engine.decision.decide import decide, decide_full, decide_plain
from rolematcher.engine.model import Rulebook
from rolematcher.engine.proof.cases import cases_of, role_cases
from rolematcher.engine.proof.compare import compare
from rolematcher.engine.proof.proof import table_proof
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.engine.sheets.bulk import replay
from rolematcher.engine.sheets.compiled import ROLE_TABLES, compile_rulebook, compiled_for_role
from rolematcher.engine.sheets.explain import explainer
from rolematcher.engine.sheets.firmness import firmness
from rolematcher.engine.sheets.lookup import role_lookup

RULEBOOK = Path(__file__).parents[1] / "rolematcher" / "data" / "rulebook.toml"
MILLION = 1_000_000


@dataclass
class Figures:
    """Seconds of CPU a contestant took for one piece of work, a number a round."""

    rounds: int
    taken: dict[str, list[float]] = field(default_factory=dict)

    def take_turns(self, works: dict[str, tuple[int, Callable[[], object]]]) -> None:
        """Time each work once a round; a work is how many pieces it does, and the call that does them."""
        for _, work in works.values():
            work()
        for _ in range(self.rounds):
            for name, (pieces, work) in works.items():
                start = time.process_time()
                work()
                self.taken.setdefault(name, []).append((time.process_time() - start) / pieces)

    def median(self, name: str) -> float:
        """Seconds for one piece."""
        return statistics.median(self.taken[name])

    def times_faster(self, ours: str, theirs: str) -> float:
        """How many times the work of theirs ours does, the median of the rounds' ratios."""
        pairs = zip(self.taken[ours], self.taken[theirs], strict=True)
        return statistics.median(other / mine for mine, other in pairs)


def same_results(rulebook: Rulebook, zen: Zen, other: Callable[[Any], Any]) -> None:
    """Stop unless all contestants agree on a thousand sheets and on all their one-answer changes."""
    for facts in random_sheets(rulebook, 200):
        ours = role_lookup(rulebook).of_facts(facts)
        context = zen.context(facts)
        plain = decide_plain(rulebook, facts)
        assert ours == tuple(plain[id] for id in ROLE_TABLES) == zen.decide(context) == other(context)
        given = {
            tuple(outcome): (step.axis.facts, step.axis.state_of(step.then))
            for step, outcome in explainer(rulebook).of_facts(facts).changes
        }
        for outcome, (names, state) in given.items():
            changed = facts | dict(zip(names, state, strict=True))
            assert zen.decide(zen.context(changed)) == outcome


def decisions(rulebook: Rulebook, rounds: int) -> Figures:
    """Results only, with trace, with every one-answer change, with full firmness; ours and theirs."""
    zen, other = Zen(rulebook), spiff(rulebook)
    same_results(rulebook, zen, other)
    sheets = random_sheets(rulebook, 20_000)
    contexts = [zen.context(facts) for facts in sheets[:2_000]]
    requests = zen.requests(contexts)
    changed = [[zen.context(c) for c in one_answer_changes(rulebook, facts)] for facts in sheets[:30]]
    lookup, explain = role_lookup(rulebook), explainer(rulebook)
    thousands = cycle([sheets[start : start + 1_000] for start in range(0, len(sheets), 1_000)])

    def each(work: Callable[[dict[str, str]], object]) -> None:
        """A thousand sheets, others every time: what is looked up must not be what was asked just before."""
        for facts in next(thousands):
            work(facts)

    def zen_changes() -> None:
        for context, others in zip(contexts, changed, strict=False):
            zen.trace(context)
            for one in others:
                zen.decide(one)

    figures = Figures(rounds)
    figures.take_turns(
        {
            "ours, many at once": (len(sheets), lambda: lookup.of_many(sheets)),
            "ours, one by one": (len(sheets), lambda: [lookup.of_facts(facts) for facts in sheets]),
            "zen, many at once": (len(contexts), lambda: zen.batch(requests)),
            "zen, one by one": (500, lambda: [zen.decide(context) for context in contexts[:500]]),
            "SpiffWorkflow": (100, lambda: [other(context) for context in contexts[:100]]),
            "ours, all tables with trace": (1_000, lambda: each(partial(decide, rulebook))),
            "zen with trace": (500, lambda: [zen.trace(context) for context in contexts[:500]]),
            "ours, trace and changes": (1_000, lambda: each(explain.of_facts)),
            "zen, trace and changes": (len(changed), zen_changes),
            "ours, firmness": (1_000, lambda: each(lambda facts: firmness(rulebook, facts).as_dict())),
            "ours, full verdict": (1_000, lambda: each(lambda facts: decide_full(rulebook, facts).as_dict())),
        }
    )
    return figures


def whole(rulebook: Rulebook, text: str, rounds: int) -> Figures:
    """Everything about all sheets at once: proof, the whole space, comparison, replay of a million."""
    import numpy as np

    large, widened = large_rulebook(), rulebook_read(text.replace('course = "hire_pair"', 'course = "hire"'))
    layout = compiled_for_role(rulebook).layout
    dice = np.random.default_rng(20261121)
    million = np.zeros(MILLION, dtype=np.int64)
    for axis, start, _ in layout.packing:
        places = [place for place, bit in enumerate(axis.bits.values()) if bit & axis.possible]
        million |= dice.choice(places, MILLION) << start
    stored = [json.dumps(facts) for facts in random_sheets(rulebook, 5_000)]
    zen = Zen(rulebook)

    def by_json() -> None:
        for line in stored:
            decide_plain(rulebook, json.loads(line))

    def by_zen() -> None:
        zen.batch(zen.requests([zen.context(json.loads(line)) for line in stored]))

    figures = Figures(rounds)
    figures.take_turns(
        {
            "proof of ours": (1, lambda: table_proof(rulebook)),
            "proof of the large one": (1, lambda: table_proof(large)),
            "whole space": (1, lambda: cases_of(compile_rulebook(rulebook, ROLE_TABLES)).count(["role"])),
            "comparison": (1, lambda: compare(rulebook, widened)),
            "replay, packed": (MILLION, lambda: replay(million, rulebook)),
            "replay, JSON and one by one": (len(stored), by_json),
            "replay, JSON and zen": (len(stored), by_zen),
        }
    )
    return figures


def show(what: str, figure: str, aim: str = "", *, met: bool = True) -> None:
    """Print one line of figures."""
    verdict = "" if not aim else f"   aim {aim}: {'met' if met else 'MISSED'}"
    print(f"  {what:44}{figure:>20}{verdict}")


def show_decisions(figures: Figures) -> None:
    """Print what `decisions` measured."""
    print("\nDecisions a CPU second (need, role, course)")
    for name in figures.taken:
        show(name, f"{1 / figures.median(name):,.0f}")
    print("\nRatios")
    peers = ("zen, many at once", "zen, one by one", "SpiffWorkflow")
    best = min(peers, key=figures.median)
    ratio = figures.times_faster("ours, many at once", best)
    show(f"result only, against {best}", f"{ratio:,.0f} x", ">= 50 x", met=ratio >= 50)
    ratio = figures.times_faster("ours, one by one", "zen, one by one")
    show("result only, each one by one", f"{ratio:,.0f} x")
    ratio = figures.times_faster("ours, trace and changes", "zen, trace and changes")
    show("trace and every one-answer change, against zen", f"{ratio:,.0f} x", ">= 200 x", met=ratio >= 200)
    seconds = figures.median("ours, firmness")
    show("full firmness of a sheet", f"{seconds * 1e6:,.0f} us", "< 500 us", met=seconds < 500e-6)


def show_whole(rulebook: Rulebook, figures: Figures) -> None:
    """Print what `whole` measured."""
    print("\nAll answer sheets at once, CPU time")
    cases = role_cases(rulebook)
    for name, aim in (
        ("proof of ours", 1.0),
        ("proof of the large one", 1.0),
        ("whole space", 0.020),
        ("comparison", None),
    ):
        seconds = figures.median(name)
        limit = f"< {aim * 1e3:,.0f} ms" if aim else ""
        show(name, f"{seconds * 1e3:,.1f} ms", limit, met=not aim or seconds < aim)
    rules = sum(len(table.rules) for table in rulebook.tables)
    print(f"    ours: {rules} rules; the role has {cases.sheets:,} sheets in {len(cases.cases)} cases")
    print(f"    the large one: 200 rules, 20 questions of 6 choices, {6**20:,} sheets")
    seconds = figures.median("replay, packed") * MILLION
    show("replay of 1,000,000 packed sheets", f"{seconds * 1e3:,.0f} ms", "< 200 ms", met=seconds < 0.2)
    ratio = figures.times_faster("replay, packed", "replay, JSON and one by one")
    show("against JSON and one by one", f"{ratio:,.0f} x", ">= 2 x", met=ratio >= 2)
    ratio = figures.times_faster("replay, packed", "replay, JSON and zen")
    show("against JSON and zen's batch", f"{ratio:,.0f} x", ">= 50 x", met=ratio >= 50)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often everyone has a turn")
    rounds = parser.parse_args().rounds
    text = RULEBOOK.read_text(encoding="utf-8")
    rulebook = rulebook_read(text)
    print(f"Medians of {rounds} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    show_decisions(decisions(rulebook, rounds))
    show_whole(rulebook, whole(rulebook, text, rounds))


if __name__ == "__main__":
    main()
