"""The worker, as every installation runs it: `python -m hiring.worker`.

No gossip, no mingle, no remote control: workers share the database and need not know of each other.
"""

from __future__ import annotations

from hiring.celery import app

ARGUMENTS = ("--quiet", "worker", "--loglevel", "info", "--without-gossip", "--without-mingle")


def main() -> None:
    """Run until SIGTERM, which lets the brief under way end first."""
    app.worker_main(list(ARGUMENTS))


if __name__ == "__main__":
    main()
