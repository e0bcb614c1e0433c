"""A decision in, everything its brief says out, in the active language. The only way to a `Content`."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime, time

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rolematcher.decisions.decided import Decided
from rolematcher.decisions.models import Decision
from rolematcher.editions.models import Edition
from rolematcher.rules import answers_json
from rolematcher.web.names import as_of_words, day_words

from .advert import advert_of
from .advice import Advice
from .annex import annex_part
from .approver import approver_part, background_part
from .box import box, headline
from .money import chart_section, pay_section
from .search import search_part
from .shape import Audience, Content, HouseHead, Part, part_of
from .why import changes_section, next_section, override_section, why_section

STATUS = dict(Decision.STATUSES)


def content_of(decided: Decided, *, audience: Audience = "house", house: HouseHead | None = None) -> Content:
    """Everything the brief of this decision says, in the active language (wrap in `translation.override`).

    A client copy leaves out annex, description, rules, budget, fees and every note to the recruiter.
    """
    advice = Advice(decided, audience)
    answers, number = decided.answers_typed, decided.number_words
    return Content(
        language=get_language() or "en",
        audience=audience,
        house=house or HouseHead(),
        number=number,
        title=_("Hiring brief %(number)s") % {"number": number} if number else _("Hiring brief"),
        client=answers.client,
        project=answers.project,
        meta=_meta(decided, client_copy=advice.client_copy),
        made_at=decided.created_at or datetime.combine(decided.decided_on, time(), UTC),
        role=advice.role,
        recommendation=advice.recommendation,
        firm=advice.firm,
        headline=headline(advice),
        box=box(advice),
        override=override_section(advice),
        parts=_parts(advice),
        advert=advert_of(advice) if advice.hiring else None,
        foot=_foot(decided, advice),
        file_name=file_name(number, answers.client, answers.project, audience=audience),
        data=None if advice.client_copy else decision_data(decided),
    )


def _parts(advice: Advice) -> tuple[Part, ...]:
    own = not advice.client_copy
    left = [why_section(advice), pay_section(advice)]
    right = [
        next_section(advice) if own else None,
        chart_section(advice),
        changes_section(advice) if own else None,
    ]
    parts = (
        part_of("decision", _("The decision"), [left, right]),
        approver_part(advice),
        search_part(advice),
        background_part(advice) if own else None,
        annex_part(advice) if own else None,
    )
    return tuple(part for part in parts if part)


def _status(decided: Decided) -> str:
    if decided.override:
        return _("changed by a person")
    if not decided.number:
        return _("not kept")
    return "" if decided.status == "made" else str(STATUS.get(decided.status, ""))


def _meta(decided: Decided, *, client_copy: bool) -> tuple[str, ...]:
    made, answers = day_words(decided.decided_on), decided.answers_typed
    client, status = answers.client, _status(decided)
    if client_copy:
        client, status = _("For %(client)s") % {"client": client} if client else "", ""
    elif decided.owner_name:
        made = _("made on %(day)s by %(who)s") % {"day": made, "who": decided.owner_name}
    return tuple(part for part in (client, answers.project, status, made) if part)


def _foot(decided: Decided, advice: Advice) -> tuple[str, ...]:
    lines = [
        _("Covers three roles only: AI engineer, ML engineer, automation specialist."),
        _("No candidate data belongs here."),
        _("Advice from rules, no guarantee of law or pay."),
    ]
    if not advice.client_copy:
        lines.append(_("Rulebook edition %(number)s.") % {"number": decided.edition.number or "-"})
    if advice.estimate and advice.estimate.newest:
        lines.append(_("Newest pay source: %(date)s.") % {"date": as_of_words(advice.estimate.newest)})
    return tuple(lines)


def file_name(number: str, client: str, project: str, *, audience: str = "house", ending: str = "pdf") -> str:
    """A readable, safe file name: number, project or client, and whether it is the client's copy."""
    text = unicodedata.normalize("NFKD", project or client)
    plain = re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower()).strip("-")[:40]
    parts = (number.replace(" ", "-") or "brief", plain.strip("-"), "client" if audience == "client" else "")
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def decision_data(decided: Decided) -> dict[str, object]:
    """The decision as JSON, from which it can be replayed: answers, verdict, pay, edition, day."""
    return {
        "answers": answers_json(decided.answers_typed),
        "verdict": decided.verdict_typed.model_dump(mode="json"),
        "pay": decided.pay_typed.model_dump(mode="json"),
        "edition": edition_named(decided.edition),
        "decided_on": decided.decided_on.isoformat(),
    }


def edition_named(edition: Edition) -> dict[str, object]:
    """Which edition decided: its number and the checksum of its text."""
    return {"number": edition.number, "sha256": edition.sha256}


def data_text(data: object) -> bytes:
    """The attachment's bytes, always the same for the same decision."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
