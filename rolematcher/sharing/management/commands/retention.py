"""`manage.py retention --days N`: erase texts by age and clear away what has ended."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rolematcher.sharing.retention import retention_run


class Command(BaseCommand):
    """For a nightly timer. Twice is harmless."""

    help = "Erase the texts of decisions older than so many days, old drafts, ended links and sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long texts are kept."""
        parser.add_argument("--days", type=int, required=True, help="keep texts for so many days")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and print one line."""
        if options["days"] < 30:
            raise CommandError("Texts are kept for at least 30 days; a smaller number is most likely a slip.")
        done = retention_run(days=options["days"], now=timezone.now(), dry=options["dry_run"])
        erased = done.erased
        self.stdout.write(
            f"{'Would erase' if options['dry_run'] else 'Erased'}: {erased.decisions} decisions' texts, "
            f"{erased.files + done.files} PDFs, {erased.drafts + done.drafts} drafts, "
            f"{erased.shares + done.links} links, {done.sessions} sessions."
        )
