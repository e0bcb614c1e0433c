"""Nothing in, every job that is due done, here and now. For looking, for cron, for a worker that is away."""

from argparse import ArgumentParser

from celery import current_app
from django.core.management.base import BaseCommand

from rolematcher.outbox.services import jobs_due, leases_reclaim
from rolematcher.outbox.tasks import job_next


class Command(BaseCommand):
    """`manage.py sweep [--most N]`."""

    help = "Do the jobs that are due, in this process, until none is left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many at most."""
        parser.add_argument("--most", type=int, default=1000, help="jobs to do at most (default 1000)")

    def handle(self, *args: object, most: int, **options: object) -> None:
        """Do them and say how many."""
        current_app.loader.import_default_modules()  # every room's kinds
        reclaimed, done = leases_reclaim(), 0
        while done < most and job_next():
            done += 1
        self.stdout.write(f"{reclaimed} taken back, {done} done, {jobs_due()} still due.")
