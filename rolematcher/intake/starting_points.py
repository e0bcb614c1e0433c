"""The starting points the product ships in, rows people can edit out."""

from __future__ import annotations

import tomllib

from django.db import transaction

from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.packaged import packaged_text
from rolematcher.rules import answers_read
from rolematcher.web.names import said

from .models import StartingPoint


@transaction.atomic
def starting_points_load() -> int:
    """Add the shipped starting points to a database that has none; returns how many.

    Once there is any, people look after them in the admin, and nothing they threw away comes back.

    Raises AnswersInvalid where a shipped one does not fit the current rulebook.
    """
    if StartingPoint.objects.exists():
        return 0
    rulebook = rulebook_of(Edition.objects.current())
    shipped = tomllib.loads(packaged_text("starting_points.toml"))["starting_point"]
    for order, point in enumerate(shipped, start=1):
        answers_read(rulebook, point["answers"])
        StartingPoint.objects.create(**point, order=order * 10)
    return len(shipped)


def starting_answers(point: StartingPoint) -> dict[str, object]:
    """Its answers to begin a form with, the texts among them in the active language where they have one."""
    answers = dict(point.answers)
    if project := answers.get("project"):
        answers["project"] = said(project)
    if success := answers.get("success"):
        answers["success"] = [said(line) for line in success]
    return answers
