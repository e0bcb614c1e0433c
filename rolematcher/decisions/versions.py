"""Stand-in until the what-if page compares typed results."""

from .models import Decision


def version_before(decision: Decision) -> Decision | None:
    """The version this one followed."""
    return decision.versions().filter(version__lt=decision.version).last()


def contents_compared(before: object, after: object) -> object:
    """Comes with the typed content."""
    raise NotImplementedError
