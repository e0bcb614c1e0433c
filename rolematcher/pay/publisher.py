"""Who speaks: a publisher's printed name in, its identity out. One publisher has one voice."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALIASES = {
    "foorilla": "aijobsnet",
    "aijobsnetfoorilla": "aijobsnet",
    "aijobs": "aijobsnet",
    "gehaltde": "stepstone",
    "stepstonede": "stepstone",
    "stackoverflowdevelopersurvey": "stackoverflow",
    "dou": "douua",
    "datasciencejobscouk": "itjobswatch",
    "bls": "usbureauoflaborstatistics",
    "yardworkunattributed": "yardwork",
}
"""Names of one house; datascience-jobs.co.uk takes its figures over from IT Jobs Watch."""


@lru_cache(maxsize=8192)
def publisher_identity(name: str) -> str:
    """The name without remark in brackets, marks, case, accents and invisible characters.

    "StepStone (via X)", "STEPSTONE" and "Step\u200bStone" are one; compatibility forms go first.
    """
    text = unicodedata.normalize("NFKC", name)
    bare = text.split("(", 1)[0].strip() or text
    folded = unicodedata.normalize("NFKD", bare.casefold())
    letters = "".join(sign for sign in folded if sign.isalnum())
    return _ALIASES.get(letters, letters) or folded.strip()
