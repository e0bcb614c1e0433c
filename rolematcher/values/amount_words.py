"""The words around an amount as patterns: numbers, scales, units, what joins two ends, what leads in.

Every pattern is bounded, so that a text of digits costs no more than any other.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .currencies import CURRENCY

_GROUPED = (
    r"[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?:\.[0-9]{1,2})?",  # 12,00,000
    r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?",
    r"[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,2})?",
    r"[0-9]{1,3}(?:'[0-9]{3}){1,4}(?:[.,][0-9]{1,2})?",
    r"[0-9]{1,3}(?: [0-9]{3}){1,4}(?:[.,][0-9]{1,2})?",
    r"[0-9]{1,15}(?:[.,][0-9]{1,2})?",
)
_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_KLEIN = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ZEHNER = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
NUMBER_WORDS = {"fifteen": 15, "fünfzehn": 15, "hundert": 100} | {
    word: number * step
    for words, first, step in ((_SMALL, 1, 1), (_KLEIN, 1, 1), (_TENS, 2, 10), (_ZEHNER, 2, 10))
    for number, word in enumerate(words, first)
}
NUMBER_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_WORDS = (
    rf"(?:(?:{'|'.join(_TENS)})[ -])?(?:{'|'.join(_SMALL)})|(?:(?:{'|'.join(_KLEIN)})und)?(?:{NUMBER_WORD})"
)
"""Numbers as words, read before "thousand", "grand" and the like alone: "twenty-five grand"."""
_NUMBER = (
    rf"(?!401[ (]?k)(?P<number>(?:{'|'.join(_GROUPED)})(?![0-9])(?![.,'][0-9])"
    rf"|(?<!hundred )(?<!hundred and )(?<!thousand )(?<!tausend )(?:{_WORDS})"
    r"(?=[ -]?(?:thousand|grand|hundred(?! (?:and|thousand))|tausend)(?![^\W\d_])))"
)

SCALES = (
    ("hundred", Decimal(100)),
    ("k|tsd\\.?|tys\\.?|tausend|thousand|grand|t", Decimal(1_000)),
    ("lakhs?|lacs?|l|lpa|l\\.p\\.a\\.?", Decimal(100_000)),
    ("crores?|cr", Decimal(10_000_000)),
    ("m|mn|mm|mio|mio\\.|millions?|millionen", Decimal(1_000_000)),
    ("bn|billions?|mrd|mrd\\.|milliarden?", Decimal(1_000_000_000)),
)
_SCALE = (
    r"(?:(?:lakhs?|lacs?|lpa|l\.p\.a\.?|crores?|cr|hundred|thousand|grand|tausend|tsd\.?|tys\.?|millions?|millionen|mio\.?"
    r"|mn|mm|billions?|bn|milliarden?|mrd\.?|(?-i:L)|k|m(?!/[wfd]|-[a-z]))(?![^\W\d_])"
    r"|(?:t|k|m)(?=[ ]?(?:€|\$|£|eur|usd|gbp|chf)))"
)
_DOLLARS = r"(?-i:USD|CAD|AUD|NZD|SGD|HKD|MXN)"
ONE_END = re.compile(
    rf"(?<![\w.,'])(?:(?P<which>{_DOLLARS})[ ]?(?=\$))?(?:(?P<before>{CURRENCY})[ ]?)?"
    rf"{_NUMBER}(?:[.,][-–]{{1,2}})?"
    rf"[ ]?(?P<scale>{_SCALE})?[ ]?(?P<after>{CURRENCY})?",
    re.IGNORECASE,
)
"""One number with its currency and scale. "600,-" is 600; a 401k is a pension plan."""

_A = r"(?:/[ ]?|per[ ]|an?[ ]|each[ ]|every[ ]|p/|pro[ ]|je[ ]|die[ ]|am[ ]|im[ ]|in der[ ]|par[ ]|por[ ])"
UNITS = {
    "hour": rf"(?:{_A}(?:hour|hr|h|std|stunde)s?|hourly|p/?h|stündlich|stundensatz)",
    "day": rf"(?:{_A}(?:day|d|tag|pt|personentag|manntag)|daily|p/?d|p\.d\.|täglich|tagessatz)",
    "week": rf"(?:{_A}(?:week|wk|w|woche)|weekly|p/?w|p\.w\.|wöchentlich)",
    "month": rf"(?:{_A}(?:month|mo|mth|m|monat)|monthly|pcm|p/?m|p\.m\.|monatlich|mtl\.?|monatsgehalt)",
    "year": (
        rf"(?:{_A}(?:year|yr|annum|y|jahr|a|año|an)|yearly|annually|annual|per annum|p/?a|p\.[ ]?a\.?"
        r"|jährlich|jahresgehalt|jahresbrutto)"
    ),
    "project": (
        rf"(?:{_A}(?:project|projekt)"
        r"|(?:for|für)[ ](?:everything|alles"
        r"|the (?:lot|job|work|build|package|set-?up|(?:(?:whole|entire) )?project|whole thing)"
        r"|das (?:ganze )?projekt|das ganze)"
        r"|fix(?:ed)?(?![ ](?:p\.|per|a |im |pro ))(?:[ -](?:price|fee|budget))?|flat(?: fee)?"
        r"|fest(?!e|[ ](?:plus|und|\+))"
        r"|in total|total"
        r"|all[ -]in|altogether|overall|lump sum|once|one[ -]off|one[ -]time|einmalig|pauschal|insgesamt"
        r"|gesamt|festpreis|im ganzen)"
    ),
}
_UNIT = "|".join(f"(?P<{unit}>{shape})" for unit, shape in UNITS.items())
_ASIDE = (
    r"fix(?:um)?|gross|brutto|netto|net|base|tops|max(?:imum|imal)?|at most|höchstens"
    r"|(?:\+|plus|zzgl\.?|excl\.?)[ ](?:vat|mwst\.?|ust\.?)"
)
_BETWEEN = rf"(?:[ ]?(?:{_ASIDE}|{CURRENCY})(?![^\W\d_]))?"
PER = re.compile(rf"{_BETWEEN}[ ,(]{{0,3}}{_BETWEEN}[ ]?(?:{_UNIT})(?![^\W\d_])\)?", re.IGNORECASE)
"""The unit right behind an amount."""
BEHIND_UNIT = re.compile(rf"[ ,(]{{1,3}}(?:in )?(?P<sign>{CURRENCY})(?![^\W\d_])\)?", re.IGNORECASE)
"""A currency behind the unit: "450 a day, GBP"."""

_LEAD_UNITS = "|".join(
    (
        r"(?P<hour>hourly|stunden(?:an)?satz|per hour|pro stunde)",
        r"(?P<day>daily|day|tages(?:an)?satz|per day|pro tag)",
        r"(?P<week>weekly|wochensatz|per week|pro woche)",
        r"(?P<month>monthly|monatlich|monatsgehalt|per month|pro monat)",
        r"(?P<year>annual|yearly|jahresgehalt|jahresbrutto|per annum|per year|pro jahr)",
        r"(?P<project>fixed|flat|total|in total|festpreis|pauschale?|insgesamt|gesamtbudget)",
    )
)
_MOST = (
    r"up to|max(?:imum|imal)?\.?|at most|no more than|not more than|bis zu|bis max\.?|höchstens|capped at"
    r"|under|less than"
)
_LEAST = r"from|min(?:imum|imal|d|destens)?\.?|at least|starting at|von|ab|de|desde|more than|over|mehr als"
_ABOUT = (
    r"in the (?:region|order|area|ballpark) of|(?:so )?um die|about|around|approx(?:imately)?\.?|roughly"
    r"|circa|ca\.?|etwa|ungefähr|rund|or so|~|≈"
)
LEAD = re.compile(
    rf"(?P<words>(?:(?<![^\W\d_])(?:{_LEAD_UNITS})"
    r"(?:[ -](?:rate|pay|salary|budget|fee|price|retainer|gehalt|honorar))?"
    rf"[ ]?(?:of|is|von|:|=)?[ ]?)?"
    rf"(?:(?<![^\W\d_])(?:(?P<between>between|zwischen|entre)|(?P<most>{_MOST})|(?P<floor>{_LEAST}))"
    rf"[ :]{{1,2}})?"
    rf"(?:(?<![^\W\d_])(?P<about>{_ABOUT})[ ]?)?)$",
    re.IGNORECASE,
)
"""What stands right before an amount. Searched with the amount's start as the end."""

_STRETCH = (
    r",?[ ]?(?:(?:and|possibly|maybe|perhaps|can|could|may)[ ]){0,2}"
    r"(?:stretch(?:ing)?|ris(?:e|ing)|go(?:ing)?)[ ](?:up[ ])?to\b"
)
JOIN = re.compile(
    rf"(?:[ ](?:outside|inside)(?:[ ]ir35)?)?\s{{0,3}}(?:(?P<plain>{_STRETCH}|[-–—‐−~]{{1,2}}|\.\.\.?|…|to\b"
    r"|bis(?: zu| höchstens| maximal| max\.)?(?![^\W\d_])|à\b|till\b|until\b|hasta\b)"
    r"|(?P<both>and\b|und\b|et\b|y\b|&)|(?P<slash>/)"
    rf"|(?P<most>[,;…]?\s{{0,2}}(?:and |und )?(?:{_MOST})\s{{0,1}}:?))\s{{0,3}}",
    re.IGNORECASE,
)

NOISE = re.compile(
    r"(?<![^\W\d_])(?:(?:our|the|my|a|budget|rate|salary|pay|price|gross|brutto|net|netto|base|plus|zzgl|inkl"
    r"|incl"
    r"|excl|ex|vat|tax|mwst|ust|is|of|only|max|bonus|equity|super|ote|ctc|or so|please|all|included|in"
    r"|(?:agency |recruit(?:er|ment) |placement )?fees?|commission|(?:employer )?dues|on top|extra"
    r"|vermittlung(?:sprovision|sgebühr|shonorar)?|provision|honorar|gebühr|(?:arbeitgeber|sozial|lohn)?abgaben"
    r"|(?:lohn)?nebenkosten|arbeitgeberanteil|dazu)"
    r"(?![^\W\d_]))"
    r"|[.,;:()!?+*-]",
    re.IGNORECASE,
)
"""Words that may stand in a money field beside the amount without changing it."""


def unit_named(match: re.Match[str] | None) -> str:
    """The unit whose group took part in the match, "" if none."""
    return next((unit for unit in UNITS if match and match[unit]), "")
