"""The admin site. In: what the rooms register. Out: the stock admin with one sign-in and our words and order.

Pages of the rooms that belong to no model are added by the address list (`hiring/urls.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, FieldDoesNotExist, ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

Context = dict[str, object]
View = Callable[..., HttpResponseBase]

SECTIONS = (
    (_("Reviewing"), ("Decision", "Override", "Outcome", "Brief", "ShareLink", "ManagerRequest")),
    (
        _("Rules and rates"),
        ("Edition", "RateObservation", "ConversionFact", "ExchangeRate", "StartingPoint"),
    ),
    (_("People"), ("House", "User", "Team", "Group", "TOTPDevice", "StaticDevice")),
    (_("Records"), ("Job", "AuditEvent", "AccessAttempt", "AccessFailureLog", "AccessLog")),
)
"""How the overview sorts what there is; anything new lands under the last."""


class HiringAdminSite(admin.AdminSite):
    """The stock admin with our words and look. Every page answers by permission, as the stock one does."""

    site_title = _("Role Matcher")
    site_header = _("Role Matcher administration")
    index_title = _("Overview")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def login(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        """Send people to the one sign-in page, which is throttled; refuse who is signed in but not staff."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()), settings.LOGIN_URL)

    def admin_view(  # type: ignore[override]
        self, view: View, cacheable: bool = False
    ) -> View:
        """Answer what no form of ours sends as it deserves: some stock views fail on it with 500."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            try:
                return inner(request, *args, **kwargs)
            except (FieldDoesNotExist, IncorrectLookupParameters) as fault:  # a filter of nothing
                raise BadRequest from fault
            except ObjectDoesNotExist as fault:  # the pages of a second factor
                raise Http404 from fault

        return answered

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """Packages are nothing to people: the overview shows what there is by what it is for."""
        if not self.get_app_list(request, app_label):
            raise Http404
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Context]:
        """What this person may open, by what it is for instead of by package."""
        listed = super().get_app_list(request, app_label)
        if app_label is not None:
            return listed
        models = {model["object_name"]: model for app in listed for model in app["models"]}
        sections = [
            (name, [models.pop(kind) for kind in kinds if kind in models]) for name, kinds in SECTIONS
        ]
        sections[-1][1].extend(models.values())
        fixed = {"app_label": "hiring", "app_url": None, "has_module_perms": True}
        return [{**fixed, "name": name, "models": found} for name, found in sections if found]
