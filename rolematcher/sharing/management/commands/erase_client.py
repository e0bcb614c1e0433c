"""`manage.py erase_client NAME`: erase everything written about a client, after asking."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rolematcher.accounts.models import User
from rolematcher.sharing.privacy import client_drafts, client_erase, client_keys


class Command(BaseCommand):
    """Rows, PDFs, drafts and links go; statistics and the audit trail stay."""

    help = "Erase everything written about a client. Statistics and the audit trail stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The client's name and who asks for it."""
        parser.add_argument(
            "name", help="the client's name as on the briefs; capitals and spaces do not matter"
        )
        parser.add_argument("--by", required=True, help="sign-in name of the administrator who erases")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what will go, ask, erase, and say what went."""
        name = options["name"]
        user = User.objects.filter(username=options["by"], is_active=True).first()
        if user is None or not user.has_perm("decisions.erase_client"):
            raise CommandError(f"{options['by']} may not erase clients; name an administrator.")
        keys = client_keys(name)
        drafts = client_drafts(name, keys)
        if not keys and not drafts:
            raise CommandError(f"Nothing is held under the name {name!r}.")
        self.stdout.write(f"{len(keys)} decisions with their briefs and links, {len(drafts)} drafts.")
        if not options["yes"] and input("Erase them for good? Type the name again: ").strip() != name:
            raise CommandError("Nothing was erased.")
        erased = client_erase(name, user=user)
        self.stdout.write(
            f"Erased: {erased.decisions} decisions, {erased.files} PDFs, {erased.shares} share links, "
            f"{erased.drafts} drafts, {erased.requests} questions to managers."
        )
        if erased.mentioned_by:
            numbers = ", ".join(str(key) for key in erased.mentioned_by[:50])
            self.stdout.write(f"Other decisions whose text holds the name; read them: {numbers}")
        self.stdout.write("Backups made before now still hold the texts; they end with their own term.")
