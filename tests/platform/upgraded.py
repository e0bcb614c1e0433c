"""An old database brought up to date. In: rows of then, an empty database (DATABASE_URL). Out: what it says.

    python -m tests.platform.upgraded tests/platform/upgrades/0009.json.xz

The rows were written by the services of the product as it was when `state` was its newest migration.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

ORDER = ("team", "user", "edition", "decision", "override", "outcome")
ORDER += ("brief", "briefattempt", "sharelink", "auditevent")


def stored(path: Path) -> dict[str, Any]:
    """What was written down of that database."""
    return json.loads(lzma.decompress(path.read_bytes()))


def load(held: dict[str, Any]) -> None:
    """Make the database of that state and put its rows in, as they were."""
    from django.core.management.color import no_style
    from django.db.migrations.executor import MigrationExecutor

    call_command("migrate", "rolematcher", held["state"], verbosity=0)
    executor = MigrationExecutor(connection)
    then = executor.loader.project_state([("rolematcher", held["state"])]).apps
    models = [then.get_model("rolematcher", name) for name in ORDER]
    for model in models:
        columns = {field.attname: field for field in model._meta.concrete_fields}
        for column in columns.values():
            column.auto_now = column.auto_now_add = False
        rows = held["tables"][model._meta.model_name]
        model.objects.bulk_create(
            [model(**{name: columns[name].to_python(value) for name, value in row.items()}) for row in rows]
        )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def replayed() -> dict[str, Any]:
    """Every decision decided again by its own edition; the trail; what the pages and briefs need."""
    from rolematcher.content import content_of
    from rolematcher.engine.decision.answers import answers_read
    from rolematcher.engine.decision.decide import decide_full
    from rolematcher.models import AuditEvent, Decision, Edition, User
    from rolematcher.rulebooks import rulebook_of
    from rolematcher.services.audit import audit_verify
    from rolematcher.services.editions_compare import edition_replay

    decided, stored_verdicts, sentences, answers = [], [], [], []
    for decision in Decision.objects.select_related("edition", "owner").order_by("pk"):
        rulebook = rulebook_of(decision.edition)
        decided.append(_said(decide_full(rulebook, decision.facts).as_dict()))
        stored_verdicts.append(_said(decision.verdict))
        answers.append(answers_read(rulebook, decision.answers) == decision.answers)
        sentences.append(content_of(decision).recommendation)
    administrator = User.objects.create_superuser("ada")
    changed = {e.number: edition_replay(e, user=administrator).changed for e in Edition.objects.published()}
    return {
        "decided": decided,
        "stored": stored_verdicts,
        "answers_read_the_same": answers,
        "sentences": sentences,
        "faults_of_the_trail": list(audit_verify().faults),
        "hashes": list(AuditEvent.objects.order_by("pk").values_list("hash", flat=True)),
        "replay_changes": changed,
        "current_edition": Edition.objects.current().number,
    }


def _said(verdict: dict[str, Any]) -> list[Any]:
    reasons = [f"{reason['table']}:{reason['rule']}" for reason in verdict["reasons"]]
    return [*(verdict[key] for key in ("role", "course", "level", "basis", "need")), reasons]


def brief_of_old_decision() -> str:
    """The state of a brief made now for a decision made then."""
    from rolematcher.models import Decision
    from rolematcher.services.briefs import brief_request
    from rolematcher.tasks import brief_make

    decision = Decision.objects.select_related("owner").order_by("pk")[0]
    brief = brief_request(decision, user=decision.owner, variant="client")
    brief_make(brief.pk)
    brief.refresh_from_db()
    return f"{brief.state} {brief.error}".strip()


def main() -> None:
    """Load, migrate, decide again, print."""
    django.setup()
    load(stored(Path(sys.argv[1])))
    call_command("migrate", verbosity=0)
    call_command("setup_data", verbosity=0)
    print(json.dumps(replayed() | {"brief": brief_of_old_decision()}))


if __name__ == "__main__":
    main()
