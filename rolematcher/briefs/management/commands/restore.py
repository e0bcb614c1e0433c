"""A backup in, the database and PDFs it holds out. Web and worker must be stopped."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rolematcher.briefs.backups import BackupError, backup_check, backup_restore


class Command(BaseCommand):
    """`manage.py restore FOLDER [--check] [--replace]`."""

    help = "Restore a backup made by `manage.py backup`. Stop web and worker first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, only check it, overwrite."""
        parser.add_argument(
            "folder", type=Path, help="the folder of one backup, such as hiring-20261121T120000Z"
        )
        parser.add_argument("--check", action="store_true", help="check every file, change nothing")
        parser.add_argument("--replace", action="store_true", help="overwrite the decisions there are")

    def handle(self, *args: Any, folder: Path, check: bool, replace: bool, **options: Any) -> None:
        """Check, restore, check again. Raises CommandError naming what is wrong."""
        try:
            if check:
                manifest = backup_check(folder)
                self.stdout.write(
                    f"Whole: {len(manifest['files'])} files, {manifest['decisions']} decisions."
                )
                return
            report = backup_restore(folder, replace=replace)
        except (BackupError, OSError) as fault:
            raise CommandError(str(fault)) from fault
        for name in report.missing:
            self.stderr.write(f"Its PDF was not in the backup: {name}")
        self.stdout.write(f"Restored {report.decisions} decisions and {report.files} briefs.")
        self.stdout.write(f"Head of the audit trail: {report.audit_head}")
