"""A decision in, everything its brief says out, in the active language. The only way to a `Content`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.decisions.models import Decision
from rolematcher.editions.services import rulebook_of
from rolematcher.engine.model import Rulebook
from rolematcher.web.names import day_words
from rolematcher.web.phrases import region_name

from . import approve, reasons
from .asked import answers_in_words
from .cost import cost
from .figures import rates
from .recommend import first_step, question_back, recommendation, replies
from .search import for_search
from .shape import Content, DecisionPreview, Overridden

STATUS = {
    "made": lazy("final"),
    "sent": lazy("sent"),
    "accepted": lazy("accepted"),
    "filled": lazy("filled"),
    "dropped": lazy("dropped"),
}


@dataclass(frozen=True, slots=True)
class _Head:
    """What a saved decision has and a preview lacks, and the override in force."""

    number: str
    asked_by: str
    made_at: datetime
    status: str
    version: int
    edition: str
    edition_sha256: str
    override: Any = None


def content_of(decision: Decision | DecisionPreview) -> Content:
    """Everything the brief of this decision says, in the active language (wrap in `translation.override`).

    For a saved decision one query each for edition, owner and override, fewer where they are joined already.
    """
    head, rulebook = _head(decision), _rulebook(decision)
    verdict, answers, money, profiles = decision.verdict, decision.answers, decision.money, decision.profiles
    role, course = verdict["role"], verdict["course"]
    if head.override:
        role, course = head.override.role, head.override.course
    terms = role == verdict["role"] and course == verdict["course"]
    place = region_name(money)
    asks = {question.id: question.ask for question in rulebook.questions}
    question_id, question = question_back(verdict, answers, asks)
    applied = reasons.rules_applied(verdict, rulebook)
    nearly = reasons.rules_nearly(verdict, rulebook)
    changes = reasons.changes(rulebook, verdict)
    pair_heading, pair = (
        approve.pair(course, verdict, profiles) if terms or course == "hire_pair" else ("", ())
    )
    made_on = day_words(decision.decided_on)
    client, project = answers.get("client") or "", answers.get("project") or ""
    return Content(
        language=get_language() or "en",
        number=head.number,
        title=_("Hiring brief %(number)s") % {"number": head.number} if head.number else _("Hiring brief"),
        client=client,
        project=project,
        asked_by=head.asked_by,
        made_on=made_on,
        made_at=head.made_at,
        status=head.status,
        role=role,
        course=course,
        recommendation=recommendation(role, course, verdict, answers, terms=terms),
        overridden=_overridden(head.override, verdict, answers),
        why_heading=_("Why the rules advised otherwise") if head.override else _("Why"),
        why=reasons.why(rulebook, verdict, answers, place),
        firmness=reasons.firmness(rulebook, verdict, overridden=bool(head.override)),
        rates=rates(role, money, answers, overridden=bool(head.override)),
        first_step=first_step(course, verdict),
        question=question or _("None: every question was answered."),
        question_replies=replies(verdict, question_id),
        search=for_search(
            role,
            course,
            rulebook=rulebook,
            verdict=verdict,
            answers=answers,
            money=money,
            profile=profiles[role],
            terms=terms,
        ),
        pair=pair,
        pair_heading=pair_heading,
        compared=approve.compared(role, rulebook, verdict, money, profiles),
        cost=cost(money, role, course, verdict),
        risks=reasons.risks(rulebook, verdict, answers, place),
        changes=changes,
        changes_sentence="" if changes else _("No single answer alone would change role or course."),
        answers=answers_in_words(rulebook, answers, place),
        description=answers.get("description") or "",
        applied=applied,
        nearly=nearly,
        rule_sources=reasons.rule_sources(rulebook, (*applied, *nearly)),
        foot=_("Advice from rules, not a legal or pay guarantee."),
        edition=head.edition,
        file_name=file_name(head.number, client, project),
        data=_data(decision, head),
    )


def _head(decision: Decision | DecisionPreview) -> _Head:
    if isinstance(decision, DecisionPreview):
        midnight = datetime.combine(decision.decided_on, time(), UTC)
        edition = _("edition %(number)s") % {"number": decision.edition_number}
        return _Head("", "", midnight, _("draft"), 1, edition, decision.edition_sha256)
    override = decision.override
    status = _("overridden") if override else str(STATUS[decision.status])
    return _Head(
        number=decision.number if decision.version == 1 else f"{decision.number} v{decision.version}",
        asked_by=decision.owner.get_full_name() or decision.owner.get_username(),
        made_at=(override.at if override else decision.created_at).astimezone(UTC).replace(microsecond=0),
        status=status,
        version=decision.version,
        edition=_("edition %(number)s") % {"number": decision.edition.number},
        edition_sha256=decision.edition.sha256,
        override=override,
    )


def _rulebook(decision: Decision | DecisionPreview) -> Rulebook:
    return decision.rulebook if isinstance(decision, DecisionPreview) else rulebook_of(decision.edition)


def _overridden(override: Any, verdict: Mapping[str, Any], answers: Mapping[str, Any]) -> Overridden | None:
    if override is None:
        return None
    by = override.by.get_full_name() or override.by.get_username()
    at = day_words(override.at.date())
    return Overridden(
        by=by,
        at=at,
        reason=override.reason,
        agreed_with=override.agreed_with,
        original=recommendation(verdict["role"], verdict["course"], verdict, answers),
        words=_("%(by)s decided otherwise on %(day)s.") % {"by": by, "day": at},
    )


def file_name(number: str, client: str, project: str) -> str:
    """A readable name for the file: letters, digits and hyphens of any script, at most 100 characters."""
    words = " ".join(part for part in (number, client, project) if part)
    safe = "".join(sign if sign.isalnum() or sign == "." else "-" for sign in words)
    short = "-".join(part for part in safe.split("-") if part)[:96].strip("-.")
    return f"{short or 'brief'}.pdf"


def _data(decision: Decision | DecisionPreview, head: _Head) -> dict[str, Any]:
    """The decision as JSON-ready values: what a replay needs, and what was said then."""
    override = head.override
    data = {
        "number": head.number,
        "decided_on": _iso(decision.decided_on),
        "made_at": head.made_at.isoformat(),
        "version": head.version,
        "edition": {"name": head.edition, "sha256": head.edition_sha256},
        "answers": decision.answers,
        "facts": decision.facts,
        "verdict": decision.verdict,
        "money": decision.money,
    }
    if override:
        data["override"] = {
            "role": override.role,
            "course": override.course,
            "reason": override.reason,
            "agreed_with": override.agreed_with,
            "at": override.at.isoformat(),
        }
    return json.loads(json.dumps(data, default=str))


def _iso(day: date) -> str:
    return day.isoformat()
