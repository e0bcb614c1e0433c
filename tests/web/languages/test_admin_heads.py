"""The admin in German: what stands over a column and beside a field."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.utils import translation

ALIKE = {"name", "logo", "team", "status", "version", "budget", "format", "worker", "recruiter", "webhook"}
ALIKE |= {"bytes", "hash", "id", "sha256"}
"""Heads that are the same word in both languages."""


def test_every_head_of_our_admin_lists_and_pages_is_german_too():
    english = set()
    for model, owner in admin.site._registry.items():
        if not model.__module__.startswith("rolematcher."):
            continue
        shown = {*owner.list_display, *(owner.fields or ()), *owner.readonly_fields} - {"action_checkbox"}
        for name in shown:
            heads = []
            for language in ("en", "de"):
                with translation.override(language):
                    heads.append(str(label_for_field(name, model, owner)).lower())
            if heads[0] == heads[1] and heads[0] not in ALIKE:
                english.add((model.__name__, name))
    assert english == set()
