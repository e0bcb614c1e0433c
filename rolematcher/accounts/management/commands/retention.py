"""`manage.py retention --days N`: erase texts by age and clear away what has ended."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from rolematcher.accounts.clients import retention_run


class Command(BaseCommand):
    """For a nightly timer. Twice is harmless."""

    help = "Erase the texts of decisions older than so many days, old drafts, ended links and sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long texts are kept."""
        parser.add_argument("--days", type=int, required=True, help="keep texts for so many days")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: str, days: int, dry_run: bool, **options: object) -> None:
        """Run and print one line."""
        if not 30 <= days <= 36_500:
            raise CommandError("Texts are kept for 30 to 36500 days; another number is most likely a slip.")
        done = retention_run(days=days, now=timezone.now(), dry=dry_run)
        self.stdout.write(f"{'Would erase' if dry_run else 'Erased'}: {done}.")
