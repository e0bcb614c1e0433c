"""Editions in the admin: drafted, edited with line numbers, checked, compared, published, published again."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rolematcher.accounts.requests import person
from rolematcher.values.numbers import whole_read
from rolematcher.web.admin_lists import HouseAdmin
from rolematcher.web.once import sent_once

from .check import edition_check
from .models import Edition
from .pages import compare_page, tables_shown, text_diff
from .services import (
    EditionConflict,
    EditionInvalid,
    edition_again,
    edition_discard,
    edition_draft,
    edition_publish,
    edition_save,
    rulebook_of,
)

MOST_UPLOAD = 1_000_000


@admin.register(Edition)
class EditionAdmin(HouseAdmin):
    """Rulebook editions. A draft is edited on its own page; a published one is read there."""

    list_display = ("name", "state", "title", "reason_shown", "published_by", "published_at", "changed_at")
    list_filter = ("state",)
    list_select_related = ("published_by",)
    long_columns = ("text",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Drafts are made by the buttons of the list, not by an empty form."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """Drafts are discarded on their page."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The workflow's own addresses."""
        view, named = self.admin_site.admin_view, "editions_edition_"
        own = [
            path("draft/", view(require_POST(self.draft_view)), name=named + "draft"),
            path("load/", view(require_POST(self.load_view)), name=named + "load"),
            path("<int:key>/save/", view(require_POST(self.save_view)), name=named + "save"),
            path("<int:key>/compare/", view(self.compare_view), name=named + "compare"),
            path("<int:key>/publish/", view(self.publish_view), name=named + "publish"),
            path("<int:key>/again/", view(require_POST(self.again_view)), name=named + "again"),
            path("<int:key>/discard/", view(require_POST(self.discard_view)), name=named + "discard"),
            path("<int:key>/rulebook.toml", view(self.download_view), name=named + "download"),
        ]
        return own + super().get_urls()

    def one(self, request: HttpRequest, key: int) -> Edition:
        """An edition, for whoever may look at editions. Raises Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        editions = Edition.objects.select_related("based_on", "published_by", "created_by")
        return get_object_or_404(editions, pk=key)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """The editor of a draft, or a published edition to read."""
        key = whole_read(object_id, least=1, most=999_999_999)
        if not isinstance(key, int):
            raise Http404
        edition = self.one(request, key)
        if edition.state == Edition.DRAFT and request.user.has_perm("editions.change_edition"):
            return self.editor(request, edition)
        return self.frozen(request, edition)

    def frozen(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        """An edition to read: its tables, its text, and whether it can be published again."""
        current = Edition.objects.published().defer("text").first()
        checked = edition_check(edition.text)
        context = {
            "tables": tables_shown(checked.rulebook) if checked.rulebook else [],
            "text_lines": enumerate(edition.text.splitlines(), start=1),
            "current": current,
            "decides": current is not None and current.pk == edition.pk,
            "decided": edition.decisions.count(),
            "may_publish": edition.number and request.user.has_perm("editions.publish_edition"),
            "may_draft": request.user.has_perm("editions.add_edition"),
        }
        return self.page(request, "frozen.html", edition, context)

    def editor(
        self,
        request: HttpRequest,
        edition: Edition,
        text: str | None = None,
        conflict: str = "",
    ) -> HttpResponse:
        """A draft's text with its errors and tables. `text` is what a refused save had typed."""
        shown = edition.text if text is None else text
        checked = edition_check(shown)
        readable, borrowed = checked.rulebook, None
        if readable is None and edition.based_on:
            readable, borrowed = rulebook_of(edition.based_on), edition.based_on
        context = {
            "shown": shown,
            "errors": checked.errors,
            "borrowed": borrowed,
            "tables": tables_shown(readable) if readable else [],
            "theirs": text_diff(edition.text, shown) if text is not None else [],
            "conflict": conflict,
            "may_discard": request.user.has_perm("editions.delete_edition"),
        }
        return self.page(request, "editor.html", edition, context, status=409 if conflict else 200)

    def page(
        self,
        request: HttpRequest,
        template: str,
        edition: Edition,
        context: Mapping[str, object],
        status: int = 200,
    ) -> HttpResponse:
        """A page of the workflow in the admin's frame."""
        own = {"opts": self.opts, "edition": edition, "title": str(edition).capitalize()}
        frame = self.admin_site.each_context(request)
        return TemplateResponse(
            request, f"admin/editions/edition/{template}", {**frame, **own, **context}, status=status
        )

    @sent_once
    def draft_view(self, request: HttpRequest) -> HttpResponse:
        """A new draft from the current edition, or from the one named."""
        named = _whole(request.POST.get("from", ""))
        base = self.one(request, named) if named > 0 else None
        try:
            return _to(edition_draft(person(request), based_on=base, text=base.text if base else None))
        except Edition.DoesNotExist:
            messages.error(request, _("There is no edition to start from; load a rulebook file."))
            return redirect("admin:editions_edition_changelist")

    @sent_once
    def load_view(self, request: HttpRequest) -> HttpResponse:
        """A new draft from an uploaded rulebook file."""
        if not request.user.has_perm("editions.add_edition"):
            raise PermissionDenied
        file = request.FILES.get("file")
        try:
            if file is None or not file.size:
                raise ValueError(_("Choose a rulebook file (TOML)."))
            if file.size > MOST_UPLOAD:
                raise ValueError(_("The file is larger than 1 MB; a rulebook is about 60 KB."))
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            messages.error(request, _("The file is not UTF-8 text. Save it as UTF-8 and load it again."))
        except ValueError as error:
            messages.error(request, str(error))
        else:
            return _to(edition_draft(person(request), text=text))
        return redirect("admin:editions_edition_changelist")

    def save_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Keep what was typed; on top of somebody else's save, show both."""
        edition = self.one(request, key)
        text = request.POST.get("text", "")
        seen = _whole(request.POST.get("seen", ""))
        try:
            edition_save(edition, user=person(request), text=text, seen=seen)
        except EditionConflict as conflict:
            if conflict.theirs.state != Edition.DRAFT:
                messages.error(request, _("It was published meanwhile. Your text is kept as a new draft."))
                return _to(edition_draft(person(request), text=text))
            return self.editor(request, conflict.theirs, text, str(conflict))
        messages.success(request, _("Saved."))
        return _to(edition)

    def compare_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Against the current edition: text, and the cases that come out otherwise."""
        edition = self.one(request, key)
        return self.page(request, "compare.html", edition, {"page": compare_page(edition)})

    @sent_once
    def publish_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Publish with a reason."""
        edition = self.one(request, key)
        if not request.user.has_perm("editions.publish_edition"):
            raise PermissionDenied
        if edition.state != Edition.DRAFT:
            return _to(edition)
        errors = edition_check(edition.text).errors
        looked = edition.replay_seen == edition.saved_version or not edition.decided_before()
        reason, refused = request.POST.get("reason", "")[:2000], ""
        if request.method == "POST":
            seen = _whole(request.POST.get("seen", ""))
            try:
                edition_publish(edition, user=person(request), reason=reason, seen=seen)
            except (EditionConflict, EditionInvalid, ValueError) as error:
                refused = str(error)
            else:
                messages.success(request, _("%(edition)s decides from now on.") % {"edition": edition})
                return _to(edition)
        context = {"errors": errors, "reason": reason, "looked": looked, "error": refused}
        return self.page(request, "publish.html", edition, context)

    @sent_once
    def again_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Publish an earlier text again: going back."""
        edition = self.one(request, key)
        try:
            again = edition_again(edition, user=person(request), reason=request.POST.get("reason", "")[:2000])
        except ValueError as error:
            messages.error(request, str(error))
            return _to(edition)
        messages.success(request, _("%(edition)s decides from now on.") % {"edition": again})
        return _to(again)

    def discard_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Throw a draft away."""
        edition_discard(self.one(request, key), user=person(request))
        messages.success(request, _("The draft is gone."))
        return redirect("admin:editions_edition_changelist")

    def download_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The text as the file that lies in git."""
        edition = self.one(request, key)
        name = f"rulebook-edition-{edition.number}" if edition.number else f"rulebook-draft-{edition.pk}"
        response = HttpResponse(edition.text, content_type="application/toml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.toml"'
        return response

    @admin.display(description=gettext_lazy("edition"))
    def name(self, edition: Edition) -> str:
        """Edition 4, or draft 12."""
        return str(edition)

    @admin.display(description=gettext_lazy("reason"))
    def reason_shown(self, edition: Edition) -> str:
        """Why it was published."""
        return edition.reason[:120] or "–"


def _whole(typed: str) -> int:
    """The number of a hidden field, -1 for what is none."""
    read = whole_read(typed, least=0, most=999_999_999)
    return read if isinstance(read, int) else -1


def _to(edition: Edition) -> HttpResponse:
    return redirect("admin:editions_edition_change", edition.pk)
