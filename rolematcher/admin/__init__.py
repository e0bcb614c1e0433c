"""The admin: reviewing, correcting, learning. One file a subject; each registers its own models."""

from . import decisions, editions, intake, of_decisions, people, rates, records

__all__ = ["decisions", "editions", "intake", "of_decisions", "people", "rates", "records"]
