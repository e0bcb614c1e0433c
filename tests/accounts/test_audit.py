"""The audit trail can be added to and read, and nothing else."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from rolematcher.accounts.audit import audit, audit_verify
from rolematcher.accounts.audit_guard import guard_lifted
from rolematcher.accounts.models import AuditEvent, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(team) -> list[AuditEvent]:
    """Five events about one team."""
    return [audit("team.noted", team, actor=None, step=step) for step in range(5)]


def refused(change) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change()


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def behind_the_product(statement: str) -> None:
    """What somebody does who can drop the triggers."""
    with guard_lifted(connection):
        run_sql(statement)


def test_neither_the_orm_nor_sql_can_change_or_delete_an_event(trail):
    refused(lambda: AuditEvent.objects.update(verb="nothing.happened"))
    refused(trail[2].delete)
    refused(trail[2].save)
    refused(lambda: run_sql("UPDATE accounts_auditevent SET verb = 'x'"))
    refused(lambda: run_sql("DELETE FROM accounts_auditevent"))
    report = audit_verify()
    assert (report.events, report.head, report.faults) == (5, trail[-1].hash, ())


def test_an_insert_cannot_replace_an_event(trail):
    table = "accounts_auditevent"
    columns = "id, at, actor_id, verb, object_type, object_id, detail, previous_hash, hash"
    copy = f"INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = {trail[1].pk}"
    if connection.vendor == "sqlite":
        # Without the pragma recursive_triggers this would delete the old row past every trigger.
        refused(lambda: run_sql(f"INSERT OR REPLACE {copy}"))
    else:
        refused(lambda: run_sql(f"INSERT {copy} ON CONFLICT (id) DO UPDATE SET verb = 'x'"))
    assert audit_verify().faults == ()


EDITS = ["verb = 'other'", "actor_id = 7", "detail = '{}'", "object_id = '9'", "at = '2020-01-01'"]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_behind_the_product_is_named(trail, edit):
    behind_the_product(f"UPDATE accounts_auditevent SET {edit} WHERE id = {trail[3].pk}")
    assert audit_verify().faults == (f"Event {trail[3].pk}: it is not as it was written.",)


def test_an_event_cut_out_is_named(trail):
    behind_the_product(f"DELETE FROM accounts_auditevent WHERE id = {trail[1].pk}")
    assert [fault.split(":")[0] for fault in audit_verify().faults] == [f"Event {trail[2].pk}"]


def test_a_trail_cut_short_is_noticed_by_the_noted_head(trail):
    behind_the_product(f"DELETE FROM accounts_auditevent WHERE id = {trail[4].pk}")
    assert audit_verify().faults == ()
    assert "cut off" in audit_verify(noted_head=trail[4].hash).faults[0]


def test_the_command_fails_on_a_fault_and_prints_the_head_otherwise(trail, capsys):
    call_command("verify_audit")
    assert trail[-1].hash in capsys.readouterr().out
    behind_the_product("UPDATE accounts_auditevent SET verb = 'x'")
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "not as it was written" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_it_belongs_to(team):
    with pytest.raises(transaction.TransactionManagementError):
        audit("team.noted", team, actor=None)


def test_removing_an_account_leaves_the_trail_whole(person_of, team):
    actor = person_of("gone")
    audit("team.noted", team, actor=actor)
    actor.delete()
    Team.objects.all().delete()
    report = audit_verify()
    assert (report.events, report.faults) == (1, ())
