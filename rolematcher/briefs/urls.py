"""Documents: asked for, watched, fetched, in one ZIP, and as data for job boards."""

from django.urls import URLPattern, path

from . import bulk, posting_views, views

urlpatterns: list[URLPattern] = [
    path("decisions/<uuid:public_id>/", views.decision, name="decision"),
    path("briefs/<uuid:public_id>/pdf/", views.brief_ask, name="brief_request"),
    path("briefs/<uuid:public_id>/job-posting/", posting_views.job_posting, name="job_posting"),
    path("briefs/<uuid:public_id>/occupation/", posting_views.occupation, name="occupation"),
    path("files/<uuid:public_id>/state/", views.brief_status, name="brief_status"),
    path("files/<uuid:public_id>/", views.brief_download, name="brief_download"),
    path("zip/", bulk.bulk, name="bulk"),
    path("zip/<slug:key>/", bulk.bulk_state, name="bulk_state"),
    path("zip/<slug:key>/download/", bulk.bulk_download, name="bulk_download"),
]
