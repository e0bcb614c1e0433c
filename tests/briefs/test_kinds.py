"""Every kind of content of the documents is shown where the list of kinds says it is."""

from __future__ import annotations

import pytest

from rolematcher.packaged import packaged_text
from rolematcher.roles.content import content as roles_content
from rolematcher.roles.profile import role_profiles
from tests.roles.kinds import KINDS

from .made import CHATBOT, RECOMMENDED, content, strings

BRIEFS = (
    *RECOMMENDED.values(),
    *(CHATBOT | {"place": place} for place in ("US", "IN", "DE")),
    *(CHATBOT | {"place": "US", "engagement_type": kind} for kind in ("contract", "embedded_offshore")),
)


def held(kind) -> list[str]:
    """Texts of which one at least must be shown."""
    where, _dot, field = kind.held_by.partition(".")
    if where == "role":
        profiles = role_profiles().role.values()
        found = [text for profile in profiles for text in strings(getattr(profile, field))]
    elif where == "content":
        found = list(strings(getattr(roles_content(), field)))
    else:
        found = [role_profiles().source[kind.source].publisher]
    return [
        text
        for text in found
        if (len(text) > 5 or text.isdigit()) and "_" not in text and not text.endswith("-2026")
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_kind_of_content_can_be_reached(kind):
    if kind.shown_on == "starting_point":
        assert f'slug = "{kind.section}"' in packaged_text("starting_points.toml")
        return
    for answers in BRIEFS:
        said = content(answers)
        parts = said.printed if kind.shown_on == "brief" else said.parts
        sections = [one for part in parts for one in part.sections() if one.id == kind.section]
        shown = "\n".join(strings(sections)).casefold()
        if any(text.casefold() in shown for text in held(kind)):
            return
    pytest.fail(f"{kind.id} is not shown in section {kind.section} of any {kind.shown_on}")
