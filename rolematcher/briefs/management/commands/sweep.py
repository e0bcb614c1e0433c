"""Nothing in, one sweep out: hopeless briefs given up, workers woken for those that are due.

The workers do the same every few seconds; this is for looking, for cron, and for a worker that is away.
"""

from typing import Any

from django.core.management.base import BaseCommand

from rolematcher.briefs.pdf_files import pdf_leftovers_remove
from rolematcher.briefs.tasks import sweep


class Command(BaseCommand):
    """`manage.py sweep`."""

    help = "Wake workers for briefs that are due and give up those out of attempts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once and say what was found."""
        swept = sweep()
        leftovers = pdf_leftovers_remove()
        self.stdout.write(
            f"{len(swept.due)} due, {swept.given_up} given up, {leftovers} unfinished files removed."
        )
