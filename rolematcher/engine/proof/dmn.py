"""Decision tables for other tools. In: a rulebook. Out: DMN 1.3 XML, one document a table.

Written after the standard "Decision Model and Notation", version 1.3 (Object Management Group, 2021). A table
that takes the first row has hit policy FIRST, one that lets all rows speak COLLECT. The result of an earlier
table comes in as an input like any answer. The sentence and the source of a row stand in annotation columns.
Names with a dot ("team.ml") are written with an underscore, as FEEL reads a dot as a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rolematcher.engine.decision.conditions import fact_label
from rolematcher.engine.model import FIRST, Rule, Rulebook, Table

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


def dmn_files(rulebook: Rulebook) -> dict[str, str]:
    """Every table as a document of its own: file name -> XML text."""
    return {f"{table.id}.dmn": dmn_xml(rulebook, table) for table in rulebook.tables}


def dmn_names(rulebook: Rulebook) -> dict[str, str]:
    """The name each fact and each table's result has in the documents. No two are alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for id in (*(table.id for table in rulebook.tables), *(fact.id for fact in rulebook.facts)):
        name = id.replace(".", "_")
        while name in taken or name in RESERVED:
            name += "_"
        taken.add(name)
        names[id] = name
    return names


def dmn_xml(rulebook: Rulebook, table: Table) -> str:
    """One table as a DMN 1.3 document."""
    names = dmn_names(rulebook)
    read = _read(rulebook, table)
    root = Element(
        "definitions",
        {
            "xmlns": NAMESPACE,
            "id": f"definitions_{names[table.id]}",
            "name": rulebook.title,
            "namespace": f"urn:sha256:{rulebook.sha256 or 'none'}",
        },
    )
    decision = SubElement(root, "decision", {"id": f"decision_{names[table.id]}", "name": table.title})
    SubElement(
        decision,
        "variable",
        {"id": f"variable_{names[table.id]}", "name": names[table.id], "typeRef": "string"},
    )
    for fact in read:
        needs = SubElement(decision, "informationRequirement", {"id": f"needs_{names[fact]}"})
        SubElement(needs, "requiredInput", {"href": f"#input_{names[fact]}"})
    _table(decision, rulebook, table, read, names)
    for fact in read:
        data = SubElement(root, "inputData", {"id": f"input_{names[fact]}", "name": names[fact]})
        SubElement(data, "variable", {"id": f"value_{names[fact]}", "name": names[fact], "typeRef": "string"})
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _read(rulebook: Rulebook, table: Table) -> list[str]:
    """The facts and tables some row reads, in the rulebook's order."""
    read = {condition.fact for rule in table.rules for condition in rule.when}
    order = [*(other.id for other in rulebook.tables), *(fact.id for fact in rulebook.facts)]
    return [id for id in order if id in read]


def _table(
    decision: Element, rulebook: Rulebook, table: Table, read: list[str], names: Mapping[str, str]
) -> None:
    body = SubElement(
        decision,
        "decisionTable",
        {
            "id": f"table_{names[table.id]}",
            "hitPolicy": HIT_POLICY[table.take == FIRST],
            "outputLabel": table.title,
        },
    )
    for fact in read:
        column = SubElement(body, "input", {"id": f"column_{names[fact]}", "label": _label(rulebook, fact)})
        expression = SubElement(
            column, "inputExpression", {"id": f"expression_{names[fact]}", "typeRef": "string"}
        )
        SubElement(expression, "text").text = names[fact]
        allowed = SubElement(column, "inputValues", {"id": f"values_{names[fact]}"})
        SubElement(allowed, "text").text = _quoted(_values(rulebook, fact))
    output = SubElement(
        body,
        "output",
        {"id": f"output_{names[table.id]}", "name": names[table.id], "typeRef": "string"},
    )
    results = SubElement(output, "outputValues", {"id": f"results_{names[table.id]}"})
    SubElement(results, "text").text = _quoted(choice.id for choice in table.choices)
    for title in ("Because", "Source"):
        SubElement(body, "annotation", {"name": title})
    for rule in table.rules:
        _rule(body, rulebook, rule, read)


def _rule(body: Element, rulebook: Rulebook, rule: Rule, read: list[str]) -> None:
    row = SubElement(body, "rule", {"id": f"rule_{rule.id}"})
    allowed = {condition.fact: condition.allowed for condition in rule.when}
    for place, fact in enumerate(read, start=1):
        entry = SubElement(row, "inputEntry", {"id": f"rule_{rule.id}_in_{place}"})
        SubElement(entry, "text").text = _test(allowed.get(fact, ()))
    result = SubElement(row, "outputEntry", {"id": f"rule_{rule.id}_out"})
    SubElement(result, "text").text = _quoted([rule.result])
    for text in (rule.because, _source_words(rulebook, rule)):
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


def _label(rulebook: Rulebook, id: str) -> str:
    if any(table.id == id for table in rulebook.tables):
        return rulebook.table(id).title
    return fact_label(rulebook, rulebook.fact(id))


def _values(rulebook: Rulebook, id: str) -> Iterable[str]:
    if any(table.id == id for table in rulebook.tables):
        return (choice.id for choice in rulebook.table(id).choices)
    return rulebook.fact(id).values


def _source_words(rulebook: Rulebook, rule: Rule) -> str:
    if not rule.source:
        return "House rule"
    source = rulebook.source(rule.source)
    return f"{source.publisher}, {source.title}, {source.date}"
