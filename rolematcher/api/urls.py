"""Tokens, batches, the API and its description."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import TemplateView

from . import batch_views, tokens
from .calls import api, openapi_json

FILES = {"results.csv": "batch_results", "results.xlsx": "batch_workbook", "briefs.zip": "batch_briefs"}

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    path("api/openapi.json", openapi_json, name="openapi"),
    path("api/docs/", TemplateView.as_view(template_name="api/docs.html"), name="api_docs"),
    path("batches/", batch_views.batches, name="batches"),
    path("batches/template.csv", batch_views.template, name="batch_template"),
    path("batches/<uuid:public_id>/", batch_views.batch, name="batch"),
    path("batches/<uuid:public_id>/cancel/", batch_views.cancel, name="batch_cancel"),
    *(
        path(f"batches/<uuid:public_id>/{file}", batch_views.download, {"name": file}, name=name)
        for file, name in FILES.items()
    ),
    path("api/v1/", api.urls),
]
