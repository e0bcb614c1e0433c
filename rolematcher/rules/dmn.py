"""Decision tables for other tools. In: a rulebook. Out: DMN 1.3 XML, one document a table.

Written after the standard "Decision Model and Notation", version 1.3 (Object Management Group, 2021). A
table that takes the first rule has hit policy FIRST, one that lets all rules speak COLLECT. The result of an
earlier table comes in as an input like any answer. Sentence and source of a rule stand in annotation columns.
Names with a dot ("team.ml") are written with an underscore, as FEEL reads a dot as a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .rulebook import FIRST, Condition, Rule, Rulebook, Table
from .wording import condition_label, source_words

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
HIT_POLICY = {True: "FIRST", False: "COLLECT"}

FEEL_WORDS = (
    "and between else every external false for function if in instance not null of or return satisfies some "
    "then true"
)
PYTHON_WORDS = (
    "as assert async await break class continue def del elif except finally from global import is lambda "
    "nonlocal pass raise try while with yield"
)
RESERVED = frozenset(f"{FEEL_WORDS} {PYTHON_WORDS}".split())
"""Words that cannot name an input, in FEEL or in engines that read FEEL as Python."""

Read = tuple[bool, str]
"""What a condition reads: whether it is a table's result, and its name."""


def dmn_files(rulebook: Rulebook) -> dict[str, str]:
    """Every table as a document of its own: file name -> XML text."""
    return {f"{table.id}.dmn": dmn_xml(rulebook, table) for table in rulebook.tables}


def dmn_names(rulebook: Rulebook) -> dict[Read, str]:
    """The name each table's result and each fact has in the documents. No two are alike."""
    names: dict[Read, str] = {}
    every = [(True, table.id) for table in rulebook.tables] + [(False, fact.id) for fact in rulebook.facts]
    for read in every:
        name = read[1].replace(".", "_")
        while name in names.values() or name in RESERVED:
            name += "_"
        names[read] = name
    return names


def dmn_xml(rulebook: Rulebook, table: Table) -> str:
    """One table as a DMN 1.3 document."""
    names = dmn_names(rulebook)
    columns = _columns(rulebook, table)
    own = names[True, table.id]
    head = {
        "xmlns": NAMESPACE,
        "id": f"definitions_{own}",
        "name": rulebook.title,
        "namespace": f"urn:sha256:{rulebook.sha256 or 'none'}",
    }
    root = Element("definitions", head)
    decision = SubElement(root, "decision", {"id": f"decision_{own}", "name": table.title})
    SubElement(decision, "variable", {"id": f"variable_{own}", "name": own, "typeRef": "string"})
    for read in columns:
        needs = SubElement(decision, "informationRequirement", {"id": f"needs_{names[read]}"})
        SubElement(needs, "requiredInput", {"href": f"#input_{names[read]}"})
    _table(decision, rulebook, table, columns, names)
    for read in columns:
        data = SubElement(root, "inputData", {"id": f"input_{names[read]}", "name": names[read]})
        SubElement(data, "variable", {"id": f"value_{names[read]}", "name": names[read], "typeRef": "string"})
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _columns(rulebook: Rulebook, table: Table) -> dict[Read, Condition]:
    """What some rule reads, in the rulebook's order, each with a condition that reads it."""
    read = {(one.of_table, one.fact): one for rule in table.rules for one in rule.when}
    order = [(True, other.id) for other in rulebook.tables] + [(False, fact.id) for fact in rulebook.facts]
    return {key: read[key] for key in order if key in read}


def _table(
    decision: Element,
    rulebook: Rulebook,
    table: Table,
    columns: Mapping[Read, Condition],
    names: Mapping[Read, str],
) -> None:
    own = names[True, table.id]
    head = {"id": f"table_{own}", "hitPolicy": HIT_POLICY[table.take == FIRST], "outputLabel": table.title}
    body = SubElement(decision, "decisionTable", head)
    for read, condition in columns.items():
        name = names[read]
        label = condition_label(rulebook, condition)
        column = SubElement(body, "input", {"id": f"column_{name}", "label": label})
        expression = SubElement(column, "inputExpression", {"id": f"expression_{name}", "typeRef": "string"})
        SubElement(expression, "text").text = name
        allowed = SubElement(column, "inputValues", {"id": f"values_{name}"})
        SubElement(allowed, "text").text = _quoted(rulebook.values(condition))
    output = SubElement(body, "output", {"id": f"output_{own}", "name": own, "typeRef": "string"})
    results = SubElement(output, "outputValues", {"id": f"results_{own}"})
    SubElement(results, "text").text = _quoted(table.results)
    for title in ("Because", "Source"):
        SubElement(body, "annotation", {"name": title})
    for rule in table.rules:
        _rule(body, rulebook, rule, columns)


def _rule(body: Element, rulebook: Rulebook, rule: Rule, columns: Iterable[Read]) -> None:
    row = SubElement(body, "rule", {"id": f"rule_{rule.id}"})
    allowed = {(condition.of_table, condition.fact): condition.allowed for condition in rule.when}
    for place, read in enumerate(columns, start=1):
        entry = SubElement(row, "inputEntry", {"id": f"rule_{rule.id}_in_{place}"})
        SubElement(entry, "text").text = _test(allowed.get(read, ()))
    result = SubElement(row, "outputEntry", {"id": f"rule_{rule.id}_out"})
    SubElement(result, "text").text = _quoted([rule.result])
    for text in (rule.because, source_words(rulebook, rule)):
        SubElement(SubElement(row, "annotationEntry"), "text").text = text


def _test(allowed: tuple[str, ...]) -> str:
    """A unary test: any value, one value, or one of a list.

    FEEL also knows `"a","b"` for a list; the form with `in` means the same and is understood by engines
    that evaluate entries one expression at a time.
    """
    if not allowed:
        return "-"
    return _quoted(allowed) if len(allowed) == 1 else f"? in ({_quoted(allowed)})"


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)
