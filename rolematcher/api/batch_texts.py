"""Many descriptions pasted at once. In: a text. Out: for each description the answers that it gives.

Descriptions are parted by a line of three or more dashes. Only what the reader is sure of is answered, as in
the form; the rest stays open, so that the decision says what to ask.
"""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import gettext as _

from rolematcher.editions.models import Edition
from rolematcher.editions.services import rulebook_of
from rolematcher.intake.reading import description_read, found_in
from rolematcher.rules import Rulebook
from rolematcher.values.amounts import Language

from .batch_files import BatchFileFault, Line

PARTED_BY = re.compile(r"^[ \t]*[-–—]{3,}[ \t]*$", re.MULTILINE)
MOST_TEXTS = 50
"""More are read for longer than a page may take."""

NAME = 80
"""Letters of the first line that name the project where the text names none."""


def descriptions_read(text: str, *, on: dt.date, language: Language) -> list[Line]:
    """The descriptions as lines, numbered from 1. Raises BatchFileFault where there are none or too many."""
    texts = [one.strip() for one in PARTED_BY.split(text.replace("\r\n", "\n")) if one.strip()]
    if not texts:
        raise BatchFileFault(_("Paste at least one description."))
    if len(texts) > MOST_TEXTS:
        raise BatchFileFault(
            _("These are more than %(most)s descriptions. Paste them in parts.") % {"most": MOST_TEXTS}
        )
    rulebook = rulebook_of(Edition.objects.current())
    return [_line(rulebook, number, one, on, language) for number, one in enumerate(texts, start=1)]


def _line(rulebook: Rulebook, number: int, text: str, on: dt.date, language: Language) -> Line:
    found = [row for row in found_in(rulebook, description_read(text, on, language), {}) if row.ticked]
    raw = {"project": text.partition("\n")[0][:NAME], **{row.fact: row.raw for row in found}}
    evidence = {row.fact: {"words": row.words, "strength": row.strength} for row in found}
    return Line(number, raw | {"description": text}, evidence)
