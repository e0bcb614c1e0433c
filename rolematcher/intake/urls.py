"""The steps, their drafts, other answers tried, and new versions."""

from django.urls import URLPattern, path

from . import making, views, whatif

DRAFT = "drafts/<uuid:public_id>/"

urlpatterns: list[URLPattern] = [
    path("new/", views.brief_new, name="brief_new"),
    path(DRAFT, views.draft, name="draft"),
    path(DRAFT + "check/", views.draft_check, name="draft_check"),
    path(DRAFT + "questions/", views.draft_questions, name="draft_questions"),
    path(DRAFT + "questions/<slug:id>/", views.draft_question, name="draft_question"),
    path(DRAFT + "make/", making.draft_make, name="draft_make"),
    path(DRAFT + "keep/", views.draft_keep, name="draft_keep"),
    path(DRAFT + "throw-away/", views.draft_drop, name="draft_drop"),
    path(DRAFT + "bring-back/", views.draft_bring_back, name="draft_bring_back"),
    *(
        path(f"{DRAFT}{name.removeprefix('draft_')}/", views.draft_form, {"name": name}, name=name)
        for name in views.FORMS
    ),
    path("briefs/<uuid:public_id>/what-if/", whatif.what_if, name="what_if"),
    path("briefs/<uuid:public_id>/new-version/", whatif.version_begin, name="version_begin"),
    path("briefs/<uuid:public_id>/changes/", whatif.version_changes, name="version_changes"),
    path("token/", views.form_token, name="form_token"),
]
