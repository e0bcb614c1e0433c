"""Every text people read in: code, templates, packaged data. The catalogues of the other languages out.

Each room has its own, `rolematcher/ROOM/locale`; a text of several rooms stands in each of theirs. Needs GNU
gettext on the machine of whoever changes a text; running the product needs none of it, because the compiled
catalogues are part of the code.
"""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.commands import makemessages
from django.test.utils import override_settings

from rolematcher.web.data_texts import data_texts

ELSEWHERE = [".venv", "tests", "benchmarks", "docs", "data", "requirements", "staticfiles"]
"""Folders without a text of the product; `data` here is also the folder a running product writes to."""

DATA = "data"
"""The catalogue of the texts in packaged data, which many rooms show."""


class Extraction(makemessages.Command):
    """Django's own, which also reads `lazy("...")`, the name the tables of words go by."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy"]


class Command(BaseCommand):
    """`messages`: extract, merge, compile."""

    help = "Collect every text into the rooms' catalogues, keep the translations there are, and compile them."

    def handle(self, *args: object, **options: object) -> None:
        """Write the .po and .mo files of every language but English."""
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        with TemporaryDirectory() as folder, _data_as_code(settings.BASE_DIR / "rolematcher"):
            for language in languages:
                _united(language, _catalogue(Path(folder), language))
            with override_settings(LOCALE_PATHS=[folder]):
                call_command(
                    Extraction(),
                    locale=languages,
                    ignore_patterns=[*ELSEWHERE, "locale"],
                    no_wrap=True,
                    no_obsolete=True,
                    add_location="file",
                    verbosity=options["verbosity"],
                )
            for language in languages:
                text = _settled(_catalogue(Path(folder), language).read_text())
                for room, part in catalogues_by_room(text).items():
                    path = _catalogue(rooms()[room] / "locale", language)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(part)
        call_command("compilemessages", locale=languages, ignore_patterns=ELSEWHERE, verbosity=0)
        self.stdout.write(f"Collected and compiled: {', '.join(languages)}.")


def rooms() -> dict[str, Path]:
    """The folder of each room of ours, by its name, and of the packaged data."""
    ours = (app for app in apps.get_app_configs() if app.name.startswith("rolematcher."))
    return {app.label: Path(app.path) for app in ours} | {DATA: settings.BASE_DIR / "rolematcher" / DATA}


def catalogues_by_room(text: str) -> dict[str, str]:
    """One catalogue with references in, the same entries by the rooms that show them out."""
    head, *entries = text.strip().split("\n\n")
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        lines = entry.splitlines()
        named = [name for line in lines if line.startswith("#: ") for name in line[3:].split()]
        rest = "\n".join(line for line in lines if not line.startswith("#: "))
        by_room: dict[str, list[str]] = defaultdict(list)
        for name in named:
            by_room[_room_of(name)].append(name)
        for room, names in by_room.items():
            found[room].append("\n".join([*(f"#: {name}" for name in names), rest]))
    return {room: "\n\n".join([head, *parts]) + "\n" for room, parts in sorted(found.items())}


def _room_of(name: str) -> str:
    """The room that shows the texts of a file, by its path; what belongs to none is of every page."""
    first, *inner = Path(name).parts
    if first == "rolematcher":
        return DATA if inner[0].endswith((".toml", ".csv")) else inner[0]
    if first == "templates":
        known = {**{room: room for room in rooms()}, "registration": "accounts"}
        return next((known[part] for part in inner[:2] if part in known), "web")
    return "web"


def _catalogue(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def _united(language: str, path: Path) -> None:
    """All rooms' catalogues of a language as one."""
    path.parent.mkdir(parents=True)
    parts = [_catalogue(folder / "locale", language) for folder in rooms().values()]
    there = [str(part) for part in parts if part.exists()]
    if there:
        subprocess.run(["msgcat", "--use-first", "--no-wrap", "-o", str(path), *there], check=True)


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
