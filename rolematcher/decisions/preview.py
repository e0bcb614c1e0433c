"""Gone with the next step: pages are written from `Decided` itself."""

from .decided import WorkedOut


def preview_of(work: WorkedOut) -> WorkedOut:
    """The same."""
    return work
