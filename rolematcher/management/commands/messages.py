"""Every text people read in: code, templates, packaged data. The catalogues of the other languages out.

Needs GNU gettext on the machine of whoever changes a text; running the product needs none of it, because
the compiled catalogues are part of the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages

from rolematcher.data_texts import data_texts

ELSEWHERE = [".venv", "tests", "benchmarks", "docs", "data", "requirements", "staticfiles"]
"""Folders without a text of the product; `data` here is also the folder a running product writes to."""


class Extraction(makemessages.Command):
    """Django's own, which also reads `lazy("...")`, the name the tables of words go by."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy"]


class Command(BaseCommand):
    """`messages`: extract, merge, compile."""

    help = "Collect every text into rolematcher/locale, keep the translations there are, and compile them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the .po and .mo files of every language but English."""
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        Path(settings.LOCALE_PATHS[0]).mkdir(exist_ok=True)
        with _data_as_code(settings.BASE_DIR / "rolematcher"):
            call_command(
                Extraction(),
                locale=languages,
                ignore_patterns=ELSEWHERE,
                no_wrap=True,
                no_obsolete=True,
                add_location="file",
                verbosity=options["verbosity"],
            )
        for language in languages:
            path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            path.write_text(_settled(path.read_text()))
        call_command("compilemessages", locale=languages, ignore_patterns=ELSEWHERE, verbosity=0)
        self.stdout.write(f"Collected and compiled: {', '.join(languages)}.")


def _settled(catalogue: str) -> str:
    """The catalogue with the data's own file names, and without the moment it was made."""
    named = re.sub(r"(\.toml|\.csv)\.py\b", r"\1", catalogue)
    return re.sub(r'^"POT-Creation-Date:.*\n', "", named, flags=re.MULTILINE)


@contextmanager
def _data_as_code(folder: Path) -> Iterator[None]:
    """For a moment, the data's texts as Python files, which the extraction can read."""
    made = []
    try:
        for name, texts in data_texts().items():
            path = folder / f"{name}.py"
            made.append(path)
            path.write_text("".join(f"gettext({text!r})\n" for text in texts))
        yield
    finally:
        for path in made:
            path.unlink(missing_ok=True)
