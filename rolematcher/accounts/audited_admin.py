"""An admin whose every change is kept with old value, new value, reason and person: for rates and facts."""

from __future__ import annotations

from django import forms
from django.contrib.admin.options import ModelAdmin
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .audit import audit_change, values_of
from .requests import person


class AuditedForm(forms.ModelForm):
    """A row with the reason for changing it."""

    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("Kept in the audit trail beside the old and the new values."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class AuditedAdmin(ModelAdmin):
    """Stands before the other bases of an admin: asks why, and notes who changed what from what to what."""

    form = AuditedForm

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool
    ) -> None:
        """Save the row and note the change, both or neither."""
        with transaction.atomic():
            before = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
            old = values_of(before) if before else {}
            super().save_model(request, obj, form, change)
            obj.refresh_from_db()
            audit_change(
                obj, old, values_of(obj), why=form.cleaned_data.get("why", ""), actor=person(request)
            )

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Remove the row and note what it held."""
        with transaction.atomic():
            audit_change(obj, values_of(obj), {}, why=request.POST.get("why", ""), actor=person(request))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[models.Model]) -> None:
        """The same for several rows at once."""
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

    def construct_change_message(  # type: ignore[override]
        self, request: HttpRequest, form: forms.ModelForm, formsets: object, add: bool = False
    ) -> str:
        """The row's own history says the values too, not only which column it was."""
        if add:
            return form.cleaned_data.get("why", "")
        names = [name for name in form.changed_data if name != "why"]
        changes = [f"{name}: {form.initial.get(name)} → {form.cleaned_data.get(name)}" for name in names]
        return f"{'; '.join(changes)} ({form.cleaned_data.get('why', '')})"
