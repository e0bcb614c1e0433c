"""Links without an account, mail, and questions to hiring managers."""

from django.urls import URLPattern, path

from . import approval_views, manager_views, views, webhook_views

urlpatterns: list[URLPattern] = [
    path("briefs/<uuid:public_id>/share/", views.share, name="share"),
    path("briefs/<uuid:public_id>/share/<int:pk>/close/", views.share_close, name="share_close"),
    path("briefs/<uuid:public_id>/mail/", views.mail, name="mail"),
    path("briefs/<uuid:public_id>/approval/", approval_views.approval, name="approval"),
    path("briefs/<uuid:public_id>/approval/withdraw/", approval_views.withdraw, name="approval_withdraw"),
    path("accounts/webhooks/", webhook_views.webhooks, name="webhooks"),
    path("accounts/webhooks/<uuid:public_id>/on/", webhook_views.webhook_on, name="webhook_on"),
    path("accounts/webhooks/<uuid:public_id>/remove/", webhook_views.remove, name="webhook_remove"),
    path("approvals/<int:pk>/", approval_views.colleague, name="approval_colleague"),
    path("a/<str:secret>/", approval_views.by_link, name="approval_reply"),
    path("briefs/<uuid:public_id>/ask/", manager_views.ask_about_decision, name="manager_ask_decision"),
    path("drafts/<uuid:public_id>/ask/", manager_views.ask_about_draft, name="manager_ask"),
    path("asked/<int:pk>/close/", manager_views.ask_close, name="ask_close"),
    path("asked/<int:pk>/settle/", manager_views.ask_settle, name="ask_settle"),
    path("m/<str:secret>/", manager_views.manager_reply, name="manager_reply"),
    path("s/<str:secret>/", views.shared, name="shared"),
    path("s/<str:secret>/pdf/", views.shared_pdf, name="shared_pdf"),
]
