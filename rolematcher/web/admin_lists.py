"""What all our admin lists share: the stock list without counting everything, 404 for what is not yours."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse


class HouseAdmin(ModelAdmin):
    """A stock admin that is quick on long tables. Stands before Django's own admin of a model, if any."""

    show_full_result_count = False
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    long_columns: tuple[str, ...] = ()
    """Columns no list shows: texts and JSON, left in the database while listing."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """All rows, without their long columns until one is opened."""
        return super().get_queryset(request).defer(*self.long_columns)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: object, object_id: str
    ) -> HttpResponse:
        raise Http404


class ReadOnlyAdmin(HouseAdmin):
    """Something to look at: nothing is added, changed or removed here."""

    def _never(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _never
