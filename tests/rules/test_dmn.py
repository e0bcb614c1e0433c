"""The DMN export is valid by the published schema and decides alike in an engine that is not ours."""

import random
from pathlib import Path
from types import SimpleNamespace

import pytest
import SpiffWorkflow
from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

from rolematcher.rules import PayFacts, conclude, settle_facts
from rolematcher.rules.dmn import NAMESPACE, dmn_files, dmn_names, dmn_xml
from rolematcher.rules.rulebook import FIRST, UNSURE, Rulebook
from tests.rules.made_rulebooks import question, random_facts, rule, rulebook_of, table

# The standard's own schema, as SpiffWorkflow brings it along.
SCHEMA = Path(SpiffWorkflow.__file__).parent / "dmn" / "parser" / "schema" / "DMN13.xsd"
DMN = {"dmn": NAMESPACE}
SCRIPTS = PythonScriptEngine()
PAY = ("budget_cover", "figure", "search_time")


@pytest.fixture(scope="module")
def documents(rulebook: Rulebook) -> dict[str, etree._Element]:
    return {name: etree.fromstring(xml.encode()) for name, xml in dmn_files(rulebook).items()}


def test_every_document_is_valid_by_the_published_schema(documents):
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    for document in documents.values():
        schema.assertValid(document)


def test_each_rule_keeps_its_id_its_sentence_and_its_source(rulebook: Rulebook, documents):
    for made in rulebook.tables:
        (body,) = documents[f"{made.id}.dmn"].findall(".//dmn:decisionTable", DMN)
        assert [column.get("name") for column in body.findall("dmn:annotation", DMN)] == ["Because", "Source"]
        for row, entry in zip(body.findall("dmn:rule", DMN), made.rules, strict=True):
            because, source = row.iterfind("dmn:annotationEntry/dmn:text", DMN)
            publisher = rulebook.source(entry.source).publisher if entry.source else "Our guideline"
            assert (row.get("id"), because.text) == (f"rule_{entry.id}", entry.because)
            assert source.text.startswith(publisher)


def other_engine(xml: str) -> DMNEngine:
    """A table in SpiffWorkflow. It does not know annotation columns; nothing else is touched."""
    document = etree.fromstring(xml.encode())
    for column in document.findall(".//dmn:annotation", DMN):
        column.getparent().remove(column)
    parser = BpmnDmnParser()
    parser.add_dmn_xml(document)
    (read,) = parser.dmn_parsers.values()
    read.parse()
    return DMNEngine(read.decision.decisionTables[0])


def decided_elsewhere(
    rulebook: Rulebook, engines: dict[str, DMNEngine], facts: dict[str, str]
) -> dict[str, object]:
    """All tables worked out by the other engine, each first-wins result handed on to the next."""
    names = dmn_names(rulebook)
    data = {names[False, fact]: value for fact, value in facts.items()}
    workflow = SimpleNamespace(script_engine=SCRIPTS)
    results: dict[str, object] = {}
    for made in rulebook.tables:
        given = engines[made.id].result(SimpleNamespace(data=data, workflow=workflow))
        if made.take == FIRST:
            results[made.id] = data[names[True, made.id]] = given.get(names[True, made.id], "")
        else:
            results[made.id] = given.get(names[True, made.id], [])
    return results


def decided_here(rulebook: Rulebook, facts: dict[str, str]) -> dict[str, object]:
    verdict = conclude(settle_facts(rulebook, facts), PayFacts(**{k: facts[k] for k in PAY if k in facts}))
    spoken = [*verdict.reasons, *verdict.advice, *verdict.risks]
    takes = {made.id: made.take for made in rulebook.tables}
    given = {id: [reason.result for reason in spoken if reason.table == id] for id in takes}
    return {id: found[0] if takes[id] == FIRST else found for id, found in given.items()}


@pytest.mark.parametrize("sheets", [60, pytest.param(2_000, marks=pytest.mark.slow)])
def test_another_engine_gives_every_result_alike(rulebook: Rulebook, sheets: int):
    engines = {made.id: other_engine(dmn_xml(rulebook, made)) for made in rulebook.tables}
    dice = random.Random(2021)
    for _ in range(sheets):
        facts = random_facts(rulebook, dice)
        assert decided_elsewhere(rulebook, engines, facts) == decided_here(rulebook, facts)


def test_names_that_other_tools_cannot_read_are_changed_without_clashing():
    questions = [question("in", "a", UNSURE), question("team_ml", "b", UNSURE)]
    odd = rule("one", "role", "ai", **{"in": "a", "team_ml": "b", "team__ml": "yes"})
    role = table("role", [odd, rule("two", "role", "ml")])
    made = rulebook_of([*questions, question("team", "ml", UNSURE, many=True)], [role])
    names = dmn_names(made)
    assert len(set(names.values())) == len(names)
    assert names[False, "in"] == "in_"
    engines = {"role": other_engine(dmn_xml(made, role))}
    for ml in ("yes", "no"):
        facts = {"in": "a", "team_ml": "b", "team.ml": ml}
        assert decided_elsewhere(made, engines, facts) == decided_here(made, facts)
