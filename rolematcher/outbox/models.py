"""Jobs that must not be lost: one row a job, one row an attempt, and the last sign of life of each worker."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Something to be done. `token` fences: only the attempt that holds it may end the job.

    `due_at` is when somebody should look at it next: a queued one may be taken from then on, a running one
    has lost its worker. All times a state rests on come from the database's clock.
    """

    QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
    STATES = [
        (QUEUED, _("queued")),
        (RUNNING, _("running")),
        (DONE, _("done")),
        (FAILED, _("failed")),
        (CANCELLED, _("cancelled")),
    ]
    ACTIVE = (QUEUED, RUNNING)
    ON_REQUEST, SHORT, BATCH = 10, 5, 0
    """Priorities: somebody waits for it; a second's work that many wait for; one document of many."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=100, blank=True)
    """Where given, no second job ever gets the same one."""
    payload = models.JSONField(default=dict)
    """Ids and choices only, never text that people typed."""
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=QUEUED)
    priority = models.SmallIntegerField(_("priority"), default=BATCH)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    token = models.UUIDField(null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    worker = models.CharField(_("worker"), max_length=100, blank=True)
    """Who took it last, as `host:process`."""
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    asked_by = models.CharField(max_length=64, blank=True)
    """The id of the request that asked for it, for the logs."""
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked for by")
    )
    created_at = models.DateTimeField(_("asked for"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        permissions = [("retry_job", _("Can try a failed job again"))]
        constraints = [models.UniqueConstraint(name="job_once", fields=["key"], condition=~Q(key=""))]
        indexes = [
            models.Index(
                name="job_due", fields=["-priority", "due_at"], condition=Q(state__in=["queued", "running"])
            ),
            models.Index(name="job_state", fields=["state", "ended_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class JobAttempt(models.Model):
    """One try at a job: who tried, when, and how it ended."""

    STARTED, DONE, RETRY, FAILED, LOST, DROPPED = "started", "done", "retry", "failed", "lost", "dropped"
    OUTCOMES = [
        (STARTED, _("started")),
        (DONE, _("done")),
        (RETRY, _("will be tried again")),
        (FAILED, _("failed")),
        (LOST, _("worker lost")),
        (DROPPED, _("came too late, dropped")),
    ]

    job = models.ForeignKey(Job, models.CASCADE, related_name="history")
    number = models.PositiveIntegerField()
    token = models.UUIDField(unique=True)
    worker = models.CharField(max_length=100)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, default=STARTED)
    detail = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="job_attempt_once", fields=["job", "number"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"


class WorkerBeat(models.Model):
    """The last sweep of one worker: how people are told that none is running."""

    worker = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("worker beat")
        verbose_name_plural = _("worker beats")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.worker
