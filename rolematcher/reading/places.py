"""Where the person works from. In: `Scan`. Out: suggestions for the place and for remote work.

The role's place (a place line, "based in", "on site in") beats one that is merely named, and that beats the
company's (headquarters, "LA-based agency", "a bakery in Leeds"), which is a hint where no other place is
named; a customer's or a market's counts for nothing. How near a place is to the role is one of many small
signs that add up (`data/reading/place_weights.toml`). Two that are about as likely: the reader is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .gazetteer import Found, gazetteer
from .parts import ADDRESS, COMPANY, LEGAL, SIGNATURE
from .patterns import alternatives, pattern
from .record import Suggestion
from .scan import Scan, Sentence
from .signs import odds, shares, words_around
from .vocabulary import Vocabulary

ROLE = pattern("places.role")
FIRM = pattern("places.firm")
FIRM_AFTER = pattern("places.firm_after")
ROLE_AFTER = re.compile(
    rf"[ ,.(-]{{0,3}}(?:(?!and |or |und )\w+ ){{0,2}}(?:{alternatives('places.role_after')})\b", re.IGNORECASE
)
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
GREETS = pattern("places.greets")
SHORT_LINE, LONGEST_TITLE = 70, 120
PIECE_BEFORE = re.compile(r"[,|(:]\s*$|\s-\s*$")
PIECE_AFTER = re.compile(
    r"\s*(?:[A-Z]{2,3}\b)?\s*(?:$|[|)(.;]|-\s|,[^,]{0,40}(?:\d|[€£$]|month|monat|stellt|sucht|befristet|zeit\b|anstellung))",
    re.IGNORECASE,
)
MONEY_OF = {
    "GB": re.compile(r"£|\bGBP\b|\bIR35\b"),
    "IN": re.compile(r"₹|\bRs\.? ?\d|\blakhs?\b|\bLPA\b|\bINR\b"),
    "CA": re.compile(r"C\$|\bCAD\b"),
    "AU": re.compile(r"A\$|\bAUD\b"),
}
"""What tells which of two namesakes is meant; alone it tells no place."""
LINE, ROLES, NAMED, FIRMS = 4, 3, 2, 1
"""A place line, tied to the role, named alone or with "in", the company's."""
GROUPS = frozenset(("GLOBAL", "EU", "DACH"))
"""Beside a country they count only where they are tied to the role."""
OF_NO_PLACE = ("budget", "pay", "company")
LABELS = {"place": LINE, "remote": ROLES, "title": NAMED}


HERE_IS, LIKELY, FIRM_IS, RIVAL = 0.5, 0.7, 0.25, 3.0
"""Shares from which on a place is shown, fills in the form, and is shown as the company's where no other is
likelier; how much greater its odds are than a rival's."""
WHERE = "here"
"""The class of places where the person works; others are of "elsewhere"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the text, its sentence, and how near its words bring it to the role (`LINE` to 0)."""

    found: Found
    sentence: Sentence
    rate: int
    signs: dict[str, float]


def places_of(scan: Scan, words: Vocabulary) -> tuple[Suggestion, ...]:
    """The place of work and whether it is remote, as far as said."""
    named = list(places_named(scan))
    weighed = [(shares(one.signs, words.places)[WHERE], one) for one in named]
    return tuple(one for one in (_place(scan, weighed), _remote(scan)) if one)


def places_named(scan: Scan) -> Iterator[Named]:
    """Every place of the text; a name of several countries means the one that the text names besides."""
    names, text = gazetteer(), scan.clean.text
    found = [
        (sentence, title, one)
        for sentence in scan.sentences
        if not _is_of_no_place(sentence)
        for title in [_is_title(scan, sentence)]
        for one in names.places(sentence.tokens, text, place_line=sentence.part.field == "place", title=title)
    ]
    countries = {one.country for *_, one in found if not one.namesakes}
    countries |= {code for code, shape in MONEY_OF.items() if shape.search(text)}
    for sentence, title, one in found:
        meant = _meant(one, countries)
        rate = _rate(text, sentence, meant, title)
        yield Named(meant, sentence, rate, dict(_signs(text, sentence, meant, rate, title)))


def _is_of_no_place(sentence: Sentence) -> bool:
    part = sentence.part
    of_money = part.field in OF_NO_PLACE and part.name != "base"  # "Base: Sunderland"
    return part.label in (LEGAL, SIGNATURE, ADDRESS) or of_money


def _meant(one: Found, countries: set[str]) -> Found:
    """The place that a name of several countries means where the text speaks of one of them."""
    if one.country in countries:
        return replace(one, doubtful=False)
    others = one.namesakes & countries
    return replace(one, country=next(iter(others)), doubtful=False) if len(others) == 1 else one


def _signs(text: str, sentence: Sentence, one: Found, rate: int, title: bool) -> Iterator[tuple[str, float]]:
    start, end = sentence.tokens[one.first].start, sentence.tokens[one.last - 1].end
    yield from words_around(sentence, start, end)
    signs = [f"rate {rate}", f"part {sentence.part.label}", f"field {sentence.part.field}"]
    signs += [f"length {min(6, len(sentence.tokens) // 4)}", "city" if one.city else "region"]
    signs += [f"mark <{text[max(sentence.part.start, start - 2) : start].strip()}"]
    signs += [f"mark >{text[end : min(end + 1, sentence.part.end)].strip()}"]
    signs += ["title"] * title + ["doubtful"] * one.doubtful + ["first"] * sentence.part.first
    yield from ((sign, 1.0) for sign in signs)


def _is_title(scan: Scan, sentence: Sentence) -> bool:
    """Is it the line above the text: short, no sentence or greeting, of several pieces?"""
    words = scan.text(sentence)
    if GREETS.match(words):  # "Hi Martin,", who is no town in Slovakia
        return False
    pieces = re.search(r"[,|(]|\s-\s", words)
    return bool(sentence.part.first and len(words) <= LONGEST_TITLE and pieces) and not words.endswith("?")


def _rate(text: str, sentence: Sentence, one: Found, title: bool) -> int:
    """How near the place is to the role: LINE, ROLES, NAMED, FIRMS, or 0 for somebody else's."""
    if sentence.part.field in LABELS:
        return LABELS[sentence.part.field]
    before, after = _around(text, sentence, one)
    if title and _is_piece(before, after):
        return NAMED
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
    return FIRMS if INSIDE.search(before) else 0


def _is_piece(before: str, after: str) -> bool:
    """Is it a piece of a title by itself?"""
    job = re.match(r",[^,]*", after)
    ends = PIECE_AFTER.match(after) or (job and JOB.search(job.group()))
    return bool(PIECE_BEFORE.search(before) and ends)


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


def _place(scan: Scan, weighed: list[tuple[float, Named]]) -> Suggestion | None:
    """The likeliest place, unless another is about as likely or the name is a namesake's."""
    ranked = _ranked(weighed)
    if not ranked or (len(ranked) > 1 and odds(ranked[0][0]) < RIVAL * odds(ranked[1][0])):
        return None
    share, top = ranked[0]
    clear = top.rate == LINE and len(ranked) == 1 and top.found.certain
    near = share >= LIKELY and top.rate != FIRMS
    tokens = top.sentence.tokens
    span = scan.clean.span(tokens[top.found.first].start, tokens[top.found.last - 1].end)
    return Suggestion(
        fact="place",
        value=top.found.country,
        strength="clear" if clear else "likely" if near else "hint",
        words=span.text,
        spans=(span,),
    )


def _ranked(weighed: list[tuple[float, Named]]) -> list[tuple[float, Named]]:
    """Of each country the likeliest mention, the likeliest country first."""
    best: dict[str, tuple[float, Named]] = {}
    for share, one in sorted(weighed, key=lambda pair: -pair[0]):
        enough = HERE_IS if best or one.rate != FIRMS else FIRM_IS
        if share >= enough and not one.found.doubtful:
            best.setdefault(one.found.country, (share, one))
    weak = {group for group in GROUPS & set(best) if best[group][1].rate < ROLES}
    return [pair for country, pair in best.items() if country not in weak or len(best) == 1]


def _remote(scan: Scan) -> Suggestion | None:
    """Remote, on site, or partly; a hint where one sentence says yes and another no."""
    seen: dict[str, Sentence] = {}
    for sentence in scan.sentences:
        if sentence.part.label in (LEGAL, SIGNATURE) or sentence.part.field in ("company",):
            continue
        said = _remote_said(scan.text(sentence), sentence.part.field)
        if said:
            seen.setdefault(said, sentence)
    if not seen:
        return None
    value = "partly" if "partly" in seen or len(seen) > 1 else next(iter(seen))
    sentence = seen.get(value) or next(iter(seen.values()))
    span = scan.whole(sentence)
    strength: Literal["likely", "hint"] = "likely" if value in seen else "hint"
    return Suggestion(fact="remote", value=value, strength=strength, words=span.text[:200], spans=(span,))


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
        r"remote|home|hybrid|office|vor ort|on-?site|büro", text, re.IGNORECASE
    ):
        return "partly"
    if REMOTE_NO.search(text):
        return "no"
    return "yes" if REMOTE_YES.search(text) else ""
