"""Read a pasted description into suggested answers. In: the lexicon and a text. Out: `Reading`.

`read(lexicon_read(toml), text)` needs no model and no network: the words of the text are looked up in the
lexicon, turned by the tone they stand in, added up, and each question with evidence gets a suggestion that
shows its words. A text about another trade is refused with the reason.
"""

from __future__ import annotations

from datetime import date

from .fields import field_suggestions
from .lexicon import Lexicon, LexiconError, lexicon_read
from .match import find
from .record import Reading, Span, Suggestion
from .refusal import refusal_of
from .suggest import work_suggestions
from .text import scan
from .tone import tone_of
from .weigh import tally_of

__all__ = ["Lexicon", "LexiconError", "Reading", "Span", "Suggestion", "lexicon_read", "read"]


def read(lexicon: Lexicon, text: str, *, on: date | None = None) -> Reading:
    """What `text` says, as suggestions with their evidence. `on`: the day, for dates that name no year.

    Never raises on any text; the first 20,000 characters are read.
    """
    scanned = scan(text, lexicon.headings)
    found = find(lexicon, scanned)
    tally = tally_of(scanned, found, tone_of(scanned, found))
    refusal = refusal_of(tally)
    work = [] if refusal.refused else work_suggestions(tally)
    fields = field_suggestions(scanned, found, tally, on=on, refused=refusal.refused)
    return Reading((*work, *fields), refusal.refused, refusal.why, refusal.trade)
