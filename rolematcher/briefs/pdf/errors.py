"""What can be wrong with a brief for good: trying again would end the same way."""

from __future__ import annotations


class BriefError(Exception):
    """A brief that cannot be made or read. The text names the fault and quotes nothing that was typed."""


class BriefBlocked(BriefError):
    """Something in the brief asked for a resource that is not one of our own files."""


class BriefTooLong(BriefError):
    """The brief has more pages than a brief may have."""


class BriefUnreadable(BriefError):
    """A PDF that carries no decision of ours."""
