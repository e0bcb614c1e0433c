"""The list of decisions and what is noted on one; its page stands in `briefs`."""

from django.urls import URLPattern, path

from . import exports, follow_up, override, quote, status, views

urlpatterns: list[URLPattern] = [
    path("", views.decisions, name="decisions"),
    path("decisions/export/<slug:form>/", exports.export, name="decisions_export"),
    path("decisions/<uuid:public_id>/status/", status.status_set, name="status_set"),
    path("decisions/<uuid:public_id>/override/", override.override, name="override"),
    path("decisions/<uuid:public_id>/follow-up/", follow_up.outcome, name="outcome"),
    path("decisions/<uuid:public_id>/quote/", quote.quote, name="quote"),
    path("decisions/<uuid:public_id>/delete/", status.delete, name="decision_delete"),
    path("decisions/<uuid:public_id>/undelete/", status.undelete, name="decision_undelete"),
]
