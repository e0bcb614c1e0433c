"""Nothing in, the state of the audit trail out; exit status 1 and a line a fault where it was touched."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from rolematcher.accounts.audit import audit_verify


class Command(BaseCommand):
    """`manage.py verify_audit [--head SEAL]`."""

    help = "Check that no audit event was changed, removed or put in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The seal noted at an earlier check, to see whether the end was cut off since."""
        parser.add_argument("--head", default="", help="the seal an earlier check printed")

    def handle(self, *args: str, head: str, **options: object) -> None:
        """Check and tell."""
        report = audit_verify(noted_head=head)
        for fault in report.faults:
            self.stderr.write(fault)
        if report.faults:
            sys.exit(1)
        self.stdout.write(f"{report.events} audit events, each as it was written. Head: {report.head}")
