"""The API described: its OpenAPI document for programs, a page of it for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .calls import openapi


@require_safe
def openapi_json(request: HttpRequest) -> JsonResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(openapi())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every call: what it does, what it takes, which scope it needs; with scripts, forms to try them."""
    calls = [
        {
            "method": method.upper(),
            "path": path,
            "about": call["summary"],
            "scope": call["x-scope"],
            "parameters": call.get("parameters", []),
            "body": _fields(call),
        }
        for path, operations in openapi()["paths"].items()  # type: ignore[attr-defined]
        for method, call in operations.items()
    ]
    return render(request, "api/docs.html", {"here": "api", "calls": calls})


def _fields(call: dict) -> list[str]:
    content = call.get("requestBody", {}).get("content", {})
    return [name for one in content.values() for name in one.get("schema", {}).get("properties", {})] or list(
        content
    )
