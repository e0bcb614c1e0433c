"""Pages of batches: send a file, watch it being made, fetch results and briefs, cancel."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rolematcher.accounts.models import User
from rolematcher.accounts.requests import SignedRequest
from rolematcher.decisions.models import LONG_COLUMNS, Decision
from rolematcher.decisions.services import DecisionConflict
from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.web.once import sent_once
from rolematcher.web.speech import money_range
from rolematcher.web.spreadsheets import csv_lines

from .batch_files import MOST_BYTES, columns_of
from .batches import BatchInvalid, batch_cancel, batch_file, batch_make, batch_of_texts, batch_progress
from .bodies import language_of
from .models import Batch, BatchLine
from .problems import Wrong

MOST_PASTED = 500_000
"""Characters of all pasted descriptions."""

MOST_SHOWN = 200
"""Lines that stand on the page; all are in the results to download."""


class BatchForm(forms.Form):
    """A file to make decisions from, or descriptions pasted."""

    file = forms.FileField(label=lazy("File (CSV, XLSX or JSON lines)"), required=False)
    texts = forms.CharField(
        label=lazy("Or paste descriptions, a line of three hyphens between them"),
        required=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=lazy("What they leave open stays open; each decision then says what to ask."),
        error_messages={"max_length": lazy("That is too much text at once. Paste it in parts.")},
    )

    def clean(self) -> None:
        """One of both."""
        if not self.errors and bool(self.cleaned_data["file"]) == bool(self.cleaned_data["texts"]):
            raise forms.ValidationError(_("Choose a file or paste descriptions, one of both."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def batches(request: SignedRequest) -> HttpResponse:
    """Her batches, and a form for a new one; a file with errors is answered with all of them."""
    form, status = BatchForm(), 200
    errors: tuple[Wrong, ...] = ()
    if request.method == "POST":
        form, status = BatchForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                return redirect("batch", _made(form, request.user).public_id)
            except BatchInvalid as invalid:
                errors = invalid.errors
                form.add_error("file" if form.cleaned_data["file"] else "texts", str(invalid))
            except DecisionConflict as conflict:
                form.add_error(None, str(conflict))
    own = Batch.objects.filter(owner=request.user)[:50]
    context = {"here": "batches", "form": form, "errors": errors, "batches": own}
    return render(request, "api/batches.html", context, status=status)


def _made(form: BatchForm, user: User) -> Batch:
    file, key, language = form.cleaned_data["file"], uuid.uuid4().hex, language_of()
    if file is None:
        return batch_of_texts(form.cleaned_data["texts"], user=user, key=key, language=language)
    data, name = file.read(MOST_BYTES + 1), _plain(str(file.name))
    return batch_make(data, user=user, key=key, name=name, language=language)


@login_required
@require_safe
def template(request: SignedRequest) -> HttpResponse:
    """An empty file with all the columns."""
    text = csv_lines(columns_of(rulebook_of(Edition.objects.current())), ())
    heads = {"Content-Disposition": 'attachment; filename="batch.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=heads)


@login_required
@require_safe
def batch(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far it is; the page asks again until it is done."""
    shown = _own(request, public_id)
    long = [f"decision__{column}" for column in LONG_COLUMNS]
    ended = shown.lines.filter(ended=True).select_related("decision").defer("answers", "evidence", *long)
    context = {
        "here": "batches",
        "batch": shown,
        "far": batch_progress(shown),
        "rows": [_shown(line) for line in ended[:MOST_SHOWN]],
        "most": MOST_SHOWN,
    }
    live = request.htmx
    return render(request, "api/batch_state.html" if live else "api/batch.html", context)


@login_required
@require_POST
def cancel(request: SignedRequest, public_id: uuid.UUID) -> HttpResponse:
    """Make no more of it."""
    batch_cancel(_own(request, public_id), user=request.user)
    messages.success(request, _("The batch is cancelled. What was made stays."))
    return redirect("batch", public_id)


@login_required
@require_safe
def download(request: SignedRequest, public_id: uuid.UUID, name: str) -> HttpResponseBase:
    """What came of each line, or the PDFs that are ready."""
    return batch_file(_own(request, public_id), request.user, name)


def _own(request: SignedRequest, public_id: uuid.UUID) -> Batch:
    return get_object_or_404(Batch, public_id=public_id, owner=request.user)


def _shown(line: BatchLine) -> tuple[BatchLine, Decision | None, str]:
    """A line, its decision where there is one that is not deleted, and the estimate in words."""
    decision = line.decision if line.decision and not line.decision.deleted_at else None
    if decision is None or decision.pay_low is None:
        return line, decision, ""
    high = decision.pay_high or decision.pay_low
    return line, decision, money_range(decision.pay_low, high, decision.pay_currency, decision.pay_unit)


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:200]
