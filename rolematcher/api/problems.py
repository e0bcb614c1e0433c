"""What went wrong, for programs (RFC 9457). In: an exception. Out: application/problem+json with the cure."""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest, HttpResponse

from rolematcher.editions.words import answers_words
from rolematcher.rules import AnswersInvalid
from rolematcher.values.frozen import Frozen

TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Unprocessable content",
    429: "Too many requests",
}


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


def problem_of_answers(invalid: AnswersInvalid, detail: str) -> Problem:
    """Every error of an answer sheet."""
    errors = tuple(Wrong(field=field, cure=cure) for field, cure in answers_words(invalid))
    return Problem(422, detail, errors)


def problem_of_form(form: forms.Form, detail: str) -> Problem:
    """Every error of one of the forms that pages take."""
    errors = [
        Wrong(field="" if field == "__all__" else field, cure=str(cure))
        for field, cures in form.errors.items()
        for cure in cures
    ]
    return Problem(422, detail, tuple(errors))


def problem_answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer to send."""
    body = ProblemBody(
        title=TITLES.get(problem.status, "Problem"),
        status=problem.status,
        detail=problem.detail,
        errors=problem.errors,
    )
    response = HttpResponse(
        json.dumps(body.model_dump(mode="json", exclude_none=True)), status=problem.status, content_type=TYPE
    )
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
