"""Which kinds of jobs there are. In: a room's function for a kind. Out: the function and its limits, by name.

Each room's `tasks.py` says `@job_kind("brief", ...)` above a function that takes the job. Such a function may
run twice (a worker can die at any line), so it does its work again or finds it done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from .models import Job

Run = Callable[[Job], None]


class Retryable(Exception):
    """Something that may pass stands in the way; the job is tried again. The text is shown in the admin."""


class Permanent(Exception):
    """It cannot be done, and trying again would not change that. The text is shown to people."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of job is done. Seconds: soft < hard < lease, or two workers could do it at once."""

    run: Run
    name: str
    outside: bool
    """Does it need the network beyond database and broker (mail, webhooks)?"""
    soft: int = 20
    """After so many seconds the function is interrupted, and tried again later."""
    hard: int = 30
    """After so many seconds its process is ended, even where it no longer listens."""
    lease: int = 60
    """After so many seconds another worker may take the job."""
    attempts: int = 5
    every: int = 0
    """Done by itself every so many seconds; 0: only where somebody asks."""
    warm: Callable[[], object] | None = None
    """Loads what it needs before a worker begins, so that no job spends its first second on it."""


_kinds: dict[str, Kind] = {}


def job_kind(
    name: str, *, outside: bool = False, warm: Callable[[], object] | None = None, **limits: int
) -> Callable[[Run], Run]:
    """Register a function for a kind of job; `limits` as in `Kind`. Raises ValueError where out of order."""

    def registered(run: Run) -> Run:
        kind = _kinds[name] = Kind(run, name, outside, warm=warm, **limits)
        if not 0 < kind.soft < kind.hard < kind.lease or kind.attempts < 1:
            raise ValueError(f"{name}: soft, hard and lease must each be longer than the one before.")
        return run

    return registered


def kinds() -> Mapping[str, Kind]:
    """All that this process does, by name: everything, or by WORKER_JOBS only what goes outside, or stays."""
    wanted = settings.WORKER_JOBS
    if wanted == "all":
        return _kinds
    return {name: kind for name, kind in _kinds.items() if kind.outside == (wanted == "outside")}
