"""Decisions: the JSON of answers, verdict and pay they rested on; overrides and what came of them beside."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from rolematcher.accounts.models import Team
from rolematcher.editions.models import Edition
from rolematcher.pay.report import PayReport
from rolematcher.roles.profile import Profiles
from rolematcher.rules.answers import Answers
from rolematcher.rules.verdict import Verdict
from rolematcher.web.names import ENGAGEMENT_TYPE, KIND, RECOMMENDATION, ROLE, SENIORITY, STATUS, UNIT

from .approval import STATES, Approver, approval_of
from .search import matching
from .words import COVERS, GRADES

if TYPE_CHECKING:
    from rolematcher.accounts.models import User

DUE_AFTER = dt.timedelta(days=90)
"""After so long it can be told whether the advice was right."""
UNDO = dt.timedelta(days=7)
"""How long a deleted decision can be brought back."""

LONG_COLUMNS = ("answers", "verdict", "pay", "evidence", "search_text")
"""Columns no list shows: left in the database while listing."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    """The only way in: every view, export and page starts from `visible_to`."""

    def of(self, user: User) -> DecisionQuerySet:
        """What this person may see, deleted ones too: all for reviewers, else her own and her team's."""
        if not user.is_active:
            return self.none()
        if user.has_perm("decisions.review_decision"):
            return self
        if user.team_id:
            return self.filter(models.Q(owner=user) | models.Q(team_id=user.team_id))
        return self.filter(owner=user)

    def visible_to(self, user: User) -> DecisionQuerySet:
        """What this person may see and nobody deleted."""
        return self.of(user).filter(deleted_at=None)

    def listed(self) -> DecisionQuerySet:
        """Rows for a list: with their people, without the long columns."""
        return self.select_related("owner", "team", "edition").defer(*LONG_COLUMNS, "edition__text")

    def found_by(self, typed: str) -> DecisionQuerySet:
        """Decisions whose number, client, project or description hold all the words, one typo forgiven."""
        return matching(self, typed)


class RoleProfiles(models.Model):
    """The role profiles as they were, shared by all decisions that rested on the same ones."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    content = models.JSONField(editable=False)

    class Meta:
        verbose_name = _("role profiles")
        verbose_name_plural = _("role profiles")

    def __str__(self) -> str:
        return self.sha256[:12]


class Decision(models.Model):
    """One intake, decided. `answers`, `verdict` and `pay` are the JSON of their classes and never change.

    The short columns repeat them for lists. Versions of one decision share its `number`.
    """

    MADE, SENT, ACCEPTED, FILLED, DROPPED = "made", "sent", "accepted", "filled", "dropped"
    STATUSES = [
        (MADE, _("made")),
        (SENT, _("sent")),
        (ACCEPTED, _("accepted")),
        (FILLED, _("filled")),
        (DROPPED, _("cancelled")),
    ]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=40, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recruiter"), db_index=False
    )
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, verbose_name=_("team"), db_index=False
    )
    client = models.CharField(_("client"), max_length=200, blank=True)
    project = models.CharField(_("project"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    decided_on = models.DateField(_("decided on"))
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=MADE)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    filled_at = models.DateTimeField(_("filled"), null=True, blank=True, editable=False)
    replied_at = models.DateTimeField(_("the manager replied"), null=True, blank=True, editable=False)
    """When the hiring manager answered questions about it; None once the answers were looked at."""
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("texts erased"), null=True, blank=True, editable=False)

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("edition"), related_name="decisions", db_index=False
    )
    profiles = models.ForeignKey(RoleProfiles, models.PROTECT, related_name="+", db_index=False)
    need = models.CharField(_("kind of work"), max_length=30)
    role = models.CharField(_("role"), max_length=30, choices=ROLE)
    recommendation = models.CharField(_("recommendation"), max_length=30, choices=RECOMMENDATION)
    seniority = models.CharField(_("seniority"), max_length=10, choices=SENIORITY)
    engagement_type = models.CharField(_("engagement type"), max_length=30, choices=ENGAGEMENT_TYPE)
    headcount = models.CharField(_("headcount"), max_length=10)
    place = models.CharField(_("place"), max_length=10, blank=True)
    firm = models.BooleanField(_("firm"))
    figure_status = models.CharField(_("figure"), max_length=10, choices=STATUS)
    pay_low = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    pay_typical = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    pay_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    pay_currency = models.CharField(max_length=3, blank=True, editable=False)
    pay_unit = models.CharField(max_length=10, blank=True, editable=False)
    grade = models.CharField(_("grade"), max_length=1, choices=GRADES, blank=True)
    budget_cover = models.CharField(_("budget"), max_length=12, choices=COVERS)
    overridden = models.BooleanField(_("overridden"), default=False)
    approval = models.CharField(_("approval"), max_length=10, choices=STATES, blank=True)
    approval_steps = models.PositiveIntegerField(default=0, editable=False)
    """Counts what happened to its approval: each step makes other words on its brief."""
    need_rule = models.CharField(_("rule that gave the kind of work"), max_length=60, blank=True)
    role_rule = models.CharField(_("rule that gave the role"), max_length=60, blank=True)
    recommendation_rule = models.CharField(_("rule that gave the recommendation"), max_length=60, blank=True)
    sheet = models.BigIntegerField(editable=False)
    """The place of its answers in the answer table of its edition, for replaying very many at once."""

    idempotency_key = models.CharField(max_length=64, editable=False)
    body_hash = models.CharField(max_length=64, editable=False)
    client_key = models.CharField(max_length=400, blank=True, editable=False)
    """The client's name as it is compared when a client is exported or erased."""
    search_text = models.TextField(blank=True, editable=False)

    # Last, so that SQLite reads the short columns of a row without walking through the long ones.
    answers = models.JSONField(_("answers"), editable=False)
    verdict = models.JSONField(_("verdict"), editable=False)
    pay = models.JSONField(_("pay"), editable=False)
    evidence = models.JSONField(_("evidence from the description"), default=dict, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        permissions = [
            ("review_decision", _("Can see every decision")),
            ("override_decision", _("Can override a decision")),
            ("export_decision", _("Can export decisions")),
            ("erase_client", _("Can erase a client")),
        ]
        constraints = [
            models.UniqueConstraint(name="decision_once", fields=["owner", "idempotency_key"]),
            models.UniqueConstraint(name="decision_version_once", fields=["number", "version"]),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="decision_owner"),
            models.Index(fields=["team", "-id"], name="decision_team"),
            models.Index(fields=["created_at"], name="decision_created"),
            models.Index(fields=["client_key"], name="decision_client"),
            models.Index(fields=["edition", "sheet"], name="decision_sheet"),
            models.Index(
                fields=["replied_at"],
                name="decision_replied",
                condition=models.Q(replied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_words} {self.project or self.client or self.get_role_display()}"

    def get_absolute_url(self) -> str:
        """The decision's page."""
        return reverse("decision", args=[self.public_id])

    @cached_property
    def answers_typed(self) -> Answers:
        """What was answered."""
        return Answers.model_validate(self.answers)

    @cached_property
    def verdict_typed(self) -> Verdict:
        """What the rules said, with the trace."""
        return Verdict.model_validate(self.verdict)

    @cached_property
    def pay_typed(self) -> PayReport:
        """Estimates with their sources, budget and cost."""
        return PayReport.model_validate(self.pay)

    @cached_property
    def profiles_typed(self) -> Profiles:
        """The role profiles as they were."""
        return Profiles.model_validate(self.profiles.content)

    @property
    @admin.display(description=_("number"), ordering="id")
    def number_words(self) -> str:
        """The number as people say it: "RM-13", "RM-13 v2"."""
        short = f"RM-{self.number.rpartition('-')[2].lstrip('0')}"
        return f"{short} v{self.version}" if self.version > 1 else short

    @property
    def owner_name(self) -> str:
        """Who made it, as printed on a brief."""
        return self.owner.shown_name

    @cached_property
    def override(self) -> Override | None:
        """The override in force, if any."""
        return self.overrides.select_related("by").order_by("-id").first() if self.overridden else None

    @cached_property
    def approvers(self) -> list[Approver]:
        """Who is asked to approve it, in their order."""
        asked = approval_of(self) if self.approval else None
        return list(asked.approvers.all()) if asked else []

    def versions(self) -> DecisionQuerySet:
        """All versions that are not deleted, the first one first, without the long columns."""
        same = Decision.objects.filter(number=self.number, deleted_at=None)
        return same.listed().order_by("version")


class Override(models.Model):
    """A person decided otherwise: what, who, why, who agreed. The original stays in the decision.

    `number` counts from 1; two people overriding at once cannot both take the next number.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="overrides")
    number = models.PositiveIntegerField(default=1, editable=False)
    role = models.CharField(_("role"), max_length=30, choices=ROLE)
    recommendation = models.CharField(_("recommendation"), max_length=30, choices=RECOMMENDATION)
    reason = models.TextField(_("reason"))
    agreed_with = models.CharField(_("who agreed"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="override_once", fields=["decision", "number"])]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.get_recommendation_display()}"


class Outcome(models.Model):
    """What happened afterwards: was it the right role, and what was agreed?"""

    YES, NO, TOO_EARLY = "yes", "no", "too_early"
    RIGHT = [(YES, _("yes")), (NO, _("no")), (TOO_EARLY, _("too early to say"))]

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="outcome")
    right_role = models.CharField(_("was it the right role?"), max_length=10, choices=RIGHT)
    hired_role = models.CharField(_("role hired"), max_length=30, choices=ROLE, blank=True)
    agreed_amount = models.DecimalField(
        _("agreed rate"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    agreed_currency = models.CharField(_("currency"), max_length=3, blank=True)
    agreed_unit = models.CharField(_("unit"), max_length=10, choices=UNIT, blank=True)
    agreed_kind = models.CharField(_("kind"), max_length=20, choices=KIND, blank=True)
    days_to_fill = models.PositiveIntegerField(_("days to fill"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return self.get_right_role_display()

    @property
    def inside(self) -> bool:
        """Did the agreed rate lie in the range that was told?"""
        low, high = self.decision.pay_low, self.decision.pay_high
        return bool(low and high and self.agreed_amount and low <= self.agreed_amount <= high)
