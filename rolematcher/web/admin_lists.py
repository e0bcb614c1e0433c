"""Lists that stay as quick at a million rows as at ten thousand: nothing is counted, a page is two queries.

In: a filtered queryset. Out: one page of rows. First the keys of the page, which an index gives alone;
then those rows, with the short columns only. Ordering by a column without an index is not offered, and a
forged address that asks for it is not obeyed.
"""

from __future__ import annotations

from html import escape
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

COUNTED = 1000
"""Up to so many rows are counted; above it the page says "more than"."""

LAST_PAGE = 100_000


class Pages:
    """What Django's list expects of a paginator, without counting."""

    def __init__(self, number: int, more: bool) -> None:
        self.num_pages = number + more

    def get_elided_page_range(self, number: int) -> list[int]:
        """No row of page numbers: the pages before and after have links of their own."""
        return []


class LeanChangeList(ChangeList):
    """A page of rows and whether there are more."""

    lean = True
    first = last = 0
    more = counted = False
    previous_query = next_query = ""

    def get_ordering_field(self, field_name: Any) -> Any:
        """Only columns offered for sorting sort, whatever the address asks for."""
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None

    def get_results(self, request: HttpRequest) -> None:
        """Fetch one page. Raises IncorrectLookupParameters for a page number that makes no sense."""
        if not 1 <= self.page_num <= LAST_PAGE:
            raise IncorrectLookupParameters
        start, size = (self.page_num - 1) * self.list_per_page, self.list_per_page
        keys = list(self.queryset.values_list("pk", flat=True)[start : start + size + 1])
        self.more, keys = len(keys) > size, keys[:size]
        admin_of = cast("HouseAdmin", self.model_admin)
        rows = admin_of.rows_for_list(self.model._default_manager.filter(pk__in=keys))
        by_key = {row.pk: row for row in rows}
        self.result_list = [by_key[key] for key in keys if key in by_key]
        self.first, self.last = start + 1 if keys else 0, start + len(keys)
        self.result_count = self.last
        if self.more:
            self.result_count = self.queryset.order_by().values("pk")[: COUNTED + 1].count()
        self.counted = not self.more or self.result_count <= COUNTED
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all, self.multi_page = False, self.more or self.page_num > 1
        self.paginator = Pages(self.page_num, self.more)
        if self.page_num > 1:
            self.previous_query = self.get_query_string({PAGE_VAR: self.page_num - 1})
        if self.more:
            self.next_query = self.get_query_string({PAGE_VAR: self.page_num + 1})


class HouseAdmin(admin.ModelAdmin):
    """What all our lists share: quick pages, no guessing of filters, 404 for what is not yours.

    Stands before Django's own admin of a model among the bases, where there is one.
    """

    show_full_result_count = False
    list_per_page = 50
    sortable_by: ClassVar[Any] = ()
    actions_on_top = True
    show_facets = admin.ShowFacets.NEVER
    long_columns: tuple[str, ...] = ()
    """Columns no list shows: texts and JSON, left in the database while listing."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, headed by what is in it."""
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that does not count."""
        return LeanChangeList

    def action_checkbox(self, obj: Model) -> SafeString:
        """The box before a row: the stock markup without a template for each, a third of the page's time."""
        words = escape(_("Select this object for an action - {}").format(obj))
        return SafeString(
            f'<input type="checkbox" name="{helpers.ACTION_CHECKBOX_NAME}" value="{escape(str(obj.pk))}"'
            f' class="action-select" aria-label="{words}">'
        )

    def rows_for_list(self, queryset: QuerySet) -> QuerySet:
        """The rows of one page with what their columns show."""
        if isinstance(self.list_select_related, tuple):
            queryset = queryset.select_related(*self.list_select_related)
        return queryset.defer(*self.long_columns)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only filters the page offers. Anything else in the address is answered with "bad request"."""
        for item in self.get_list_filter(request) if request else self.list_filter:
            if isinstance(item, str | tuple):
                column = item if isinstance(item, str) else item[0]
                if lookup in {f"{column}{end}" for end in ("__exact", "__isnull", "__id__exact")}:
                    return True
            elif lookup in getattr(item, "names", ()) or lookup == getattr(item, "parameter_name", ""):
                return True
        return False

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404


class ReadOnlyAdmin(HouseAdmin):
    """Something to look at: nothing is added, changed or removed here."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False
