"""What another rulebook would change in past decisions. In: an edition. Out: counts, and which decisions.

A past decision is read as one number, the place of its answers in the answer table of its edition; equal ones
are decided together. The page names the changed decisions by number to everybody who may edit rules, with old
and new result; client and project only to those who may read the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rolematcher.accounts.models import User
from rolematcher.accounts.requests import person
from rolematcher.editions.models import Edition
from rolematcher.editions.services import edition_replay_seen, rulebook_of
from rolematcher.editions.words import rules_words
from rolematcher.rules import RulebookError
from rolematcher.rules.answer_table import AnswerTable, Outcome, answer_table

from .models import Decision

LISTED = 200


@dataclass(frozen=True)
class Change:
    """A decision that would come out otherwise. `readable` where this person may read it."""

    decision: Decision
    role: str
    recommendation: str
    readable: bool


@dataclass
class Replay:
    """All past decisions under another text; `listed` are the newest of those that change."""

    total: int = 0
    changed: int = 0
    moves: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    listed: list[Change] = field(default_factory=list)


def edition_replay(edition: Edition, *, user: User) -> Replay:
    """Decide every kept decision again under `edition`. Raises RulebookError where the text does not read."""
    kept = Decision.objects.filter(deleted_at=None)
    replay = Replay(total=kept.count())
    becomes: dict[tuple[int, int], Outcome] = {}
    for place, old, new, often in _sheets(edition):
        if (old.role, old.recommendation) != (new.role, new.recommendation):
            replay.changed += often
            move = (old.role, old.recommendation, new.role, new.recommendation)
            replay.moves[move] = replay.moves.get(move, 0) + often
            becomes[place] = new
    replay.listed = _listed(becomes, user)
    return replay


def _sheets(edition: Edition) -> Iterator[tuple[tuple[int, int], Outcome, Outcome, int]]:
    """Every sheet that was decided: its edition and place, what it gave, what it gives now, how often."""
    rulebook = rulebook_of(edition)
    for own in Edition.objects.published().defer("text", "reason"):
        rows = Decision.objects.filter(edition=own, deleted_at=None).order_by()
        counted = list(rows.values_list("sheet").annotate(how_many=Count("*")))
        if not counted:
            continue
        before = answer_table(rulebook_of(own))
        places = np.array([sheet for sheet, _often in counted], dtype=np.int64)
        after = AnswerTable(rulebook, before.axes)
        for (sheet, often), was, now in zip(
            counted, before.codes[places].tolist(), after.codes[places].tolist(), strict=True
        ):
            yield (own.pk, sheet), before.outcomes[was], after.outcomes[now], often


def _listed(becomes: dict[tuple[int, int], Outcome], user: User) -> list[Change]:
    """The newest changed decisions with what they would become."""
    changed = Decision.objects.filter(edition__in={edition for edition, _sheet in becomes}, deleted_at=None)
    places = changed.order_by("-pk").values_list("pk", "edition_id", "sheet").iterator()
    results = ((pk, becomes.get((own, sheet))) for pk, own, sheet in places)
    found = dict(islice(((pk, new) for pk, new in results if new), LISTED))
    readable = set(Decision.objects.visible_to(user).filter(pk__in=found).values_list("pk", flat=True))
    rows = Decision.objects.listed().in_bulk(list(found))
    return [Change(rows[pk], new.role, new.recommendation, pk in readable) for pk, new in found.items()]


@permission_required("editions.view_edition", raise_exception=True)
@require_safe
def replay_page(request: HttpRequest, key: int) -> HttpResponse:
    """All past decisions under this text; having looked at it is noted on the draft."""
    edition = get_object_or_404(Edition, pk=key)
    context: dict[str, object] = {"edition": edition, "title": str(edition).capitalize()}
    try:
        context["replay"] = edition_replay(edition, user=person(request))
    except RulebookError as error:
        context["error"] = rules_words(error.message)
    else:
        edition_replay_seen(edition, user=person(request))
    return render(request, "decisions/replay.html", context | admin.site.each_context(request))
