"""The decision, in three named steps. Answers -> `settle` -> (pay outside) -> `conclude` -> `Verdict`.

`settle` works out every "first rule wins" table (role, recommendation, seniority, type of contract,
headcount); pay is estimated for exactly that; `conclude` lets advice and risks speak, which may read what
pay found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from .answer_table import ROLE_TABLES
from .answers import Answers
from .facts import facts_of
from .firmness import firmness
from .rulebook import FIRST, Rulebook
from .trace import TableSaid, tables_traced
from .verdict import NextQuestion, PayFacts, Reason, Verdict

RESULT_TABLES = (*ROLE_TABLES, "seniority", "engagement_type", "headcount")


class Settled(NamedTuple):
    """What the answers give before pay is known, each result "" where no table or no rule gives it.

    `facts` are the answers as rules read them, `said` and `results` what each "first rule wins" table gave.
    `need` is the kind of model work, `role` "none" where another trade does it, `headcount` one, pair, none.
    """

    rulebook: Rulebook
    facts: Mapping[str, str]
    said: Mapping[str, TableSaid]
    results: Mapping[str, str]
    need: str = ""
    role: str = ""
    recommendation: str = ""
    seniority: str = ""
    engagement_type: str = ""
    headcount: str = ""


def settle(rulebook: Rulebook, answers: Answers, on: date) -> Settled:
    """Role, recommendation, seniority, type of contract and headcount for answers as they stand on a day."""
    return settle_facts(rulebook, facts_of(rulebook, answers, on))


def settle_facts(rulebook: Rulebook, facts: Mapping[str, str]) -> Settled:
    """The same from facts; those left out count as unanswered."""
    tables, complete = tables_traced(rulebook), {**rulebook.defaults, **facts}
    values = dict(complete)
    said: dict[str, TableSaid] = {}
    results: dict[str, str] = {}
    for table in rulebook.tables:
        if table.take == FIRST:
            said[table.id] = tables[table.id](values)
            results[table.id] = values[table.id] = said[table.id].result
    named = {id: results[id] for id in RESULT_TABLES if id in results}
    return Settled(rulebook, complete, said, results, **named)


def conclude(settled: Settled, pay: PayFacts | None = None, *, declined: Collection[str] = ()) -> Verdict:
    """The whole decision: advice and risks, what is still open, and the trace.

    `declined` are questions answered "I don't know", which are not asked again. Raises `RulebookError` where
    the edition has more answer sheets than can be told apart (a checked one never does).
    """
    rulebook = settled.rulebook
    known = (pay or PayFacts()).model_dump()
    facts = {id: known.get(id, value) for id, value in settled.facts.items()}
    said, tables, values = dict(settled.said), tables_traced(rulebook), {**facts, **settled.results}
    for table in rulebook.tables:
        if table.id not in said:
            said[table.id] = tables[table.id](values)
    firm = firmness(rulebook)
    index = firm.table.index(facts)
    roles, recommendations = firm.possible_results(index)
    reasons = _of(said, RESULT_TABLES)
    rules = [rulebook.rule(reason.rule) for reason in reasons if reason.table in ROLE_TABLES]
    return Verdict(
        need=settled.need,
        role=settled.role,
        recommendation=settled.recommendation,
        seniority=settled.seniority,
        engagement_type=settled.engagement_type,
        headcount=settled.headcount,
        provisional=any(rule.provisional for rule in rules),
        firm=firm.possible(index) == {(settled.role, settled.recommendation)},
        role_firm=roles == (settled.role,),
        asks=tuple(dict.fromkeys(rule.ask for rule in rules if rule.ask)),
        reasons=reasons,
        advice=_of(said, ("advice",)),
        risks=_of(said, ("risk",)),
        possible_roles=roles,
        possible_recommendations=recommendations,
        unknowns=firm.unknowns(facts),
        next_question=firm.next_question(index, declined),
        changes=firm.changes(index),
        distance={role: firm.shortest(index, role) for role in firm.roles if role != settled.role},
        nearly=tuple(near for id in ROLE_TABLES if id in said for near in said[id].nearly),
        facts=facts,
        trace=tuple(said[table.id].tried for table in rulebook.tables),
    )


def _of(said: Mapping[str, TableSaid], tables: Collection[str]) -> tuple[Reason, ...]:
    """The reasons that these tables gave, in their order."""
    return tuple(reason for id in tables if id in said for reason in said[id].reasons)


def next_question(
    rulebook: Rulebook, answers: Answers, declined: Collection[str], on: date
) -> NextQuestion | None:
    """The question to ask next: open, not declined, and one whose reply can change who or whether to hire.

    The one that leaves the fewest roles, then recommendations, on average; one that changes something alone
    comes before one that does so only together with others. None when nothing that may be asked can.
    """
    firm = firmness(rulebook)
    return firm.next_question(firm.table.index(facts_of(rulebook, answers, on)), declined)


def questions_open(rulebook: Rulebook, answers: Answers, declined: Collection[str], on: date) -> int:
    """About how many questions are left to ask ("2 of about 4"); 0 when `next_question` has none."""
    firm = firmness(rulebook)
    return firm.questions_open(firm.table.index(facts_of(rulebook, answers, on)), declined)
