"""What the `decide` command needs: the edition and figures to use, and a decision as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from rolematcher.briefs.content import content_of
from rolematcher.briefs.content.recommend import recommendation
from rolematcher.editions.models import Edition
from rolematcher.editions.services import text_hash
from rolematcher.packaged import packaged_text
from rolematcher.rates.services import Figures, figures_on_file, figures_packaged

from .preview import preview_of
from .services import WorkedOut, decision_work_out


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides now. `note` says so where it is the packaged data because no database is set up."""

    edition: Edition
    figures: Figures
    note: str = ""

    def work_out(self, answers: Mapping[str, Any], *, on: date) -> WorkedOut:
        """Decide these answers. Raises AnswersInvalid."""
        return decision_work_out(answers, edition=self.edition, on=on, figures=self.figures)


def standing() -> Standing:
    """The published edition and the figures on file; the packaged ones before `setup_data` has run."""
    try:
        return Standing(Edition.objects.current(), figures_on_file())
    except (Edition.DoesNotExist, DatabaseError):
        note = _("Nothing is published in the database yet: deciding by the packaged rulebook and figures.")
        return Standing(_packaged_edition(), figures_packaged(), note)


def _packaged_edition() -> Edition:
    text = packaged_text("rulebook.toml")
    return Edition(number=1, state=Edition.PUBLISHED, text=text, sha256=text_hash(text))


def decided_as_dict(work: WorkedOut) -> dict[str, Any]:
    """One decision as scripts read it: the verdict's keys, the estimate by role, budget and cost."""
    verdict, money = work.verdict, work.money
    return {
        "role": verdict["role"],
        "course": verdict["course"],
        "need": verdict["need"],
        "recommendation": recommendation(verdict["role"], verdict["course"], verdict, work.answers),
        **{key: value for key, value in verdict.items() if key not in ("role", "course", "need", "trace")},
        "estimate": money["roles"],
        "estimate_note": money["missing"],
        "budget": money["budget"],
        "cost": money["cost"],
        "time_to_hire": money["time_to_hire"],
        "trace": verdict["trace"],
        "answers": work.answers,
        "edition": {"number": work.edition.number, "sha256": work.edition.sha256},
        "decided_on": work.decided_on.isoformat(),
    }


def decided_pdf(work: WorkedOut) -> bytes:
    """The brief of a decision that is not saved, as PDF bytes."""
    # Imported here: a command that only decides must not wait for the renderer to load.
    from rolematcher.briefs.pdf import brief_pdf

    return brief_pdf(content_of(preview_of(work)), variant="full", paper="a4", language="en").data


def replayed(pdf: bytes) -> dict[str, Any]:
    """Decide again from the decision attached to a brief, by the same edition, and compare.

    Raises ValueError where the file carries no decision or its edition is not in the database.
    """
    from rolematcher.briefs.pdf import decision_json_of

    attached = decision_json_of(pdf)
    stand = standing()
    edition = _edition_of(attached["edition"]["sha256"], stand.edition)
    work = decision_work_out(
        attached["answers"],
        edition=edition,
        on=date.fromisoformat(attached["decided_on"]),
        figures=stand.figures,
    )
    keys = ("role", "course", "need", "level", "basis")
    then = {key: attached["verdict"][key] for key in keys}
    now = {key: work.verdict[key] for key in keys}
    return {"same": then == now, "then": then, "now": now, "edition": edition.number}


def _edition_of(sha256: str, standing_edition: Edition) -> Edition:
    if standing_edition.sha256 == sha256:
        return standing_edition
    edition = Edition.objects.filter(sha256=sha256).first()
    if edition is None:
        raise ValueError(_("The brief was made by an edition of the rulebook that is not in this database."))
    return edition
