"""A page in a browser in, the rules of axe it violates out."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

ASKED = {"resultTypes": ["violations"]}
"""What passes is not described in full: that is most of the work and of no use here."""

SHORT = "options => axe.run(document, options).then(found => found.violations)"


def violations(page: Any, **options: Any) -> list[dict[str, Any]]:
    """Each violated rule with the elements that violate it; empty where all is well."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(SHORT, ASKED | options)


def told(found: list[dict[str, Any]]) -> list[str]:
    """A line an element: what is wrong, where, and why."""
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for rule in found
        for node in rule["nodes"]
    ]
