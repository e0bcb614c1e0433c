"""The API put together: its calls, how errors are answered, its OpenAPI document."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.operation import Operation

from rolematcher.web.rate_limit import TooMany

from . import batch_calls, decisions, figures, handing_on
from .problems import FAULTS, TYPE, ProblemBody, problem_of
from .tokens import MOST, SECONDS

ABOUT = (
    "Every call needs a token (Authorization: Bearer ...), made on your page of tokens. A token acts for its"
    " person and may no more than her. Errors come as application/problem+json with the field and the cure."
)
FILES = (".pdf", ".docx", ".zip", ".csv", ".xlsx")


class Api(NinjaAPI):
    """Ninja, with the limit of calls on every answer and short names for generated clients."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, where ninja takes the whole path of its module."""
        return operation.view_func.__name__

    def create_response(self, request: HttpRequest, data: object, **given: object) -> HttpResponse:
        """An answer that says how many calls are left in this minute, where the caller is known."""
        response = super().create_response(request, data, **given)  # type: ignore[arg-type]
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
api.add_router("/webhooks", handing_on.webhooks)
api.add_router("/batches", batch_calls.router)
api.add_router("", figures.router)


def _refused(request: HttpRequest, fault: Exception | type[Exception]) -> HttpResponse:
    problem = problem_of(fault)
    response = api.create_response(request, problem.body(), status=problem.status)
    response["Content-Type"] = TYPE
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(fault, TooMany):
        response["Retry-After"] = str(fault.seconds)
    return response


for kind in FAULTS:
    api.add_exception_handler(kind, _refused)


@cache
def openapi() -> dict[str, object]:
    """The OpenAPI document, with the scope of each call and the errors that every call may answer with."""
    document: dict = dict(api.get_openapi_schema(path_prefix="/api/v1"))
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
    answer = {
        "description": "What went wrong, with the cure",
        "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    scopes = _scopes()
    for path, calls in document["paths"].items():
        for call in calls.values():
            call["responses"]["4XX"] = answer
            call["summary"] = call["description"]
            scope = scopes[call["operationId"]]
            call["description"] = f"Needs a token with the scope “{scope}”." if scope else "Needs no token."
            ok = call["responses"].get(200)
            if ok and path.endswith(FILES):
                binary = {"schema": {"type": "string", "format": "binary"}}
                ok["content"] = {"application/octet-stream": binary}
    return document


def _scopes() -> dict[str, str]:
    """The scope that a call needs, by its name; "" for none."""
    views = [view for _prefix, router in api._routers for view in router.path_operations.values()]
    return {
        one.view_func.__name__: getattr(next(iter(one.auth_callbacks), None), "scope", "")
        for view in views
        for one in view.operations
    }


@require_safe
def openapi_json(request: HttpRequest) -> JsonResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(openapi())
