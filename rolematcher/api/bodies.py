"""What a call sends. In: a request. Out: JSON, an answer sheet, a key; or the problem.."""

from __future__ import annotations

import json
import re
from typing import TypeVar

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import JsonValue, ValidationError

from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.editions.words import answers_words
from rolematcher.rules import Answers, AnswersInvalid, answers_read
from rolematcher.values.amounts import Language
from rolematcher.values.frozen import Frozen

from .problems import Problem, Wrong

KEY = re.compile(r"[\x21-\x7e]{1,64}")
Body = TypeVar("Body", bound=Frozen)
Schema = dict[str, JsonValue]


def json_read(request: HttpRequest) -> object:
    """The JSON of the body. Raises Problem."""
    try:
        return json.loads(request.body, parse_constant=_no_number)
    except RequestDataTooBig:
        raise Problem(413, _("The body is too large. Send less text at once.")) from None
    except (RawPostDataException, UnreadablePostError):
        raise Problem(415, _("Send the body as application/json.")) from None
    except (ValueError, RecursionError):
        raise Problem(400, _("The body is not JSON. Check quotes, commas and encoding (UTF-8).")) from None


def fields_read(request: HttpRequest) -> dict[str, object]:
    """The JSON object of the body, for the forms that pages take. Raises Problem."""
    body = json_read(request)
    if not isinstance(body, dict):
        raise Problem(400, _("Send one JSON object."))
    return {key: value for key, value in body.items() if value is not None}


def body_read(request: HttpRequest, shape: type[Body]) -> Body:
    """The JSON of the body as this class. Raises Problem with each field and what is wrong with it."""
    try:
        return shape.model_validate(json_read(request))
    except ValidationError as invalid:
        wrong = [Wrong(field=".".join(map(str, one["loc"])), cure=one["msg"]) for one in invalid.errors()]
        raise Problem(422, _("Some fields cannot be taken; nothing was made."), tuple(wrong)) from None


def answers_of(request: HttpRequest) -> Answers:
    """The answer sheet of the body. Raises Problem with every error, its field and its cure."""
    raw = json_read(request)
    try:
        return answers_read(rulebook_of(Edition.objects.current()), raw, language_of())
    except AnswersInvalid as invalid:
        wrong = tuple(Wrong(field=field, cure=cure) for field, cure in answers_words(invalid))
        raise Problem(422, _("Some answers cannot be taken; nothing was made."), wrong) from None


def key_read(request: HttpRequest) -> str:
    """The Idempotency-Key: the same key with the same answers is the same decision. Raises Problem."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        cure = _("Send 1 to 64 letters, digits or signs that you use for this one decision only.")
        raise Problem(400, cure, (Wrong(field="Idempotency-Key", cure=cure),))
    return key


def language_of() -> Language:
    """The language the caller asked for by Accept-Language: "en" or "de"."""
    return "de" if (get_language() or "en").startswith("de") else "en"


def body_schema(schema: Schema) -> Schema:
    """The part of the OpenAPI document that describes a JSON body."""
    definitions = schema.get("$defs")
    plain = _inlined(schema, definitions if isinstance(definitions, dict) else {})
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": plain}}}}


def form_schema(form: type[forms.Form]) -> Schema:
    """The same of the JSON object that stands for a filled-in form of the pages."""
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
    if getattr(field, "least", None) is not None:
        return {"type": ["string", "integer"]}
    return {"type": "string", "maxLength": getattr(field, "most", None) or 200}


def _inlined(part: JsonValue, definitions: dict[str, JsonValue]) -> JsonValue:
    if isinstance(part, list):
        return [_inlined(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    if isinstance(name := part.get("$ref"), str):
        return _inlined(definitions[name.rpartition("/")[2]], definitions)
    return {key: _inlined(value, definitions) for key, value in part.items() if key != "$defs"}


def _no_number(typed: str) -> object:
    raise ValueError(typed)
