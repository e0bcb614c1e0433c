"""The product's own verbs for benchmarks that call it in their process. In: DATA_DIR. Out: verbs.

Importing it sets Django up, in a folder of its own unless DATA_DIR names one.
"""

# ruff: noqa: E402
from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import date
from typing import Any
from uuid import uuid4

if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hiring-bench-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")
import django

django.setup()

from django.core.management import call_command

from benchmarks.product import PASSWORD
from rolematcher.accounts.models import User
from rolematcher.decisions.models import Decision
from rolematcher.decisions.services import decision_make
from rolematcher.editions.services import edition_current, rulebook_of
from rolematcher.rules import answers_read
from tests.briefs.made import RECOMMENDED

SAMPLES = {name: RECOMMENDED[name] for name in ("hire", "hire_pair", "ask_first")}
"""Answers whose briefs differ most; the tests hold that the rulebook takes them."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def database_ready() -> User:
    """Tables, shipped data and somebody who may do everything."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_data", verbosity=0)
    there = User.objects.filter(username="bench").first()
    return there or User.objects.create_superuser("bench", password=PASSWORD)


def decision_made(answers: dict[str, Any], user: User) -> Decision:
    """A decision saved with its brief queued."""
    read = answers_read(rulebook_of(edition_current()), answers)
    return decision_make(read, user=user, key=uuid4().hex, on=date.today())
