"""The form, its drafts, other answers tried, and new versions."""

from django.urls import URLPattern, path

from . import views, whatif

urlpatterns: list[URLPattern] = [
    path("new/", views.brief_new, name="brief_new"),
    path("drafts/<uuid:public_id>/", views.draft, name="draft"),
    path("drafts/<uuid:public_id>/keep/", views.draft_keep, name="draft_keep"),
    path("drafts/<uuid:public_id>/throw-away/", views.draft_drop, name="draft_drop"),
    path("briefs/<uuid:public_id>/what-if/", whatif.what_if, name="what_if"),
    path("briefs/<uuid:public_id>/what-if/live/", whatif.what_if_live, name="what_if_live"),
    path("briefs/<uuid:public_id>/new-version/", whatif.version_begin, name="version_begin"),
    path("briefs/<uuid:public_id>/changes/", whatif.version_changes, name="version_changes"),
    path("token/", views.form_token, name="form_token"),
]
