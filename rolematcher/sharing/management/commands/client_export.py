"""`manage.py client_export NAME --to FILE.zip`: everything held on a client."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rolematcher.accounts.models import User
from rolematcher.sharing.client_copy import client_copy


class Command(BaseCommand):
    """A ZIP with one JSON file and the PDFs."""

    help = "Write everything held on a client into a ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The client's name, who asks, and where to write."""
        parser.add_argument(
            "name", help="the client's name as on the briefs; capitals and spaces do not matter"
        )
        parser.add_argument("--by", required=True, help="sign-in name of the administrator who asks")
        parser.add_argument("--to", required=True, type=Path, help="the ZIP file to write; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say how much is in it."""
        user = User.objects.filter(username=options["by"], is_active=True).first()
        if user is None or not user.has_perm("decisions.erase_client"):
            raise CommandError(f"{options['by']} may not export clients; name an administrator.")
        try:
            with options["to"].open("xb") as file:
                number = client_copy(options["name"], user=user, file=file)
        except FileExistsError:
            raise CommandError(f"{options['to']} exists; name a new file.") from None
        self.stdout.write(f"{number} decisions of {options['name']} written to {options['to']}.")
