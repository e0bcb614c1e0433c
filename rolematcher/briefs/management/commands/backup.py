"""A folder in, a checked backup of database and PDFs below it out. People may keep working."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rolematcher.briefs.backups import BackupError, backup_make


class Command(BaseCommand):
    """`manage.py backup FOLDER`."""

    help = "Save the database and every finished brief into a new folder below FOLDER."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to save."""
        parser.add_argument("folder", type=Path, help="the folder that holds the backups")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        """Save and tell. Raises CommandError where it cannot be trusted."""
        try:
            report = backup_make(folder, at=datetime.now(UTC))
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault)) from fault
        for name in report.missing:
            self.stderr.write(f"Missing on the disk, so not in the backup: {name}")
        self.stdout.write(f"Saved {report.decisions} decisions and {report.files} briefs in {report.folder}")
        self.stdout.write(f"Head of the audit trail: {report.audit_head}")
