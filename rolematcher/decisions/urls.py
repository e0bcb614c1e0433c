"""The list of decisions, a decision's page, and what is noted on it."""

from django.urls import URLPattern, path

from . import listing, marks, views

urlpatterns: list[URLPattern] = [
    path("", listing.briefs, name="briefs"),
    path("briefs/<uuid:public_id>/", views.decision, name="decision"),
    path("briefs/<uuid:public_id>/status/", marks.status_set, name="status_set"),
    path("briefs/<uuid:public_id>/override/", marks.override, name="override"),
    path("briefs/<uuid:public_id>/outcome/", marks.outcome, name="outcome"),
]
