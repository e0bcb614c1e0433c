"""Nothing in, a database out that can decide: groups, the first rulebook edition, rates, starting points."""

from django.core.management.base import BaseCommand

from rolematcher.accounts.people import groups_ensure
from rolematcher.editions.services import edition_first_load
from rolematcher.intake.starting_points import starting_points_load
from rolematcher.rates.services import rates_load


class Command(BaseCommand):
    """`manage.py setup_data`: run after `migrate`, as often as one likes."""

    help = "Load what the product ships: groups, rulebook, rates, starting points. Twice is harmless."

    def handle(self, *args: object, **options: object) -> None:
        """Load what is missing, leave the rest alone."""
        groups_ensure()
        edition = edition_first_load()
        rates_load()
        starting_points_load()
        if options["verbosity"]:
            made = f"the shipped rulebook is now {edition}" if edition else "the rulebook was there already"
            self.stdout.write(f"Groups, rates and starting points are in place; {made}.")
