"""The recruiter's addresses."""

from django.urls import URLPattern, path

from rolematcher.views import bulk, decision, intake, language, listing, manager, marks, share, theme, whatif

urlpatterns: list[URLPattern] = [
    path("", listing.briefs, name="briefs"),
    path("new/", intake.brief_new, name="brief_new"),
    path("drafts/<uuid:public_id>/", intake.draft, name="draft"),
    path("drafts/<uuid:public_id>/keep/", intake.draft_keep, name="draft_keep"),
    path("drafts/<uuid:public_id>/throw-away/", intake.draft_drop, name="draft_drop"),
    path("briefs/<uuid:public_id>/", decision.decision, name="decision"),
    path("briefs/<uuid:public_id>/pdf/", decision.brief_ask, name="brief_request"),
    path("briefs/<uuid:public_id>/status/", marks.status_set, name="status_set"),
    path("briefs/<uuid:public_id>/override/", marks.override, name="override"),
    path("briefs/<uuid:public_id>/outcome/", marks.outcome, name="outcome"),
    path("briefs/<uuid:public_id>/share/", share.share, name="share"),
    path("briefs/<uuid:public_id>/share/<int:pk>/close/", share.share_close, name="share_close"),
    path("briefs/<uuid:public_id>/mail/", share.mail, name="mail"),
    path("briefs/<uuid:public_id>/what-if/", whatif.what_if, name="what_if"),
    path("briefs/<uuid:public_id>/what-if/live/", whatif.what_if_live, name="what_if_live"),
    path("briefs/<uuid:public_id>/new-version/", whatif.version_begin, name="version_begin"),
    path("briefs/<uuid:public_id>/changes/", whatif.version_changes, name="version_changes"),
    path("briefs/<uuid:public_id>/ask/", manager.ask_about_decision, name="manager_ask_decision"),
    path("drafts/<uuid:public_id>/ask/", manager.ask_about_draft, name="manager_ask"),
    path("asked/<int:pk>/close/", manager.ask_close, name="ask_close"),
    path("asked/<int:pk>/settle/", manager.ask_settle, name="ask_settle"),
    path("m/<str:secret>/", manager.manager_reply, name="manager_reply"),
    path("s/<str:secret>/", share.shared, name="shared"),
    path("s/<str:secret>/pdf/", share.shared_pdf, name="shared_pdf"),
    path("files/<uuid:public_id>/state/", decision.brief_status, name="brief_status"),
    path("files/<uuid:public_id>/", decision.brief_download, name="brief_download"),
    path("zip/", bulk.bulk, name="bulk"),
    path("zip/<slug:key>/", bulk.bulk_state, name="bulk_state"),
    path("zip/<slug:key>/download/", bulk.bulk_download, name="bulk_download"),
    path("theme/", theme.theme, name="theme"),
    path("language/", language.language, name="language"),
]
