"""How long, how many hours, by when. In: `Scan`, the day of reading. Out: a timeline suggestion, or none.

A limit ("less than 30 hours") stays a limit and fills in nothing; a hope ("could become full-time") is no
time at all. A date without a year is read only after words such as "by", and from the day of reading on.
"""

from __future__ import annotations

import re
from datetime import date

from rolematcher.rules.answers import Timeline

from .days import DUE, JUST_DAY, day_of
from .lengths import Heard, Lasts, heard_at, hoped, weeks_of
from .parts import LEGAL, NICE, PERSON, SIGNATURE
from .patterns import longest_first, pattern
from .record import Span, Suggestion
from .scan import Scan, Sentence

TAKEN = pattern("time.taken")
"""What makes a day one until which somebody else has no time."""
HOURS = re.compile(
    rf"(?P<limit>{longest_first('hour_limits')})? ?(?:^|(?<=[^\w$€£.]))(?P<low>[0-9]{{1,2}})(?:[.,]5)? ?"
    r"(?P<plus>\+)?(?:(?:-|to|bis) ?(?P<high>[0-9]{1,2}))? ?(?P<plus2>\+)? ?"
    r"(?:hours?|hrs?|h|stunden|std)\.?(?: of work)? ?"
    r"(?:/|per|an?|each|every|weekly|pro|in der|die)? ?(?:week|wk|weekly|woche|wöchentlich)(?![a-z])",
    re.IGNORECASE,
)
PLAIN_HOURS = pattern("time.plain_hours")
LIMITS = ("limit", "plus", "plus2")
"""Groups of `HOURS` that make a figure a limit."""
SHARE = pattern("time.share")
SHARE_LIMIT = re.compile(r"bis zu|max|up to|mindestens|min\.", re.IGNORECASE)
FULL = pattern("time.full")
NOT_FULL = re.compile(
    r"part[- ]?time|teilzeit|full[- ]?time equivalent|or full|working full-time as", re.IGNORECASE
)
ONGOING = pattern("time.ongoing")
ONE_OFF = pattern("time.one_off")
NOT_ONE_OFF = pattern("time.not_one_off")
WORDS_FOR: tuple[tuple[Lasts, re.Pattern[str]], ...] = (("one_off", ONE_OFF), ("ongoing", ONGOING))
MOST_HOURS, FULL_TIME = 60, 40
UNHEARD = Heard(Span(start=0, end=0, text=""))


def timeline_of(scan: Scan, on: date, post: tuple[Span, ...] = ()) -> tuple[Suggestion, ...]:
    """Needed by, how long, hours a week, as far as said. `post`: where it says a permanent post."""
    usable = [one for one in scan.sentences if one.part.label not in (LEGAL, SIGNATURE)]
    hours, due = _hours(scan, usable), _due(scan, usable, on)
    length = weeks_of(scan, usable, on) or _lasts(scan, usable) or UNHEARD
    lasts: Lasts = "ongoing" if post and length is UNHEARD else length.lasts
    timeline = Timeline(
        needed_by=due.day, lasts=lasts, hours_a_week=hours.number or None, weeks=length.number or None
    )
    if timeline == Timeline():
        return ()
    spans = tuple(one.span for one in (hours, length, due) if one is not UNHEARD) or post
    return (
        Suggestion(
            fact="timeline",
            value=timeline,
            strength="likely",
            words=", ".join(span.text for span in spans)[:300],
            spans=spans,
        ),
    )


def _hours(scan: Scan, sentences: list[Sentence]) -> Heard:
    """Hours a week: as a figure, as a share of full time, or full time."""
    for read in (_counted, _full_time):
        for one in sentences:
            if heard := read(scan, one):
                return heard
    return UNHEARD


def _counted(scan: Scan, one: Sentence) -> Heard | None:
    """Hours as a figure or, in a field for hours, a share of full time."""
    text, field = scan.text(one), one.part.field == "hours"
    if one.part.label in (PERSON, NICE) and "week" not in text:
        return None
    match = HOURS.search(text) or (PLAIN_HOURS.match(text) if field else None)
    hours = int(match["high"] or match["low"]) if match else 0
    if match and 0 < hours <= MOST_HOURS:
        return None if _is_limit(text, match) else Heard(heard_at(scan, one, match), hours)
    return _shared(scan, one, text) if field else None


def _is_limit(text: str, match: re.Match[str]) -> bool:
    """Is the figure a limit ("up to 20") or a hope?"""
    groups = match.groupdict()
    return any(groups.get(name) for name in LIMITS) or hoped(text, match.start())


def _shared(scan: Scan, one: Sentence, text: str) -> Heard | None:
    """A share of full time: "Auslastung: 80 %"."""
    share = None if SHARE_LIMIT.search(text) else SHARE.search(text)
    return Heard(heard_at(scan, one, share), round(int(share["share"]) * FULL_TIME / 100)) if share else None


def _full_time(scan: Scan, one: Sentence) -> Heard | None:
    text = scan.text(one)
    match = FULL.search(text)
    if not match or hoped(text, match.start()) or NOT_FULL.search(text):
        return None
    return Heard(heard_at(scan, one, match), FULL_TIME)


def _lasts(scan: Scan, sentences: list[Sentence]) -> Heard | None:
    """One-off or ongoing, where words say so."""
    for lasts, shape in WORDS_FOR:
        for one in sentences:
            text = scan.text(one)
            match = shape.search(text)
            if match and not hoped(text, match.start()) and not NOT_ONE_OFF.search(text):
                return Heard(heard_at(scan, one, match), 0, lasts)
    return None


def _due(scan: Scan, sentences: list[Sentence], on: date) -> Heard:
    """The day it is needed by: in a field for it, or after words such as "by"."""
    for one in sentences:
        if one.part.field in ("start", "length"):
            continue
        match = (JUST_DAY if one.part.field == "due" else DUE).search(scan.text(one))
        day = day_of(match, on) if match else None
        if match and day and day >= on and not TAKEN.match(match.string, match.end()):
            return Heard(heard_at(scan, one, match), day=day)
    return UNHEARD
