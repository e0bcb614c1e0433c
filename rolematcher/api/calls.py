"""The API put together: its calls, how errors are answered, and its OpenAPI document."""

from __future__ import annotations

from functools import cache

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.operation import Operation

from rolematcher.decisions.services import DecisionConflict
from rolematcher.web.rate_limit import TooMany

from . import batch_calls, decisions, figures, handing_on, webhook_calls
from .access import MOST, SECONDS
from .problems import TYPE, Problem, ProblemBody, Wrong, problem_answer

ABOUT = (
    "Every call needs a token (Authorization: Bearer ...), made on your page of tokens. A token acts for its"
    " person and may no more than her. Errors come as application/problem+json with the field and the cure."
)


class Api(NinjaAPI):
    """Ninja, with the limit of calls on every answer and short names for generated clients."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, where ninja takes the whole path of its module."""
        return operation.view_func.__name__

    def create_response(self, request: HttpRequest, data: object, **given: object) -> HttpResponse:
        """An answer that says how many calls are left in this minute."""
        return limit_said(request, super().create_response(request, data, **given))  # type: ignore[arg-type]


def limit_said(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its rate limit headers, where the caller is known."""
    left = getattr(request, "calls_left", None)
    if left is not None:
        response["RateLimit-Policy"] = f"{MOST};w={SECONDS}"
        response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(MOST), str(max(0, left))
    return response


api = Api(
    title="Role Matcher",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
api.add_router("/decisions", decisions.router)
api.add_router("/decisions", handing_on.router)
api.add_router("/webhooks", webhook_calls.router)
api.add_router("/batches", batch_calls.router)
api.add_router("", figures.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return limit_said(request, problem_answer(request, problem))


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _fault: AuthenticationError) -> HttpResponse:
    return _problem(request, Problem(401, _("Send a token: Authorization: Bearer …")))


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, _fault: Http404) -> HttpResponse:
    return _problem(request, Problem(404, _("Not found, or not yours to see. Check the id.")))


@api.exception_handler(PermissionDenied)
def _not_allowed(request: HttpRequest, _fault: PermissionDenied) -> HttpResponse:
    return _problem(request, Problem(403, _("You have not the right to do this. Ask an administrator.")))


@api.exception_handler(DecisionConflict)
def _conflict(request: HttpRequest, conflict: DecisionConflict) -> HttpResponse:
    return _problem(request, Problem(409, str(conflict)))


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, often: TooMany) -> HttpResponse:
    response = _problem(request, Problem(429, str(often)))
    response["Retry-After"] = str(often.seconds)
    return response


@api.exception_handler(ValidationError)
def _parameters(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    errors = tuple(Wrong(field=str(one["loc"][-1]), cure=str(one["msg"])) for one in fault.errors)
    return _problem(request, Problem(422, _("A parameter is missing or cannot be read."), errors))


@cache
def openapi() -> dict[str, object]:
    """The OpenAPI document, with the errors that every call may answer with."""
    document: dict = dict(api.get_openapi_schema(path_prefix="/api/v1"))
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = problem.pop("$defs")
    document["components"]["schemas"] |= parts | {"Problem": problem}
    answer = {
        "description": "What went wrong, with the cure",
        "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    scopes = _scopes()
    for path, calls in document["paths"].items():
        for call in calls.values():
            call["responses"]["4XX"] = answer
            call["summary"] = call["description"]
            call["x-scope"] = scope = scopes[call["operationId"]]
            call["description"] = f"Needs a token with the scope “{scope}”." if scope else "Needs no token."
            ok = call["responses"].get(200)
            if ok and path.endswith((".pdf", ".docx", ".zip", ".csv", ".xlsx")):
                binary = {"schema": {"type": "string", "format": "binary"}}
                ok["content"] = {"application/octet-stream": binary}
    return document


def _scopes() -> dict[str, str]:
    """The scope that a call needs, by its name; "" for none."""
    operations = [
        operation
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    return {
        api.get_openapi_operation_id(operation): getattr(
            next(iter(operation.auth_callbacks), None), "scope", ""
        )
        for operation in operations
    }
