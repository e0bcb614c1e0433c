"""Tokens, batches, the API and its description."""

from django.urls import URLPattern, URLResolver, path

from . import batch_views, docs, tokens
from .calls import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    path("api/openapi.json", docs.openapi_json, name="openapi"),
    path("api/docs/", docs.docs, name="api_docs"),
    path("batches/", batch_views.batches, name="batches"),
    path("batches/template.csv", batch_views.template, name="batch_template"),
    path("batches/<uuid:public_id>/", batch_views.batch, name="batch"),
    path("batches/<uuid:public_id>/cancel/", batch_views.cancel, name="batch_cancel"),
    path("batches/<uuid:public_id>/results.csv", batch_views.results, name="batch_results"),
    path("batches/<uuid:public_id>/results.xlsx", batch_views.results_workbook, name="batch_workbook"),
    path("batches/<uuid:public_id>/briefs.zip", batch_views.briefs, name="batch_briefs"),
    path("api/v1/", api.urls),
]
