"""The recruiter's addresses."""

from django.urls import URLPattern, path

from rolematcher.views import bulk, decision, intake, listing, theme

urlpatterns: list[URLPattern] = [
    path("", listing.briefs, name="briefs"),
    path("new/", intake.brief_new, name="brief_new"),
    path("drafts/<uuid:public_id>/", intake.draft, name="draft"),
    path("drafts/<uuid:public_id>/keep/", intake.draft_keep, name="draft_keep"),
    path("drafts/<uuid:public_id>/throw-away/", intake.draft_drop, name="draft_drop"),
    path("briefs/<uuid:public_id>/", decision.decision, name="decision"),
    path("briefs/<uuid:public_id>/pdf/", decision.brief_ask, name="brief_request"),
    path("files/<uuid:public_id>/state/", decision.brief_status, name="brief_status"),
    path("files/<uuid:public_id>/", decision.brief_download, name="brief_download"),
    path("zip/", bulk.bulk, name="bulk"),
    path("zip/<slug:key>/", bulk.bulk_state, name="bulk_state"),
    path("zip/<slug:key>/download/", bulk.bulk_download, name="bulk_download"),
    path("theme/", theme.theme, name="theme"),
]
