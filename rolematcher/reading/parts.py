"""Cut a text into sentences and say what each part is for. In: plain text. Out: `Part`s in order.

A part is a line or a sentence of it with its label: the task, what must be known, about the person, the
company, pay and benefits, how to apply, signature, legal footer, address or link. A line such as
"Vertragsart: Freiberuflich" also carries its field; so does a value under or above the line that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .patterns import pattern

TASK, MUST, NICE, PERSON, COMPANY, PAY = "task", "must", "nice", "person", "company", "pay"
APPLY, SIGNATURE, LEGAL, ADDRESS, SUCCESS = "apply", "signature", "legal", "address", "success"

LABEL = re.compile(r"[^\w\n]{0,4}([^\W_][\w /&.()'+-]{1,38}?)\s{0,3}(?::|\||\t| - |=)(?!//)\s*")
SENTENCE_END = re.compile(
    r"(?<=[^\W\d_][.!?])[\"')]{0,2}\s+(?=[^a-zäöüß\s])|[;•✅❌→]\s*|(?<=[)\d][.!?])\s+(?=[^\W\d_])"
)
ABBREVIATION = pattern("parts.abbreviation")
RANGE_BREAK = re.compile(
    r"(?<=\d)[ ]?\n[ ]?(?:-|to|bis)[ ]?(?=[€$£]?\d)|(?<=\d)[ ]?(?:-|to|bis)[ ]?\n[ ]?(?=[€$£]?\d)"
)
"""Both ends of a range, broken over two lines."""
LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w{2,}")
SIGNS_OFF = pattern("parts.signs_off")
LEGAL_WORDS = pattern("parts.legal")
COMPANY_WORDS = pattern("parts.company")
PERSON_WORDS = pattern("parts.person")
APPLY_WORDS = pattern("parts.apply")
FIRST_LABEL_CHARS = 44
LONGEST = 1_000
"""Characters of the longest sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """The stretch [start, end) of the plain text, its label, its field ("" for none) and its line number.

    For a line with a field the stretch is the value alone.
    """

    start: int
    end: int
    label: str
    field: str = ""
    name: str = ""
    """The name of the field as written, in lower case."""
    line: int = 0
    first: bool = False
    """It opens the text: a title is what is looked for."""


Headings = Mapping[str, str]
"""A heading in lower case -> the label of what stands under it."""
Fields = Mapping[str, str]
"""The name of a field in lower case -> the field."""


def parts_of(text: str, headings: Headings, fields: Fields) -> tuple[Part, ...]:
    """The parts of the text in order. Empty lines give none."""
    found: list[Part] = []
    label, waiting = TASK, ""
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        if SIGNS_OFF.match(line) and number and number >= len(lines) - 12:
            label = SIGNATURE
        bare = _bare(line)
        named = _heading(bare, headings)
        field, name, value_at = _field(line, fields)
        if named and not (field and value_at < len(line)):
            label, waiting = named, bare if bare in fields else ""
            continue
        if field and value_at >= len(line):
            waiting = name
            continue
        if (
            not field and bare in fields and fields.get(waiting) != fields[bare]
        ):  # a name on a line of its own: its value stands above or below
            _give_above(found, fields[bare], bare, text)
            waiting = bare if not (found and found[-1].field == fields[bare]) else ""
            continue
        label = _after_heading(line, label, headings) if not (field or waiting) else label
        sentences = list(_sentences(text, start, end, label, number, headings, fields, first=not found))
        if waiting and sentences and not sentences[0].field:
            field = fields[waiting]
            sentences[0] = replace(sentences[0], field=field, name=waiting, label=_under(label, field))
        found.extend(sentences)
        waiting = ""
    return tuple(found)


def _under(label: str, field: str) -> str:
    """The label of a field's value: terms, unless it stands in a footer or under the requirements."""
    return label if label in (SIGNATURE, LEGAL) or (field == "skills" and label == MUST) else PAY


def _give_above(found: list[Part], field: str, name: str, text: str) -> None:
    """A value that stands above its name, as marketplaces print it ("$15-$30", below it "Hourly")."""
    if (
        found
        and not found[-1].field
        and found[-1].end - found[-1].start <= 30
        and re.search(r"\d|[A-Z]", text[found[-1].start : found[-1].end])
    ):
        found[-1] = replace(found[-1], field=field, name=name, label=PAY)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line that holds something starts and ends, without the blanks around it."""
    at = 0
    text = RANGE_BREAK.sub(lambda match: match.group().replace("\n", " "), text)
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            yield start, start + len(stripped)
        at += len(line) + 1


def _bare(line: str) -> str:
    """A line as headings are compared: lower case, without marks around it."""
    return re.sub(r"\s+", " ", line[:80].strip(" #*_-=•>:?!|.\t~🔹").lower()) if len(line) <= 80 else ""


def _heading(bare: str, headings: Headings) -> str:
    """The label that a line opens when it is a heading."""
    if not bare or len(bare) > FIRST_LABEL_CHARS:
        return ""
    if bare in headings:
        return headings[bare]
    words = re.sub(r"\s*\(.*?\)|\bthe\b|\byour\b|\bour\b|&.*| and .*| und .*|/.*", "", bare).strip()
    return headings.get(words, "") if len(words.split()) <= 4 and words != bare else ""


def _after_heading(line: str, label: str, headings: Headings) -> str:
    """The label for a line such as "Requirements: Python, SQL", else the one that holds."""
    match = LABEL.match(line)
    named = headings.get(match[1].lower().strip(), "") if match else ""
    return named or label


def _field(line: str, fields: Fields) -> tuple[str, str, int]:
    """The field that a line or sentence names, its name, and where the value starts; ("", "", 0) for none."""
    match = LABEL.match(line)
    name = match[1].lower().strip(" *_") if match and len(line) <= 400 else ""
    return (fields[name], name, match.end()) if match and name in fields else ("", "", 0)


def _sentences(
    text: str, start: int, end: int, label: str, line: int, headings: Headings, fields: Fields, *, first: bool
) -> Iterator[Part]:
    """The sentences of one line, each with its own label where its words say more than the heading."""
    at = start
    breaks = [(match.start(), match.end()) for match in SENTENCE_END.finditer(text, start, end)]
    for stop, following in (*breaks, (end, end)):
        while stop - at > LONGEST:  # no sentence: a stretch of what was pasted, read piece by piece
            cut = text.rfind(" ", at, at + LONGEST) + 1 or at + LONGEST
            cut = cut if cut > at else at + LONGEST
            yield Part(at, cut, label, "", "", line, first and at == start)
            at = cut
        if stop < end and ABBREVIATION.search(text[max(at, stop - 8) : stop]):
            continue
        if stop > at:
            label = _after_heading(text[at:stop], label, headings)
            field, name, value_at = _field(text[at:stop], fields)
            if field and at + value_at < stop:
                yield Part(
                    at + value_at, stop, _under(label, field), field, name, line, first and at == start
                )
            else:
                yield Part(at, stop, _label(text[at:stop], label), "", "", line, first and at == start)
        at = following


def _label(sentence: str, label: str) -> str:
    """What one sentence is for, under a heading that says `label`."""
    if label in (SIGNATURE, LEGAL) or LEGAL_WORDS.search(sentence):
        return LEGAL if label != SIGNATURE else SIGNATURE
    if LINK.fullmatch(sentence.strip("() .-•")):
        return ADDRESS
    if label in (MUST, NICE, PERSON, PAY, APPLY, SUCCESS, COMPANY):
        return label
    if APPLY_WORDS.search(sentence):
        return APPLY
    if PERSON_WORDS.search(sentence):
        return PERSON
    return COMPANY if COMPANY_WORDS.match(sentence.lstrip("-•*> ")) and len(sentence) < 300 else label
