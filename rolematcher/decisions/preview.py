"""Something worked out but not saved in, what its page and brief are written from out."""

from __future__ import annotations

from rolematcher.briefs.content import DecisionPreview
from rolematcher.editions.rulebooks import rulebook_of

from .services import WorkedOut


def preview_of(work: WorkedOut) -> DecisionPreview:
    """Something worked out but not saved, as the brief's sentences are built from it."""
    return DecisionPreview(
        answers=work.answers,
        facts=work.facts,
        verdict=work.verdict,
        money=work.money,
        profiles=work.profiles,
        decided_on=work.decided_on,
        edition_number=work.edition.number or 0,
        edition_sha256=work.edition.sha256,
        rulebook=rulebook_of(work.edition),
        evidence=work.evidence,
    )
