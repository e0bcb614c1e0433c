"""The forms that pages take, for programs. In: a form class. Out: a part of the OpenAPI document."""

from __future__ import annotations

from django import forms
from pydantic import JsonValue

from .bodies import Schema, body_schema


def form_schema(form: type[forms.Form]) -> Schema:
    """The JSON object that stands for a filled-in form."""
    fields = form.base_fields
    properties: dict[str, JsonValue] = {name: _property(field) for name, field in fields.items()}
    required: list[JsonValue] = [name for name, field in fields.items() if field.required]
    return body_schema({"type": "object", "properties": properties, "required": required})


def _property(field: forms.Field) -> JsonValue:
    if isinstance(field, forms.ChoiceField):
        known: list[tuple[str, str]] = list(field.choices)  # type: ignore[arg-type]
        return {"type": "string", "enum": [value for value, _words in known]}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": 0, "maximum": 10_000}
    most = getattr(field, "most", None)
    whole = getattr(field, "least", None) is not None
    return {"type": ["string", "integer"]} if whole else {"type": "string", "maxLength": most or 200}
