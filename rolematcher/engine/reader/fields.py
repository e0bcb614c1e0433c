"""The fields beside the work: budget, place, basis, time, musts, success. In: scan, tally. Out: suggestions.

The form takes one amount: of a range the upper end is suggested and both ends are kept in `detail`.
"""

from __future__ import annotations

from datetime import date

from rolematcher.engine.amounts import amount_text
from rolematcher.engine.plain_text import TextError, text_read

from .match import Found
from .money import Money, money_of
from .place import place_of
from .record import Span, Suggestion
from .suggest import CLEAR, HINT, LIKELY, best_of
from .text import SUCCESS, Scan, fold
from .time import Stretch, Time, time_of
from .weigh import Tally

ENGAGEMENTS = ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency")
PAY_BASIS = {
    "hour": ("freelance_marketplace", 0.9),
    "day": ("contract", 1.2),
    "project": ("freelance_marketplace", 1.2),
    "year": ("permanent", 1.2),
}
"""What the period of the pay says about the basis."""
PER_WORDS = {
    "hour": "an hour",
    "day": "a day",
    "month": "a month",
    "year": "a year",
    "project": "for the whole project",
}
ONE_OFF_WEEKS, YEAR_WEEKS = 12.9, 52.1
MOST_MUSTS, LEAST_MUST, MOST_MUST_CHARS = 5, 0.5, 60
MOST_SUCCESS, MOST_SUCCESS_CHARS = 3, 300


def field_suggestions(
    scan: Scan, found: Found, tally: Tally, *, on: date | None, refused: bool
) -> list[Suggestion]:
    """The suggestions for everything but the work itself. A refused text gets no musts."""
    money = money_of(scan.text)
    if money and money.per in PAY_BASIS:
        basis, weight = PAY_BASIS[money.per]
        why = f"pay {PER_WORDS[money.per]} fits this basis"
        tally.scores["engagement", basis] += weight
        tally.supports["engagement", basis].append(_span(scan.text, money.start, money.end, "pay", why))
    engagement = best_of(tally, "engagement", ENGAGEMENTS)
    found_all = [
        _budget(scan.text, money),
        _place(scan, found),
        best_of(tally, "remote", ("yes", "no"), words={"yes": "from anywhere", "no": "at the place of work"}),
        engagement,
        _timeline(scan.text, time_of(scan.text, on=on), tally, engagement),
        None if refused else _musts(scan, tally),
        _success(scan),
    ]
    return [one for one in found_all if one]


def _span(text: str, start: int, end: int, term: str, why: str) -> Span:
    return Span(start, end, text[start:end], term, why)


def _budget(text: str, money: Money | None) -> Suggestion | None:
    if money is None:
        return None
    low, high = amount_text(money.low), amount_text(money.high)
    per, kind = money.per, "total" if money.per == "project" else "pay"
    figure = high if low == high else f"{low} to {high}"
    words = f"{figure} {money.currency} {PER_WORDS[per]}"
    if low != high:
        words += "; the upper end is filled in"
    value = {"amount": high, "currency": money.currency, "per": per, "kind": kind}
    span = _span(text, money.start, money.end, "amount", "states what the work pays")
    detail = {"low": low, "high": high, "currency": money.currency, "per": per, "kind": kind}
    return Suggestion("budget", value, words, CLEAR if money.sure else LIKELY, (span,), (), detail)


def _place(scan: Scan, found: Found) -> Suggestion | None:
    place = place_of(scan, found)
    if place is None:
        return None
    span = _span(scan.text, place.start, place.end, place.region, "names where the work is done from")
    return Suggestion(
        "place", place.region, scan.text[place.start : place.end], LIKELY if place.sure else HINT, (span,)
    )


def _timeline(text: str, time: Time, tally: Tally, engagement: Suggestion | None) -> Suggestion | None:
    """Needed by, how long, hours a week, as far as said; `lasts` also from words such as "ongoing"."""
    spans: list[Span] = []
    words: list[str] = []
    detail: dict[str, object] = {}
    lasts = _lasts(time, tally, engagement, spans)
    if lasts != "unsure":
        words.append(lasts.replace("_", " "))
    for name, stretch, noun in (("weeks", time.weeks, "weeks"), ("hours_a_week", time.hours, "hours a week")):
        if stretch:
            low, high = _whole(stretch)
            detail[name] = {"low": low, "high": high}
            words.append(f"{low} to {high} {noun}" if low != high else f"{high} {noun}")
            spans.append(_span(text, stretch.start, stretch.end, noun, "says how long or how much"))
    if time.needed_by:
        day, start, end = time.needed_by
        words.append(f"needed by {day.isoformat()}")
        spans.append(_span(text, start, end, "date", "says by when"))
    if time.starts:
        when, start, end = time.starts
        detail["starts"] = when
        spans.append(_span(text, start, end, "start", "says when it starts"))
    value = {
        "needed_by": time.needed_by[0].isoformat() if time.needed_by else None,
        "lasts": lasts,
        "hours_a_week": _whole(time.hours)[1] if time.hours else None,
        "weeks": _whole(time.weeks)[1] if time.weeks else None,
    }
    if value == {"needed_by": None, "lasts": "unsure", "hours_a_week": None, "weeks": None}:
        return None
    sure = (time.weeks is None or time.weeks.sure) and (time.hours is None or time.hours.sure)
    return Suggestion("timeline", value, ", ".join(words), LIKELY if sure else HINT, tuple(spans), (), detail)


def _lasts(time: Time, tally: Tally, engagement: Suggestion | None, spans: list[Span]) -> str:
    """How long the work is: the weeks said, else words for it, else a permanent post goes on."""
    if time.weeks:
        weeks = time.weeks.high
        return "one_off" if weeks < ONE_OFF_WEEKS else "3_to_12_months" if weeks <= YEAR_WEEKS else "ongoing"
    said = best_of(tally, "lasts", ("one_off", "ongoing"))
    if said:
        spans.extend(said.supports[:2])
        return str(said.value)
    if engagement and engagement.value == "permanent" and engagement.strength != HINT:
        spans.extend(engagement.supports[:1])
        return "ongoing"
    return "unsure"


def _whole(stretch: Stretch) -> tuple[int, int]:
    """Both ends as whole numbers, at least 1: the form takes no parts of weeks."""
    return max(1, round(stretch.low)), max(1, round(stretch.high))


def _storable(line: str) -> bool:
    """Would the form take this line as it is?"""
    try:
        return bool(text_read(line, most=MOST_SUCCESS_CHARS, lines=1))
    except TextError:
        return False


def _musts(scan: Scan, tally: Tally) -> Suggestion | None:
    """The tools and skills named, the weightiest five; those under nice to have are left out."""
    ranked = sorted(tally.skills.values(), key=lambda skill: (-skill.weight, skill.at))
    kept: dict[str, Span] = {}
    for skill in ranked:
        key = " ".join(fold(word) for word in skill.words.split())
        if skill.weight >= LEAST_MUST and key not in kept and len(skill.words) <= MOST_MUST_CHARS:
            kept[key] = _span(
                scan.text, skill.at, skill.at + len(skill.words), skill.words, "names a tool or skill"
            )
    spans = tuple(kept.values())[:MOST_MUSTS]
    if not spans:
        return None
    words = [" ".join(span.text.split()) for span in spans]
    return Suggestion("musts", words, ", ".join(words), HINT, spans)


def _success(scan: Scan) -> Suggestion | None:
    """The lines under a heading about success, without the heading itself."""
    lines: list[Span] = []
    by_line: dict[int, tuple[int, int]] = {}
    for sentence in scan.sentences:
        if sentence.section == SUCCESS:
            start, end = scan.tokens[sentence.first].start, scan.tokens[sentence.last - 1].end
            by_line[sentence.line] = (by_line.get(sentence.line, (start, end))[0], end)
    for start, end in list(by_line.values())[1 : MOST_SUCCESS + 1]:
        if _storable(scan.text[start:end]):
            lines.append(_span(scan.text, start, end, "success", "stands under a heading about success"))
    if not lines:
        return None
    return Suggestion(
        "success", [" ".join(one.text.split()) for one in lines], "what must be true", HINT, tuple(lines)
    )
