"""`manage.py erase_client NAME --by ADMIN`: erase everything written about a client, after asking."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from rolematcher.accounts.clients import client_erase, client_held
from rolematcher.accounts.models import User


class Command(BaseCommand):
    """Texts, documents, drafts and links go; statistics and the audit trail stay."""

    help = "Erase everything written about a client. Statistics and the audit trail stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The client's name and who asks for it."""
        parser.add_argument("name", help="the client's name; capitals and spaces do not matter")
        parser.add_argument("--by", required=True, help="sign-in name of the administrator who erases")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: str, name: str, by: str, yes: bool, **options: object) -> None:
        """Say what will go, ask, erase, and say what went."""
        user = User.objects.filter(username=by, is_active=True).first()
        if user is None or not user.has_perm("decisions.erase_client"):
            raise CommandError(f"{by} may not erase clients; name an administrator.")
        held = client_held(name)
        if not held.total:
            raise CommandError(f"Nothing is held under the name {name!r}.")
        self.stdout.write(f"{held}.")
        if not yes and input("Erase them for good? Type the name again: ").strip() != name:
            raise CommandError("Nothing was erased.")
        erased = client_erase(name, user=user)
        self.stdout.write(f"Erased: {erased}.")
        if erased.mentions:
            self.stdout.write(f"Others whose text holds the name; read them: {', '.join(erased.mentions)}")
        self.stdout.write("Backups made before now still hold the texts; they end with their own term.")
