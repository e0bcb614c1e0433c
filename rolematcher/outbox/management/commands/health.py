"""Nothing in, the state of every part out; exit status 1 where it is down (--worker: no sweep lately)."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from rolematcher.outbox import health


class Command(BaseCommand):
    """`manage.py health [--worker]`."""

    help = "Try database, storage, broker, sweeper and queue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Look at the sweeper alone, for a worker's own health check."""
        parser.add_argument("--worker", action="store_true", help="fail unless a worker swept lately")

    def handle(self, *args: object, worker: bool, **options: object) -> None:
        """Print the state as JSON."""
        found = health.parts()
        self.stdout.write(json.dumps(health.as_dict(found), indent=2))
        states = {part.name: part.state for part in found}
        bad = states.get("sweeper") != health.UP if worker else health.overall(found) == health.DOWN
        if bad:
            sys.exit(1)
