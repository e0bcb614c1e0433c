"""A decision's page and documents, its advert for others, and many documents as one ZIP."""

from django.urls import URLPattern, path

from . import bulk, views

urlpatterns: list[URLPattern] = [
    path("decisions/<uuid:public_id>/", views.decision, name="decision"),
    path("decisions/<uuid:public_id>/document/", views.brief_ask, name="brief_request"),
    path("decisions/<uuid:public_id>/advert.<slug:form>", views.advert, name="advert"),
    path("decisions/<uuid:public_id>/job-posting/", views.job_record, {"kind": "job-posting"}, "job_posting"),
    path("decisions/<uuid:public_id>/occupation/", views.job_record, {"kind": "occupation"}, "occupation"),
    path("decisions/<uuid:public_id>/rating-sheet/", views.rating_sheet, name="rating_sheet"),
    path("decisions/<uuid:public_id>/places/", views.places, name="places"),
    path("files/<uuid:public_id>/state/", views.brief_status, name="brief_status"),
    path("files/<uuid:public_id>/", views.brief_download, name="brief_download"),
    path("zip/", bulk.bulk, name="bulk"),
    path("zip/<slug:key>/", bulk.bulk_state, name="bulk_state"),
    path("zip/<slug:key>/download/", bulk.bulk_download, name="bulk_download"),
]
