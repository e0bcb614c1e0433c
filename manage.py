#!/usr/bin/env python
"""Django's command line: `python manage.py COMMAND`."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")
    from hiring.commandline import run

    run(sys.argv)


if __name__ == "__main__":
    main()
