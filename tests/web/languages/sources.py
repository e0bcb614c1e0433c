"""Every text that code, templates and data hold out for translation. In: nothing. Out: gettext's keys.

Read without GNU gettext, so that the check runs where only the product is installed. A key is (context,
text, plural), the last two as they stand in the source.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from rolematcher.web.data_texts import data_texts
from rolematcher.web.management.commands.messages import rooms

Key = tuple[str | None, str, str | None]

ONE = ("_", "gettext", "gettext_lazy", "gettext_noop", "lazy")
TWO = ("ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy")
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<![\w.])(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


def catalogues(ending: str) -> list[Path]:
    """Every room's German catalogue, `po` or `mo`."""
    paths = [folder / "locale" / "de" / "LC_MESSAGES" / f"django.{ending}" for folder in rooms().values()]
    return [path for path in paths if path.exists()]


@cache
def read() -> list[Catalog]:
    """The German catalogues."""
    return [read_po(path.read_text().splitlines(True), locale="de") for path in catalogues("po")]


def messages() -> list[Message]:
    """Of all rooms; a text of several rooms is there as often."""
    return [message for catalogue in read() for message in catalogue if message.id]


def both(texts: Any) -> tuple[str, ...]:
    """One and many; one alone where nothing is counted."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def keys_in_sources() -> set[Key]:
    """Of every Python file and template of the product, and of the data it ships."""
    base = Path(settings.BASE_DIR)
    keys = {
        key
        for folder in ("hiring", "rolematcher")
        for path in (base / folder).rglob("*.py")
        for key in _code(path)
    }
    for path in (base / "templates").rglob("*"):
        if path.suffix in (".html", ".txt"):
            keys.update(_template(path))
    keys.update((None, text, None) for texts in data_texts().values() for text in texts)
    return keys


def _code(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [part.value for part in node.args if isinstance(part, ast.Constant)]
            yield from _key(name, [text for text in given if isinstance(text, str)])


def _template(path: Path) -> Iterator[Key]:
    for name, literals in CALL.findall(templatize(path.read_text(), origin=str(path))):
        yield from _key(name, [ast.literal_eval(text) for text in re.findall(LITERAL, literals, re.DOTALL)])


def _key(name: str, texts: list[str]) -> Iterator[Key]:
    if name in ONE and len(texts) == 1:
        yield (None, texts[0], None)
    elif name in TWO and len(texts) in (2, 3):  # the third names what is counted
        yield (None, texts[0], texts[1])
    elif name in WITH_CONTEXT and len(texts) == 2:
        yield (texts[0], texts[1], None)
