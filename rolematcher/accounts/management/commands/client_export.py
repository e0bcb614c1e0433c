"""`manage.py client_export NAME --by ADMIN --to FILE.zip`: everything held on a client."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rolematcher.accounts.clients import client_export
from rolematcher.accounts.models import User


class Command(BaseCommand):
    """A ZIP with one JSON file and the documents."""

    help = "Write everything held on a client into a ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The client's name, who asks, and where to write."""
        parser.add_argument("name", help="the client's name; capitals and spaces do not matter")
        parser.add_argument("--by", required=True, help="sign-in name of the administrator who asks")
        parser.add_argument("--to", required=True, type=Path, help="the ZIP file to write; it must not exist")

    def handle(self, *args: str, name: str, by: str, to: Path, **options: object) -> None:
        """Write the file and say how much is in it."""
        user = User.objects.filter(username=by, is_active=True).first()
        if user is None or not user.has_perm("decisions.erase_client"):
            raise CommandError(f"{by} may not export clients; name an administrator.")
        try:
            with to.open("xb") as file:
                number = client_export(name, user=user, file=file)
        except FileExistsError:
            raise CommandError(f"{to} exists; name a new file.") from None
        self.stdout.write(f"{number} things on {name} written to {to}.")
