"""The decision: a rulebook and answers in, a verdict with its trace out. Pure functions, no Django."""

from .answers import Answers
from .check import rulebook_errors
from .decide import Settled, conclude, next_question, questions_open, settle, settle_facts
from .facts import facts_of, must_haves_by_role
from .read import rulebook_read, shipped_rulebook, shipped_text
from .read_answers import AnswersInvalid, answers_json, answers_read
from .rulebook import Rulebook
from .section import RulebookError
from .verdict import PayFacts, Verdict

__all__ = [
    "Answers",
    "AnswersInvalid",
    "PayFacts",
    "Rulebook",
    "RulebookError",
    "Settled",
    "Verdict",
    "answers_json",
    "answers_read",
    "conclude",
    "facts_of",
    "must_haves_by_role",
    "next_question",
    "questions_open",
    "rulebook_errors",
    "rulebook_read",
    "settle",
    "settle_facts",
    "shipped_rulebook",
    "shipped_text",
]
