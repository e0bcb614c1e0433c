"""Cut a text into sentences and say what each part is for. In: plain text. Out: `Part`s in order.

A part is a line or a sentence of it with its label: the task, what must be known, about the person, the
company, pay and benefits, how to apply, signature, legal footer, address or link. A line such as
"Vertragsart: Freiberuflich" also carries its field; so does a value under or above the line that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

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
LONGEST, LAST_LINES = 1_000, 12
"""Characters of the longest sentence; from how many lines before the end on a mail may be signed."""


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
    cut = _Cut(text, headings, fields)
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines):
        if number and number >= len(lines) - LAST_LINES and SIGNS_OFF.match(text[start:end]):
            cut.label = SIGNATURE
        cut.read_line(number, start, end)
    return tuple(cut.found)


@dataclass(slots=True)
class _Cut:
    """The parts so far, the label that holds, and the name of a field whose value is still to come."""

    text: str
    headings: Headings
    fields: Fields
    found: list[Part] = field(default_factory=list)
    label: str = TASK
    waiting: str = ""

    def read_line(self, number: int, start: int, end: int) -> None:
        """Take one line: a heading, the name of a field, or what stands under them."""
        line = self.text[start:end]
        bare = _bare(line)
        named = _heading(bare, self.headings)
        field, name, value_at = _field(line, self.fields)
        valued = bool(field) and value_at < len(line)
        if named and not valued:
            self.label, self.waiting = named, bare if bare in self.fields else ""
        elif field and not valued:
            self.waiting = name
        elif not field and self._is_name(bare):
            self._take_name(bare)
        else:
            self._take(number, start, end, has_field=bool(field))

    def _is_name(self, bare: str) -> bool:
        return bare in self.fields and self.fields.get(self.waiting) != self.fields[bare]

    def _take_name(self, bare: str) -> None:
        """A name on a line of its own: its value stands above or below."""
        field = self.fields[bare]
        _give_above(self.found, field, bare, self.text)
        self.waiting = bare if not (self.found and self.found[-1].field == field) else ""

    def _take(self, number: int, start: int, end: int, *, has_field: bool) -> None:
        """The sentences of a line; the first may be the value that is waited for."""
        if not (has_field or self.waiting):
            self.label = _after_heading(self.text[start:end], self.label, self.headings)
        sentences = list(self._sentences(number, start, end))
        if self.waiting and sentences and not sentences[0].field:
            field = self.fields[self.waiting]
            label = _under(self.label, field)
            sentences[0] = replace(sentences[0], field=field, name=self.waiting, label=label)
        self.found.extend(sentences)
        self.waiting = ""

    def _sentences(self, number: int, start: int, end: int) -> Iterator[Part]:
        """The sentences of a line, each with its own label where its words say more than the heading."""
        label, opens = self.label, not self.found
        for at, stop, whole in _pieces(self.text, start, end):
            first = opens and at == start
            if not whole:
                yield Part(at, stop, label, line=number, first=first)
                continue
            words = self.text[at:stop]
            label = _after_heading(words, label, self.headings)
            field, name, value_at = _field(words, self.fields)
            if field and at + value_at < stop:
                yield Part(at + value_at, stop, _under(label, field), field, name, number, first)
            else:
                yield Part(at, stop, _label(words, label), line=number, first=first)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Where the sentences of a line stand; False for a cut of what is too long to be one."""
    at = start
    breaks = [(match.start(), match.end()) for match in SENTENCE_END.finditer(text, start, end)]
    for stop, following in (*breaks, (end, end)):
        while stop - at > LONGEST:  # no sentence: a stretch of what was pasted, read piece by piece
            cut = max(text.rfind(" ", at, at + LONGEST) + 1, 0)
            cut = cut if cut > at else at + LONGEST
            yield at, cut, False
            at = cut
        if stop < end and ABBREVIATION.search(text[max(at, stop - 8) : stop]):
            continue
        if stop > at:
            yield at, stop, True
        at = following


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
