"""What the first decision of a process would load: rulebook, profiles, figures, exchange rates; no database.

Server and worker load it before they fork: processes share the memory, and nobody's first call waits.
"""

from __future__ import annotations

from django.utils import timezone

from rolematcher.editions.services import edition_packaged
from rolematcher.pay.figures import figures_packaged
from rolematcher.rules.answers import Answers

from .services import decision_work_out


def decisions_warm() -> None:
    """Work one out by the packaged rulebook and figures, and forget it."""
    answers = Answers.model_validate({"work": "connect", "place": "PL", "engagement_type": "permanent"})
    today = timezone.localdate()
    decision_work_out(answers, edition=edition_packaged(), figures=figures_packaged(), on=today)
