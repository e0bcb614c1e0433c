"""Where the person works from. In: `Scan`. Out: suggestions for the place and for remote work.

The role's place (a place line, "based in", "on site in") beats one that is merely named, and that beats the
company's (headquarters, "LA-based agency", "a bakery in Leeds"), which is a hint where no other place is
named; a customer's or a market's counts for nothing. Two rival places of the best kind: the reader is silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rolematcher.values.message import Message

from .gazetteer import Found, Gazetteer, gazetteer
from .parts import ADDRESS, COMPANY, LEGAL, SIGNATURE
from .patterns import alternatives, pattern
from .record import Suggestion
from .scan import Scan, Sentence

ROLE = pattern("places.role")
FIRM = pattern("places.firm")
FIRM_AFTER = pattern("places.firm_after")
ROLE_AFTER = re.compile(
    rf"[ ,.(-]{{0,3}}(?:(?!and |or |und )\w+ ){{0,2}}(?:{alternatives('places.role_after')})\b", re.IGNORECASE
)
FOR_CLIENT = re.compile(
    r"(?:suchen|gesucht|seek\w*|looking|hiring).{0,30}\b(?:kunden|client|customer)\b.{0,16}"
    r"\b(?:in|aus|from)\s(?:\w+ )?$"
    r"|\b(?:für|for) (?:unseren|our|my) (?:kunden|client|customer),? (?:eine?n?|an?|the)\b"
    r".{0,40}\b(?:in|aus|from)\s$",
    re.IGNORECASE,
)
"""Recruiters look for somebody who works at their client's."""
NOT_HERE = pattern("places.not_here")
CLAUSE = pattern("places.clause")
REMOTE_NO = pattern("places.remote_no")
REMOTE_PART = pattern("places.remote_part")
REMOTE_YES = pattern("places.remote_yes")
LIMITED = pattern("places.limited")
JOB = pattern("places.job")
"""What a short line about the job says beside its place."""
THEIRS = pattern("places.theirs")
HERE = pattern("places.here")
"""What makes a sentence about the company one about the job, too."""
INSIDE = pattern("places.inside")
LISTED = re.compile(r"[A-Z][^\W\d_A-Z]+(?:,| and| und) $")
SHORT_LINE, LONGEST_TITLE = 70, 120
PIECE_BEFORE = re.compile(r"[,|(:]\s*$|\s-\s*$")
PIECE_AFTER = re.compile(
    r"\s*(?:[A-Z]{2,3}\b)?\s*(?:$|[|)(.;]|-\s|,[^,]{0,40}(?:\d|[€£$]|month|monat|stellt|sucht|befristet|zeit\b|anstellung))",
    re.IGNORECASE,
)
ANYWHERE_IN = re.compile(r"anywhere in$", re.IGNORECASE)
"""Not the whole world, but all of what follows."""
MONEY_OF = {
    "GB": re.compile(r"£|\bGBP\b|\bIR35\b"),
    "IN": re.compile(r"₹|\bRs\.? ?\d|\blakhs?\b|\bLPA\b|\bINR\b"),
    "CA": re.compile(r"C\$|\bCAD\b"),
    "AU": re.compile(r"A\$|\bAUD\b"),
}
"""What tells which of two namesakes is meant; alone it tells no place."""
LINE, ROLES, NAMED, FIRMS = 4, 3, 2, 1
"""A place line, tied to the role, named alone or with "in", the company's."""
WHY = {LINE: "line", ROLES: "role", NAMED: "named", FIRMS: "company"}
OF_NO_PLACE = ("budget", "pay", "company")
LABELS = {"place": LINE, "remote": ROLES, "title": NAMED}


@dataclass(frozen=True, slots=True)
class _Rated:
    found: Found
    sentence: Sentence
    rate: int


def places_of(scan: Scan) -> tuple[Suggestion, ...]:
    """The place of work and whether it is remote, as far as said."""
    names = gazetteer()
    rated = [one for sentence in scan.sentences for one in _rated(scan, sentence, names)]
    return tuple(one for one in (_place(scan, rated), _remote(scan)) if one)


def _rated(scan: Scan, sentence: Sentence, names: Gazetteer) -> list[_Rated]:
    of_money = sentence.part.field in OF_NO_PLACE and sentence.part.name != "base"  # "Base: Sunderland"
    if sentence.part.label in (LEGAL, SIGNATURE, ADDRESS) or of_money:
        return []
    text, title = scan.clean.text, _is_title(scan, sentence)
    found = names.places(sentence.tokens, text, place_line=sentence.part.field == "place", title=title)
    return [_Rated(one, sentence, rate) for one in found if (rate := _rate(text, sentence, one, title)) > 0]


def _is_title(scan: Scan, sentence: Sentence) -> bool:
    """Is it the line above the text: short, no sentence, of several pieces?"""
    words = scan.text(sentence)
    pieces = re.search(r"[,|(]|\s-\s", words)
    return bool(sentence.part.first and len(words) <= LONGEST_TITLE and pieces) and not words.endswith("?")


def _rate(text: str, sentence: Sentence, one: Found, title: bool) -> int:
    """How near the place is to the role: LINE, ROLES, NAMED, FIRMS, or 0 for somebody else's."""
    if sentence.part.field in LABELS:
        return LABELS[sentence.part.field]
    before, after = _around(text, sentence, one)
    if title and (one.city or not _in_brackets(before, after)) and _is_piece(before, after):
        return NAMED
    if ANYWHERE_IN.search(text[sentence.tokens[one.first].start : sentence.tokens[one.last - 1].end + 3]):
        return 0
    if FOR_CLIENT.search(before) and not FIRM_AFTER.match(after):
        return ROLES
    if FIRM_AFTER.match(after):
        return FIRMS
    if _somebody_elses(before, after):
        return 0
    if _of_the_firm(sentence, before, after):
        return FIRMS
    return _rate_of_words(text[sentence.part.start : sentence.part.end], before, after)


def _rate_of_words(whole: str, before: str, after: str) -> int:
    """How near the words around a place bring it to the role."""
    if ROLE.search(before) or ROLE_AFTER.match(after):
        return ROLES
    if _stands_alone(whole, before, after):
        return NAMED
    return FIRMS if INSIDE.search(before) or _in_brackets(before, after) else 0


def _is_piece(before: str, after: str) -> bool:
    """Is it a piece of a title by itself, and not in brackets behind the company?"""
    company = _in_brackets(before, after) and FIRM.search(before)
    job = re.match(r",[^,]*", after)
    ends = PIECE_AFTER.match(after) or (job and JOB.search(job.group()))
    return bool(PIECE_BEFORE.search(before) and ends and not company)


def _in_brackets(before: str, after: str) -> bool:
    """Does it end a bracket behind a name: "our library (Adelaide)", "(insurance software, Toronto)"?"""
    return after.startswith(")") and bool(re.search(r"\((?:[^()]*, )?$", before))


def _somebody_elses(before: str, after: str) -> bool:
    """Is it the place of customers, markets, events?"""
    near = before[-45:] if LISTED.search(before) else before[-45:].rpartition(", ")[2]
    return bool(NOT_HERE.search(near) or THEIRS.match(after))


def _of_the_firm(sentence: Sentence, before: str, after: str) -> bool:
    """Is it the company's, in a sentence that says nothing of the job?"""
    company = FIRM.search(before) or sentence.part.label == COMPANY
    return bool(company and not HERE.search(before + after))


def _around(text: str, sentence: Sentence, one: Found) -> tuple[str, str]:
    """What stands before and after a place within its clause."""
    start, end = sentence.tokens[one.first].start, sentence.tokens[one.last - 1].end
    breaks = [
        match.start() + 1 for match in CLAUSE.finditer(text, max(sentence.part.start, start - 200), start)
    ]
    begin = breaks[-1] if breaks else sentence.part.start
    stop = CLAUSE.search(text, end, sentence.part.end)
    return text[max(begin, start - 60) : start], text[end : stop.start() if stop else sentence.part.end][:60]


def _stands_alone(whole: str, before: str, after: str) -> bool:
    """Is the place a piece of a short line about the job, or named in one with "in"?"""
    if len(whole) >= SHORT_LINE:
        return False
    either = not before.strip() and re.match(r"\s(?:or|oder) [A-Z]", after)
    wordy = len(re.findall(r"[^\W\d_]+", whole)) > 4 and "|" not in whole and not JOB.search(whole)
    if wordy and not either:
        return False
    opens = not before.strip() and re.match(r"\s*(?:[.:;/-]|$|office|or|and|oder|und)", after)
    separated = re.search(r"[|(•,-]\s*$", before) or re.match(r"\s*[|)(,]", after)
    return bool(opens or separated or INSIDE.search(before))


def _place(scan: Scan, rated: list[_Rated]) -> Suggestion | None:
    best = max((one.rate for one in rated), default=0)
    tops = [one for one in rated if one.rate == best]
    sure = _without_doubt(scan.clean.text, rated, tops)
    codes = _without_groups({one.found.country for one in sure}, best)
    if len(codes) != 1:
        return None
    top = next(one for one in sure if one.found.country in codes)
    unrivalled = len({one.found.country for one in tops}) == 1
    clear = best == LINE and unrivalled and top.found.certain
    tokens = top.sentence.tokens
    span = scan.clean.span(tokens[top.found.first].start, tokens[top.found.last - 1].end)
    why = Message(
        id=f"reading.place.{WHY[best]}", values={"place": top.found.country, "division": top.found.division}
    )
    return Suggestion(
        fact="place",
        value=top.found.country,
        strength="hint" if best == FIRMS else "clear" if clear else "likely",
        words=span.text,
        spans=(span,),
        why=why,
    )


def _without_doubt(text: str, rated: list[_Rated], tops: list[_Rated]) -> list[_Rated]:
    """The best places that are no namesakes, or whose country the text names or whose money it speaks of."""
    countries = {one.found.country for one in rated if not one.found.city and one.rate >= NAMED}
    countries |= {code for code, shape in MONEY_OF.items() if shape.search(text)}
    return [one for one in tops if not one.found.doubtful or one.found.country in countries]


def _without_groups(codes: set[str], best: int) -> set[str]:
    """Beside a country, "worldwide" counts only where it is tied to the role."""
    groups = len(codes) > 1 and codes & {"GLOBAL", "EU", "DACH"} and best < ROLES
    return codes - {"GLOBAL"} if groups else codes


def _remote(scan: Scan) -> Suggestion | None:
    """Remote, on site, or partly (a hint: the form asks yes or no)."""
    seen: dict[str, Sentence] = {}
    for sentence in scan.sentences:
        if sentence.part.label in (LEGAL, SIGNATURE) or sentence.part.field in ("company",):
            continue
        said = _remote_said(scan.text(sentence), sentence.part.field)
        if said:
            seen.setdefault(said, sentence)
    if not seen:
        return None
    value = "part" if "part" in seen or len(seen) > 1 else next(iter(seen))
    sentence = seen.get(value) or next(iter(seen.values()))
    span = scan.whole(sentence)
    strength: Literal["likely", "hint"] = "hint" if value == "part" else "likely"
    why = Message(id="reading.fact.remote", values={"value": value})
    return Suggestion(
        fact="remote", value=value, strength=strength, words=span.text[:200], spans=(span,), why=why
    )


def _remote_said(text: str, field: str) -> str:
    text = LIMITED.sub(" ", text)
    if (
        field == "remote"
        and re.match(r"\s*(?:(?:yes|ja|remote|fully|voll)\b|100 ?%)", text, re.IGNORECASE)
        and not REMOTE_PART.search(text)
    ):
        return "yes"
    if field == "remote" and re.match(r"\s*(?:(?:no|nein|on-?site|office)\b|0 ?%)", text, re.IGNORECASE):
        return "no"
    if REMOTE_PART.search(text) and re.search(
        r"remote|home|hybrid|office|vor ort|on-?site", text, re.IGNORECASE
    ):
        return "part"
    if REMOTE_NO.search(text):
        return "no"
    return "yes" if REMOTE_YES.search(text) else ""
