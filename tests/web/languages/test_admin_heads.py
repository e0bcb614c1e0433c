"""The admin in German: what stands over a column and beside a field."""

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.utils import translation

ALIKE = {"name", "logo", "team", "status", "version", "budget", "format", "worker", "recruiter", "webhook"}
ALIKE |= {"bytes", "hash", "id", "sha256"}


def heads(language: str) -> dict[tuple[str, str], str]:
    own = [(m, page) for m, page in admin.site._registry.items() if m.__module__.startswith("rolematcher.")]
    with translation.override(language):
        return {
            (model.__name__, name): str(label_for_field(name, model, page)).lower()
            for model, page in own
            for name in {*page.list_display, *(page.fields or ()), *page.readonly_fields}
            - {"action_checkbox"}
        }


def test_every_head_of_our_admin_lists_and_pages_is_german_too():
    german = heads("de")
    assert {at for at, words in heads("en").items() if german[at] == words and words not in ALIKE} == set()
