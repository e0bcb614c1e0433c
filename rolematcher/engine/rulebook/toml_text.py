"""A parsed rulebook as TOML text again. In: what the TOML parser gave. Out: text that reads back.

Only what a rulebook is made of: texts, true and false, whole numbers, lists and tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

Document = Mapping[str, object]


def toml_text(document: Document) -> str:
    """The document as TOML: values first, then tables, then lists of tables."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in document.items() if not _is_section(value)]
    for key, value in document.items():
        if isinstance(value, Mapping):
            lines += _tables(_key(key), value)
        elif _is_section(value):
            for entry in value if isinstance(value, list) else ():
                lines += ["", f"[[{_key(key)}]]", *_pairs(entry)]
    return "\n".join(lines) + "\n"


def _tables(name: str, table: Document) -> list[str]:
    """A table of tables as one section each, any other as one section."""
    if table and all(isinstance(inner, Mapping) for inner in table.values()):
        inners = ((f"{name}.{_key(str(key))}", inner) for key, inner in table.items())
        return [
            line
            for path, inner in inners
            if isinstance(inner, Mapping)
            for line in ("", f"[{path}]", *_pairs(inner))
        ]
    return ["", f"[{name}]", *_pairs(table)]


def _is_section(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(entry, Mapping) for entry in value)
    )


def _pairs(table: Document) -> list[str]:
    return [f"{_key(str(key))} = {_value(value)}" for key, value in table.items()]


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(_pairs(value))
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(entry) for entry in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's too, except for the delete character, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def _key(key: str) -> str:
    plain = key.replace("-", "").replace("_", "")
    return key if plain.isalnum() and plain.isascii() else json.dumps(key, ensure_ascii=False)
