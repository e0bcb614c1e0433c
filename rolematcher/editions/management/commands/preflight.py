"""Nothing in, a go or a no out: what production must not start with. Exit status 1 and a line a fault."""

import sys

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition

GUESSES = ("admin", "password", "changeme", "hiring", "secret", "12345678", "letmein", "demo")
DEMO_ACCOUNTS = ("rita", "carl", "stella", "rachel", "edith")


class Command(BaseCommand):
    """`manage.py preflight`: run before the web server starts (docker-compose.yml does)."""

    help = "Refuse to go on with wrong settings, open migrations, guessable or demo accounts."
    requires_system_checks: list[str] = []

    def handle(self, *args: str, **options: object) -> None:
        """Check everything, then tell all faults at once."""
        faults = [*self._settings(), *self._migrations()] or [*self._accounts(), *self._rulebook()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write("Ready to start.")

    def _settings(self) -> list[str]:
        try:
            call_command("check", deploy=settings.PRODUCTION, fail_level="WARNING")
        except SystemCheckError as wrong:
            return [str(wrong)]
        return []

    def _migrations(self) -> list[str]:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return ["The database is not up to date: run `manage.py migrate` first."]
        return []

    def _accounts(self) -> list[str]:
        if not settings.PRODUCTION:
            return []
        faults = [
            f"The account {person.username!r} is a demo account: remove or disable it."
            for person in User.objects.filter(username__in=DEMO_ACCOUNTS, is_active=True, email="")
            if person.decision_set.filter(idempotency_key__startswith="demo-").exists()
        ]
        for person in User.objects.filter(is_superuser=True, is_active=True):
            if any(check_password(guess, person.password) for guess in (*GUESSES, person.username)):
                faults.append(
                    f"The account {person.username!r} has a password anybody would guess: change it."
                )
        return faults

    def _rulebook(self) -> list[str]:
        if Edition.objects.published().exists():
            return []
        return ["No rulebook is published: run `manage.py setup_data` first."]
