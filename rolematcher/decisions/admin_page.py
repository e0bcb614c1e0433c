"""A stored decision in, everything its admin page shows out. Reads the frozen columns; decides nothing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from rolematcher.accounts.models import AuditEvent, User
from rolematcher.briefs.content import content_of
from rolematcher.briefs.content.asked import budget_words
from rolematcher.briefs.content.estimates import figure_words, rests_on
from rolematcher.briefs.content.figures import place_missing
from rolematcher.engine.errors import RulebookError
from rolematcher.web.names import KIND, money_range
from rolematcher.web.phrases import phrase

from .models import LONG_COLUMNS, Decision

EVENTS_SHOWN = 200


def decision_page(decision: Decision, user: User) -> dict[str, Any]:
    """The sections of the page, in order."""
    verdict = decision.verdict
    return {
        "statuses": Decision.STATUSES,
        "decision": decision,
        "verdict": verdict,
        "words": verdict.get("words", {}),
        "override": decision.override,
        "overrides": decision.overrides.select_related("by"),
        "outcome": getattr(decision, "outcome", None),
        "content": content_shown(decision),
        "description": decision.answers.get("description") or "",
        "trace": trace_shown(verdict),
        "estimates": estimates_shown(decision),
        "missing": place_missing(decision.money),
        "budget": budget_words(decision.answers["budget"]) if decision.answers.get("budget") else "",
        "briefs": decision.briefs.prefetch_related("history").order_by("-id"),
        "versions": versions_of(decision, user),
        "shares": decision.shares.prefetch_related("openings").select_related("created_by"),
        "events": events_of(decision),
        "may_override": user.has_perm("decisions.override_decision"),
        "may_retry": user.has_perm("briefs.retry_brief"),
        "may_see_edition": user.has_perm("editions.view_edition"),
    }


def content_shown(decision: Decision) -> Any:
    """What page and brief say: the sentence, the answers in words. None where that is impossible."""
    try:
        return content_of(decision)
    except (RulebookError, KeyError):
        return None


def trace_shown(verdict: dict[str, Any]) -> list[dict[str, Any]]:
    """Every table with its rows; a row that did not apply says which conditions failed."""
    tables = []
    for table in verdict.get("trace", []):
        rules = [
            {**rule, "failed": [met for met in rule["conditions"] if met["held"] != "yes"]}
            for rule in table["rules"]
        ]
        applied = [rule for rule in rules if rule["outcome"] == "applied"]
        tried = sum(rule["outcome"] != "not_reached" for rule in rules)
        tables.append({**table, "rules": rules, "applied": applied, "tried": tried})
    return tables


def estimates_shown(decision: Decision) -> list[dict[str, Any]]:
    """The estimate of each role with its sources, the decided role first."""
    roles = decision.money.get("roles", {})
    return [_estimate_shown(roles[role]) for role in sorted(roles, key=lambda r: r != decision.role)]


def _estimate_shown(estimate: dict[str, Any]) -> dict[str, Any]:
    """The estimate with its words in the reader's language."""
    return estimate | {
        "figure": figure_words(estimate),
        "rests_on": rests_on(estimate),
        "formula": phrase(estimate.get("formula") or ""),
        "notes": [phrase(note) for note in estimate["notes"]],
        "sources": [source | _source_words(source) for source in estimate["sources"]],
    }


def _source_words(source: dict[str, Any]) -> dict[str, str]:
    low, high = source["low"] or source["typical"], source["high"] or source["typical"]
    return {
        "figure": money_range(low or high, high or low, source["currency"], source["unit"]),
        "kind_words": str(KIND[source["kind"]]),
        "why": phrase(source["why"]),
    }


def versions_of(decision: Decision, user: User) -> list[Decision]:
    """All versions this person may see, newest first; empty where there is only one."""
    first = decision.first_version_id
    visible = Decision.objects.visible_to(user).defer(*LONG_COLUMNS)
    # Ordered by version: by key, SQLite would look for them from the newest row of the table down.
    versions = [*visible.filter(version_of=first).order_by("-version"), *visible.filter(pk=first)]
    return versions if len(versions) > 1 else []


def events_of(decision: Decision) -> list[AuditEvent]:
    """What happened to the decision, its briefs and its shares, oldest first."""
    kinds = {
        "decision": [decision.pk],
        "brief": list(decision.briefs.values_list("pk", flat=True)),
        "sharelink": list(decision.shares.values_list("pk", flat=True)),
    }
    events: list[AuditEvent] = []
    for kind, keys in kinds.items():
        found = AuditEvent.objects.filter(object_type=kind, object_id__in=[str(key) for key in keys])
        events += found.select_related("actor")[:EVENTS_SHOWN]
    return sorted(events, key=lambda event: event.pk)


def page_address(decision: Decision) -> str:
    """The decision's page in the admin."""
    return reverse("admin:decisions_decision_change", args=[decision.pk])
