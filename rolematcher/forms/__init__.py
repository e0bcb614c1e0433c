"""The forms people fill in. They parse and coerce; the rules for answers are the engine's."""

from .intake import IntakeForm, intake_html

__all__ = ["IntakeForm", "intake_html"]
