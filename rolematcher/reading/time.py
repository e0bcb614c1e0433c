"""How long, how many hours, by when. In: `Scan`, the day of reading. Out: a timeline suggestion, or none.

A limit ("less than 30 hours") stays a limit and fills in nothing; a hope ("could become full-time") is no
time at all; experience asked for, a trial, a notice period and the age of things are passed over. A date
without a year is read only after words such as "by", and from the day of reading on.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rolematcher.rules.answers import Timeline
from rolematcher.values.message import Message

from .parts import LEGAL, MUST, NICE, PERSON, SIGNATURE
from .patterns import longest_first, pattern, table
from .record import Span, Suggestion
from .scan import Scan, Sentence

NUMBERS: dict[str, int] = table("numbers")
WEEKS = {
    "day": 0.2,
    "tag": 0.2,
    "week": 1.0,
    "wk": 1.0,
    "woche": 1.0,
    "month": 52 / 12,
    "mo": 52 / 12,
    "mm": 52 / 12,
}
WEEKS |= {"monat": 52 / 12, "year": 52.0, "jahr": 52.0}
_FIGURE = r"[0-9]{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
SPAN = re.compile(
    rf"(?<![\w.$€£])(?P<low>{_FIGURE})(?: ?(?:-|to|or|bis|oder) ?(?P<high>{_FIGURE}))?(?P<more>\+)?[ -]?"
    r"(?P<unit>day|week|wk|month|year|tag|woche|monat|jahr|mm|mo)(?:e?s|en?|ige[rnms]?|lich\w*)?(?![a-zäöü])",
    re.IGNORECASE,
)
LENGTH_BEFORE = pattern("time.length_before")
LENGTH_AFTER = pattern("time.length_after")
NOT_LENGTH = pattern("time.not_length")
NOT_LENGTH_AFTER = pattern("time.not_length_after")
HOURS = re.compile(
    rf"(?P<limit>{longest_first('hour_limits')})? ?(?:^|(?<=[^\w$€£.]))(?P<low>[0-9]{{1,2}})(?:[.,]5)? ?"
    r"(?P<plus>\+)?(?:(?:-|to|bis) ?(?P<high>[0-9]{1,2}))? ?(?P<plus2>\+)? ?"
    r"(?:hours?|hrs?|h|stunden|std)\.?(?: of work)? ?"
    r"(?:/|per|an?|each|every|weekly|pro|in der|die)? ?(?:week|wk|weekly|woche|wöchentlich)(?![a-z])",
    re.IGNORECASE,
)
PLAIN_HOURS = pattern("time.plain_hours")
SHARE = pattern("time.share")
FULL = pattern("time.full")
HOPE = pattern("time.hope")
ONGOING = pattern("time.ongoing")
ONE_OFF = pattern("time.one_off")
NOT_ONE_OFF = pattern("time.not_one_off")
MONTHS: dict[str, int] = table("months")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_BY = longest_first("due")
DAY = (
    r"(?:(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})|(?P<dd>[0-3]?[0-9])\.(?P<mm>[01]?[0-9])\.(?P<yyyy>20[0-9]{2})"
    rf"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>{_MONTH})"
    r"\.?,?(?: (?P<year>20[0-9]{2}))?(?!\w)"
    rf"|(?<![a-z])(?P<month2>{_MONTH})\.? (?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    r"(?:,? (?P<year2>20[0-9]{2}))?"
    rf"|(?<![a-z])(?P<month3>{_MONTH})(?![a-z])(?: (?P<year3>20[0-9]{{2}}))?)"
)
DUE = re.compile(rf"\b(?:{_BY})\b[^.\n\d]{{0,24}}?{DAY}", re.IGNORECASE)
JUST_DAY = re.compile(DAY, re.IGNORECASE)
TRIAL = pattern("time.trial")
ONE_OFF_WEEKS, YEAR_WEEKS, MOST_WEEKS, MOST_HOURS = 12.9, 53.0, 260, 60
Lasts = Literal["one_off", "3_to_12_months", "ongoing", "unsure"]
RANGES: dict[str, Lasts] = table("marketplace_lengths")
"""How marketplaces print the length of a job."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A time and the sentence it was heard in."""

    span: Span
    number: int = 0
    lasts: Lasts = "unsure"
    day: date | None = None


def timeline_of(scan: Scan, on: date, post: tuple[Span, ...] = ()) -> tuple[Suggestion, ...]:
    """Needed by, how long, hours a week, as far as said. `post`: where it says a permanent post."""
    usable = [one for one in scan.sentences if one.part.label not in (LEGAL, SIGNATURE)]
    hours, weeks, lasts, due = (
        _hours(scan, usable),
        _weeks(scan, usable, on),
        _lasts(scan, usable),
        _due(scan, usable, on),
    )
    length = weeks.lasts if weeks else lasts.lasts if lasts else "ongoing" if post else "unsure"
    spans = tuple(one.span for one in (hours, weeks, None if weeks else lasts, due) if one)
    spans = spans or post
    timeline = Timeline(
        needed_by=due.day if due else None,
        lasts=length,
        hours_a_week=hours.number if hours else None,
        weeks=weeks.number if weeks and weeks.number else None,
    )
    if timeline == Timeline():
        return ()
    words = ", ".join(span.text for span in spans)
    why = Message(id="reading.fact.timeline", values={"lasts": length})
    return (
        Suggestion(
            fact="timeline", value=timeline, strength="likely", words=words[:300], spans=spans, why=why
        ),
    )


def _hours(scan: Scan, sentences: list[Sentence]) -> _Heard | None:
    for one in sentences:
        text = scan.text(one)
        if one.part.label in (PERSON, NICE) and "week" not in text:
            continue
        match = HOURS.search(text) or (PLAIN_HOURS.match(text) if one.part.field == "hours" else None)
        if match:
            groups = match.groupdict()
            if (
                groups.get("limit")
                or groups.get("plus")
                or groups.get("plus2")
                or _hoped(text, match.start())
            ):
                continue
            hours = int(match["high"] or match["low"])
            if 0 < hours <= MOST_HOURS:
                return _Heard(_span(scan, one, match), hours)
        share = SHARE.search(text) if one.part.field == "hours" else None
        if share and not re.search(r"bis zu|max|up to|mindestens|min\.", text, re.IGNORECASE):
            return _Heard(_span(scan, one, share), round(int(share["share"]) * 0.4))
    for one in sentences:
        text = scan.text(one)
        match = FULL.search(text)
        if (
            match
            and not _hoped(text, match.start())
            and not re.search(
                r"part[- ]?time|teilzeit|full[- ]?time equivalent|or full|working full-time as",
                text,
                re.IGNORECASE,
            )
        ):
            return _Heard(_span(scan, one, match), 40)
    return None


def _hoped(text: str, at: int) -> bool:
    """Is it a hope: could, may, might, with the option of?"""
    return bool(
        HOPE.search(text, max(0, at - 60), at)
        or HOPE.match(text[at : at + 60])
        or re.search(r"(?:possible|possibility|möglich|potential)\b", text[at : at + 50])
    )


def _weeks(scan: Scan, sentences: list[Sentence], on: date) -> _Heard | None:
    found: list[tuple[int, _Heard]] = []
    for one in sentences:
        text = scan.text(one)
        listed = RANGES.get(text.strip(" .").lower())
        if listed:
            return _Heard(scan.whole(one), 0, listed)
        if between := _between(scan, one, on):
            return between
        if one.part.label in (PERSON, MUST, NICE) or (
            one.part.field and one.part.field not in ("length", "engagement", "title", "start", "due")
        ):
            continue
        for match in SPAN.finditer(text):
            before, after = text[: match.start()][-60:], text[match.end() : match.end() + 30]
            score = (
                3 * (one.part.field == "length")
                + 2 * bool(LENGTH_AFTER.match(after))
                + bool(LENGTH_BEFORE.search(before))
            )
            score += bool(re.search(r"(?:^|[,|(]) ?$", before) and re.match(r" ?(?:[,.;|)]|$)", after))
            unit = next(unit for unit in WEEKS if match["unit"].lower().startswith(unit))
            if unit in ("year", "jahr") and score < 2:
                continue
            if (
                not score
                or TRIAL.search(before[-40:])
                or NOT_LENGTH.search(before)
                or NOT_LENGTH_AFTER.match(after)
                or (_hoped(text, match.start()) and score < 3)
            ):
                continue
            weeks = _figure(match["high"] or match["low"]) * WEEKS[unit]
            if 0.2 <= weeks <= MOST_WEEKS:
                found.append((score, _Heard(_span(scan, one, match), max(1, round(weeks)), _lasting(weeks))))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _between(scan: Scan, one: Sentence, on: date) -> _Heard | None:
    """The length between two days: "01.01.2027 - 31.12.2027"."""
    days = [(match, day) for match in JUST_DAY.finditer(scan.text(one)) if (day := _day(match, on))]
    if one.part.field not in ("length", "start") or len(days) != 2 or days[1][1] <= days[0][1]:
        return None
    weeks = max(1, round((days[1][1] - days[0][1]).days / 7))
    return _Heard(scan.whole(one), weeks, _lasting(weeks))


def _lasting(weeks: float) -> Lasts:
    return "one_off" if weeks < ONE_OFF_WEEKS else "3_to_12_months" if weeks <= YEAR_WEEKS else "ongoing"


def _figure(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _lasts(scan: Scan, sentences: list[Sentence]) -> _Heard | None:
    for lasts, shape in (("one_off", ONE_OFF), ("ongoing", ONGOING)):
        for one in sentences:
            text = scan.text(one)
            match = shape.search(text)
            if match and not _hoped(text, match.start()) and not NOT_ONE_OFF.search(text):
                return _Heard(_span(scan, one, match), 0, lasts)  # type: ignore[arg-type]
    return None


def _due(scan: Scan, sentences: list[Sentence], on: date) -> _Heard | None:
    for one in sentences:
        text = scan.text(one)
        match = JUST_DAY.search(text) if one.part.field == "due" else DUE.search(text)
        day = _day(match, on) if match and one.part.field not in ("start", "length") else None
        if match and day and day >= on:
            return _Heard(_span(scan, one, match), day=day)
    return None


def _day(match: re.Match[str], on: date) -> date | None:
    """The day a phrase names; the last of the month where no day is given; None if it is no day."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["yyyy"]:
            return date(int(match["yyyy"]), int(match["mm"]), int(match["dd"]))
        name = (match["month"] or match["month2"] or match["month3"]).lower()
        number = int(match["day"] or match["day2"] or 0)
        written = match["year"] or match["year2"] or match["year3"]
        if name in ("may", "mar", "mai", "march") and not (number or written):
            return None
        year = int(written or on.year)
        month = MONTHS[name]
        found = date(year, month, number or calendar.monthrange(year, month)[1])
        return found.replace(year=year + 1) if not written and found < on else found
    except ValueError:
        return None


def _span(scan: Scan, sentence: Sentence, match: re.Match[str]) -> Span:
    start = match.end() - len(match.group().lstrip())
    return scan.clean.span(sentence.part.start + start, sentence.part.start + match.end())
