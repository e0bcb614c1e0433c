"""Rows and filters of a long list: a change list in, its HTML out, without a template a cell and choice.

The stock tags look every cell up anew and render a template a filter: two thirds of the time of a page that
reads fifty rows. Where a list shows nothing but columns of its admin's own, all cells are put together at
once; any other list is left to the stock tag. The HTML is the stock one.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import admin_list_filter, result_headers, results
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()

BOX = "action_checkbox"


@register.inclusion_tag("admin/change_list_results.html")
def lean_results(cl: Any) -> dict[str, Any]:
    """The context of the stock table of results."""
    headers = list(result_headers(cl))
    own = not cl.is_popup and not cl.list_editable and all(name in _own(cl) for name in cl.list_display)
    return {
        "cl": cl,
        "result_hidden_fields": [],
        "result_headers": headers,
        "num_sorted_fields": sum(bool(head["sortable"] and head["sorted"]) for head in headers),
        "results": list(_rows(cl) if own else results(cl)),
    }


@register.simple_tag
def lean_filter(cl: Any, spec: Any) -> SafeString:
    """One filter: a list of choices put together here, any other by its own template."""
    if spec.template != "admin/filter.html":
        return admin_list_filter(cl, spec)
    choices = list(spec.choices(cl))
    opened = "" if choices and choices[0]["selected"] else " open"
    title, lines = escape(str(spec.title)), []
    for choice in choices:
        current, marked = (' class="selected"', ' aria-current="true"') if choice["selected"] else ("", "")
        address = escape(iri_to_uri(choice["query_string"]) or "")
        shown = conditional_escape(choice["display"])
        lines.append(f'<li{current}><a href="{address}"{marked}>{shown}</a></li>')
    return SafeString(
        f'<details data-filter-title="{title}"{opened}><summary>{capfirst(title)}</summary>'
        f"<ul>{''.join(lines)}</ul></details>"
    )


def _own(cl: Any) -> set[str]:
    """The columns that are plain methods of the admin."""
    columns = {name: getattr(cl.model_admin, name, None) for name in cl.list_display}
    return {
        name
        for name, column in columns.items()
        if callable(column)
        and name != "__str__"
        and not getattr(column, "boolean", False)
        and not hasattr(column, "empty_value_display")
    }


def _rows(cl: Any) -> Iterator[list[SafeString]]:
    """Each row as one cell list, as the stock table prints it."""
    admin, empty = cl.model_admin, cl.model_admin.get_empty_value_display()
    columns = [(name, getattr(admin, name)) for name in cl.list_display]
    links = set(cl.list_display_links or ())
    before, after = _address(cl)
    for row in cl.result_list:
        cells = []
        for name, column in columns:
            said = column(row)
            shown = empty if said is None or said == "" else conditional_escape(said)
            if name in links:
                link = f'<a href="{before}{row.pk}{after}">{shown}</a>'
                cells.append(f'<th class="field-{name}">{link}</th>')
            else:
                kind = "action-checkbox" if name == BOX else f"field-{name}"
                cells.append(f'<td class="{kind}">{shown}</td>')
        yield [SafeString("".join(cells))]


def _address(cl: Any) -> tuple[str, str]:
    """What stands before and after a row's key in the address of its page, filters kept."""
    if not cl.result_list:
        return "", ""
    first = cl.result_list[0]
    plain = cl.url_for_result(first)
    kept = add_preserved_filters({"preserved_filters": cl.preserved_filters, "opts": cl.opts}, plain)
    before, _key, after = plain.rpartition(f"/{first.pk}/")
    return escape(before + "/"), escape("/" + after + kept[len(plain) :])
