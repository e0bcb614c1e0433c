"""Decision tables for other tools. In: a rulebook. Out: DMN 1.3 XML, one document a table.

Written after the standard "Decision Model and Notation", version 1.3 (Object Management Group, 2021). A
table that takes the first rule has hit policy FIRST, one that lets all rules speak COLLECT. The result of an
earlier table comes in as an input like any answer. Sentence and source of a rule stand in annotation columns.
Names with a dot ("team.ml") are written with an underscore, as FEEL reads a dot as a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from keyword import kwlist
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .rulebook import FIRST, Condition, Rulebook, Table
from .wording import condition_label, source_words

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
FEEL_WORDS = "between every external false function instance null of return satisfies some then true"
RESERVED = {*FEEL_WORDS.split(), *kwlist}
"""Words that cannot name an input, in FEEL or in engines that read FEEL as Python."""

Read = tuple[bool, str]
"""What a condition reads: whether it is a table's result, and its name."""


def dmn_files(rulebook: Rulebook) -> dict[str, str]:
    """Every table as a document of its own: file name -> XML text."""
    return {f"{table.id}.dmn": dmn_xml(rulebook, table) for table in rulebook.tables}


def dmn_names(rulebook: Rulebook) -> dict[Read, str]:
    """The name each table's result and each fact has in the documents. No two are alike."""
    names: dict[Read, str] = {}
    for read in _all_read(rulebook):
        name = read[1].replace(".", "_")
        while name in names.values() or name in RESERVED:
            name += "_"
        names[read] = name
    return names


def _all_read(rulebook: Rulebook) -> list[Read]:
    return [(True, table.id) for table in rulebook.tables] + [(False, fact.id) for fact in rulebook.facts]


def dmn_xml(rulebook: Rulebook, table: Table) -> str:
    """One table as a DMN 1.3 document."""
    names = dmn_names(rulebook)
    columns = {names[read]: condition for read, condition in _columns(rulebook, table).items()}
    own = names[True, table.id]
    head = {
        "xmlns": NAMESPACE,
        "id": f"definitions_{own}",
        "name": rulebook.title,
        "namespace": f"urn:sha256:{rulebook.sha256 or 'none'}",
    }
    root = Element("definitions", head)
    decision = _put(root, "decision", id=f"decision_{own}", name=table.title)
    _put(decision, "variable", id=f"variable_{own}", name=own, typeRef="string")
    for name in columns:
        needs = _put(decision, "informationRequirement", id=f"needs_{name}")
        _put(needs, "requiredInput", href=f"#input_{name}")
    _table(decision, rulebook, table, columns, own)
    for name in columns:
        data = _put(root, "inputData", id=f"input_{name}", name=name)
        _put(data, "variable", id=f"value_{name}", name=name, typeRef="string")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _put(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new element within another."""
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def _columns(rulebook: Rulebook, table: Table) -> dict[Read, Condition]:
    """What some rule reads, in the rulebook's order, each with a condition that reads it."""
    read = {(one.of_table, one.fact): one for rule in table.rules for one in rule.when}
    return {key: read[key] for key in _all_read(rulebook) if key in read}


def _table(
    decision: Element, rulebook: Rulebook, table: Table, columns: Mapping[str, Condition], own: str
) -> None:
    policy = "FIRST" if table.take == FIRST else "COLLECT"
    body = _put(decision, "decisionTable", id=f"table_{own}", hitPolicy=policy, outputLabel=table.title)
    for name, condition in columns.items():
        column = _put(body, "input", id=f"column_{name}", label=condition_label(rulebook, condition))
        expression = _put(column, "inputExpression", id=f"expression_{name}", typeRef="string")
        _put(expression, "text", name)
        _put(_put(column, "inputValues", id=f"values_{name}"), "text", _quoted(rulebook.values(condition)))
    output = _put(body, "output", id=f"output_{own}", name=own, typeRef="string")
    _put(_put(output, "outputValues", id=f"results_{own}"), "text", _quoted(table.results))
    for title in ("Because", "Source"):
        _put(body, "annotation", name=title)
    for rule in table.rules:
        row = _put(body, "rule", id=f"rule_{rule.id}")
        allowed = {(one.of_table, one.fact): one.allowed for one in rule.when}
        for place, one in enumerate(columns.values(), start=1):
            entry = _put(row, "inputEntry", id=f"rule_{rule.id}_in_{place}")
            _put(entry, "text", _test(allowed.get((one.of_table, one.fact), ())))
        _put(_put(row, "outputEntry", id=f"rule_{rule.id}_out"), "text", _quoted([rule.result]))
        for text in (rule.because, source_words(rulebook, rule)):
            _put(_put(row, "annotationEntry"), "text", text)


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
