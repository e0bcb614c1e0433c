"""Nothing in, a dozen invented decisions and the people who made them out, for trying the product."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from rolematcher.accounts.models import RECRUITERS, REVIEWERS, RULES_EDITORS, Team, User
from rolematcher.accounts.people import person_join
from rolematcher.decisions.override import decision_override
from rolematcher.decisions.services import decision_make
from rolematcher.decisions.status import decision_status_set
from rolematcher.editions.services import edition_current, rulebook_of
from rolematcher.packaged import packaged_text
from rolematcher.rules import answers_read

PEOPLE = (
    ("rita", "Rita", "Moreno", RECRUITERS, "North"),
    ("carl", "Carl", "Osei", RECRUITERS, "North"),
    ("stella", "Stella", "Lind", RECRUITERS, None),
    ("rachel", "Rachel", "Adler", REVIEWERS, None),
    ("edith", "Edith", "Novak", RULES_EDITORS, None),
)


class Command(BaseCommand):
    """`manage.py demo`: run again, it adds only what is missing."""

    help = "Make invented people and decisions with their briefs. Twice is harmless."

    def handle(self, *args: str, **options: object) -> None:
        """Make the people, then their decisions through the same services the pages use."""
        call_command("setup_data", verbosity=0)
        made = self._people()
        samples = tomllib.loads(packaged_text("demo.toml"))["decision"]
        for number, sample in enumerate(samples, start=1):
            self._decision(number, **sample)
        if options["verbosity"]:
            self.stdout.write(f"  Samples   {len(samples)} invented decisions are there.")
            for username, _first, _last, group, _team in PEOPLE:
                if username in made:
                    self.stdout.write(f"            {username:7} /  {made[username]}   {group}")
            if made:
                self.stdout.write("            These passwords, too, are shown this once.")

    def _people(self) -> dict[str, str]:
        """Make whoever is missing; the random passwords of those made."""
        passwords = {}
        for username, first, last, group, team in PEOPLE:
            if User.objects.filter(username=username).exists():
                continue
            passwords[username] = secrets.token_urlsafe(12)
            person = User(username=username, first_name=first, last_name=last)
            # Hashing takes long on purpose, so it is done before the transaction opens.
            person.set_password(passwords[username])
            with transaction.atomic():
                person.team = Team.objects.get_or_create(name=team)[0] if team else None
                person.save()
                person_join(person, group)
        return passwords

    def _decision(
        self,
        number: int,
        *,
        by: str,
        answers: Mapping[str, object],
        status: str = "",
        override: Mapping[str, str] | None = None,
    ) -> None:
        """One decision by its number in the file; what exists is left alone."""
        owner = User.objects.get(username=by)
        read = answers_read(rulebook_of(edition_current()), answers)
        decision = decision_make(read, user=owner, key=f"demo-{number}", on=timezone.localdate())
        if status and decision.status != status:
            decision_status_set(decision, user=owner, status=status)
        if override and not decision.overridden:
            decision_override(decision, user=owner, seen=0, **override)
