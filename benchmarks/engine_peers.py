"""The role tables in engines that are not ours. In: a rulebook. Out: what decides need, role and course.

zen-engine gets its own JSON decision model made from our rows; SpiffWorkflow gets our DMN export. Both are
checked against our results before anything is timed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from rolematcher.engine.model import Rulebook, Table
from rolematcher.engine.proof.dmn import NAMESPACE, dmn_names, dmn_xml
from rolematcher.engine.sheets.compiled import ROLE_TABLES

Facts = Mapping[str, str]


class Zen:
    """zen-engine with the role tables one after the other, every result handed on."""

    def __init__(self, rulebook: Rulebook) -> None:
        import zen

        model = jdm(rulebook)
        self.names = dmn_names(rulebook)
        self.decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(model)))
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {"role": model}}})

    def context(self, facts: Facts) -> dict[str, str]:
        """Facts under the names the model uses."""
        return {self.names[fact]: value for fact, value in facts.items()}

    def decide(self, context: dict[str, str]) -> tuple[str, ...]:
        """Need, role and course."""
        result = self.decision.evaluate(context)["result"]
        return tuple(result[table] for table in ROLE_TABLES)

    def trace(self, context: dict[str, str]) -> Any:
        """The response with zen's trace."""
        return self.decision.evaluate(context, {"trace": True})

    def batch(self, requests: list[Any]) -> Any:
        """Many at once, on as many threads as zen likes."""
        return self.engine.evaluate_batch(requests)

    def requests(self, contexts: list[dict[str, str]]) -> list[Any]:
        """What `batch` takes."""
        return [{"key": "role", "context": context} for context in contexts]


def jdm(rulebook: Rulebook) -> dict[str, Any]:
    """The role tables as zen's JSON decision model: input, one decision table after the other, output."""
    names = dmn_names(rulebook)
    place = {"x": 0, "y": 0}
    nodes: list[dict[str, Any]] = [{"id": "in", "name": "in", "type": "inputNode", "position": place}]
    nodes += [
        {
            "id": table.id,
            "name": table.id,
            "type": "decisionTableNode",
            "position": place,
            "content": _content(table, names),
        }
        for table in rulebook.tables
        if table.id in ROLE_TABLES
    ]
    nodes.append({"id": "out", "name": "out", "type": "outputNode", "position": place})
    ids = [node["id"] for node in nodes]
    edges = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in pairwise(ids)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _content(table: Table, names: Mapping[str, str]) -> dict[str, Any]:
    read = list(dict.fromkeys(condition.fact for rule in table.rules for condition in rule.when))
    rows = []
    for rule in table.rules:
        allowed = {condition.fact: condition.allowed for condition in rule.when}
        cells = {fact: ", ".join(json.dumps(value) for value in allowed.get(fact, ())) for fact in read}
        rows.append({"_id": rule.id, "result": json.dumps(rule.result), **cells})
    return {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "type": "expression", "field": names[fact]} for fact in read],
        "outputs": [{"id": "result", "name": table.id, "type": "expression", "field": table.id}],
        "rules": rows,
        "passThrough": True,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }


def spiff(rulebook: Rulebook) -> Callable[[dict[str, str]], tuple[str, ...]]:
    """SpiffWorkflow's DMN engine on our export, without the annotation columns, which it does not know."""
    from lxml import etree
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

    engines = []
    for table in rulebook.tables:
        if table.id in ROLE_TABLES:
            document = etree.fromstring(dmn_xml(rulebook, table).encode())
            for column in document.findall(f".//{{{NAMESPACE}}}annotation"):
                column.getparent().remove(column)
            parser = BpmnDmnParser()
            parser.add_dmn_xml(document)
            (read,) = parser.dmn_parsers.values()
            read.parse()
            engines.append(DMNEngine(read.decision.decisionTables[0]))
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())

    def decide(context: dict[str, str]) -> tuple[str, ...]:
        data = dict(context)
        for engine in engines:
            data |= engine.result(SimpleNamespace(data=data, workflow=workflow))
        return tuple(data[table] for table in ROLE_TABLES)

    return decide
