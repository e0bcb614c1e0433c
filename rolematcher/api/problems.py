"""What went wrong, for programs (RFC 9457). In: an exception or a form. Out: status, words, cures."""

from __future__ import annotations

from http import HTTPStatus
from typing import TypeVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, ValidationError

from rolematcher.decisions.services import DecisionConflict
from rolematcher.values.frozen import Frozen
from rolematcher.web.rate_limit import TooMany

Filled = TypeVar("Filled", bound=forms.Form)
TYPE = "application/problem+json"
TITLES = {413: "Too large", 422: "Unprocessable content"}
"""Those that versions of Python call differently."""


class Wrong(Frozen):
    """One thing to put right: the field ("budget.unit"; in a batch the column), and what to do."""

    field: str
    cure: str
    line: int | None = None


class ProblemBody(Frozen):
    """An answer that is not the one asked for; `detail` and `errors` say the cure."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[Wrong, ...] = ()


class Problem(Exception):
    """Ends a call with a status and a sentence."""

    def __init__(self, status: int, detail: str, errors: tuple[Wrong, ...] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors

    def body(self) -> dict[str, object]:
        """What to send."""
        title = TITLES.get(self.status) or HTTPStatus(self.status).phrase.capitalize()
        body = ProblemBody(title=title, status=self.status, detail=self.detail, errors=self.errors)
        return body.model_dump(mode="json", exclude_none=True)


def problem_of(fault: Exception | type[Exception]) -> Problem:
    """What a call that ended with one of `FAULTS` is answered with."""
    match fault:
        case Problem():
            return fault
        case AuthenticationError():
            return Problem(401, _("Send a token: Authorization: Bearer …"))
        case PermissionDenied():
            return Problem(403, _("You have not the right to do this. Ask an administrator."))
        case Http404():
            return Problem(404, _("Not found, or not yours to see. Check the id."))
        case ValidationError():
            errors = [Wrong(field=str(one["loc"][-1]), cure=str(one["msg"])) for one in fault.errors]
            return Problem(422, _("A parameter is missing or cannot be read."), tuple(errors))
    return Problem(429 if isinstance(fault, TooMany) else 409, str(fault))


FAULTS = (Problem, AuthenticationError, PermissionDenied, Http404, ValidationError, TooMany, DecisionConflict)
"""What may end a call."""


def problem_of_form(form: forms.Form, detail: str) -> Problem:
    """Every error of one of the forms that pages take."""
    errors = [
        Wrong(field="" if field == "__all__" else field, cure=str(cure))
        for field, cures in form.errors.items()
        for cure in cures
    ]
    return Problem(422, detail, tuple(errors))


def valid(form: Filled, refused: str) -> Filled:
    """The form, where it can be taken. Raises Problem with every error."""
    if not form.is_valid():
        raise problem_of_form(form, refused)
    return form
