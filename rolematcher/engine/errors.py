"""What can be wrong with a rulebook, an answer or a figure: each error names the place and the cure."""

from __future__ import annotations


class EngineError(ValueError):
    """Something given to the engine is wrong. `str(error)` is one sentence a person can act on."""


class RulebookError(EngineError):
    """The rulebook text is wrong, at a named place."""


class AnswerError(EngineError):
    """An answer is wrong. `field` is the answer's name, for showing the message beside it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class FigureError(EngineError):
    """An amount, rate observation or conversion fact is wrong. `field` names the column."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class AnswersInvalid(EngineError):
    """A set of answers is wrong. `errors` holds every fault found, each with its field."""

    def __init__(self, errors: tuple[AnswerError, ...]) -> None:
        super().__init__(" ".join(str(error) for error in errors))
        self.errors = errors
