"""Decisions: answers, advice and all it rested on, frozen; overrides and outcomes beside them."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections, models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from rolematcher.accounts.models import Team
from rolematcher.editions.models import Edition
from rolematcher.rates.models import ROLES

from .records import Recorded, record_read
from .search import ids_matching, search_words

if TYPE_CHECKING:
    from rolematcher.accounts.models import User

COURSES = [
    ("hire", _("hire")),
    ("hire_then_review", _("hire, then review")),
    ("hire_pair", _("hire a pair")),
    ("own_team", _("use your own team")),
    ("buy", _("buy")),
    ("collect_data_first", _("collect data first")),
    ("ask_first", _("ask first")),
]
GRADES = [("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("", _("no sourced figure"))]
LEVELS = [("junior", _("junior")), ("mid", _("mid-level")), ("senior", _("senior"))]
BUDGET_VERDICTS = [
    ("covers_all", _("covers all sources")),
    ("covers_some", _("covers some sources")),
    ("below_all", _("below all sources")),
    ("no_rate", _("no rate on file")),
    ("cannot_compare", _("cannot compare")),
    ("not_set", _("not set")),
]
BRIEF_NUMBER = re.compile(r"(?P<year>rm-\d{4}-)?0*(?P<key>\d{1,15})", re.IGNORECASE | re.ASCII)
"""How people quote a brief: RM-2026-00042, or only its last part."""


LONG_COLUMNS = (*("answers", "facts", "money_asked", "evidence", "record"),)
"""Columns no list shows: left in the database while listing."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    """The only way in: every view, export and page starts from `visible_to`."""

    def visible_to(self, user: User) -> DecisionQuerySet:
        """What this person may see: all for reviewers, else her own and her team's."""
        if not user.is_active:
            return self.none()
        if user.is_superuser or user.has_perm("decisions.review_decision"):
            return self
        if user.team_id:
            return self.filter(models.Q(owner=user) | models.Q(team_id=user.team_id))
        return self.filter(owner=user)

    def found_by(self, typed: str, *, most: int | None = None) -> DecisionQuerySet:
        """Decisions whose client, project or description holds all the words, or the one with that number.

        `most` looks at the newest so many matches only, which keeps a word that is everywhere quick.
        Words under three characters are not looked for; with no other word nothing is found.
        """
        number = BRIEF_NUMBER.fullmatch(typed.strip())
        if number and number["year"]:
            return self.filter(pk=int(number["key"]))
        words = search_words(typed)
        found = models.Q(pk__in=ids_matching(words, connections[self.db], most=most)) if words else None
        if number:
            by_number = models.Q(pk=int(number["key"]))
            return self.filter(by_number | found if found else by_number)
        return self.filter(found) if found else self.none()


class Decision(models.Model):
    """One intake, decided. The long columns are a frozen copy; the short columns repeat it for lists.

    answers, facts, verdict, money, profiles: shapes in `docs/shapes.md`. The last three are in `record`
    (made by `record_columns`).
    """

    MADE, SENT, ACCEPTED, FILLED, DROPPED = "made", "sent", "accepted", "filled", "dropped"
    STATUSES = [
        (MADE, _("made")),
        (SENT, _("sent")),
        (ACCEPTED, _("accepted")),
        (FILLED, _("filled")),
        (DROPPED, _("dropped")),
    ]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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
    status_at = models.DateTimeField(null=True, blank=True)

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("edition"), related_name="decisions", db_index=False
    )

    need = models.CharField(_("need"), max_length=30)
    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    course = models.CharField(_("course"), max_length=30, choices=COURSES)
    level = models.CharField(_("level"), max_length=10, choices=LEVELS)
    basis = models.CharField(_("engagement"), max_length=30)
    firm = models.BooleanField(_("firm"))
    grade = models.CharField(_("grade"), max_length=1, choices=GRADES, blank=True)
    budget_verdict = models.CharField(_("budget"), max_length=20, choices=BUDGET_VERDICTS)
    packed = models.BigIntegerField(_("packed answer sheet"), null=True, editable=False)
    overridden = models.BooleanField(_("overridden"), default=False)
    need_rule = models.CharField(_("rule that gave the need"), max_length=60, blank=True)
    role_rule = models.CharField(_("rule that gave the role"), max_length=60, blank=True)
    course_rule = models.CharField(_("rule that gave the course"), max_length=60, blank=True)
    erased_at = models.DateTimeField(_("texts erased"), null=True, blank=True, editable=False)

    version = models.PositiveIntegerField(_("version"), default=1)
    version_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="later_versions",
        verbose_name=_("version of"),
        db_index=False,
    )
    idempotency_key = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)

    # Last, so that SQLite reads the short columns of a row without walking through the long ones.
    answers = models.JSONField(_("answers"))
    facts = models.JSONField(_("facts"))
    money_asked = models.JSONField(default=dict, editable=False)
    evidence = models.JSONField(_("evidence from the description"), default=dict, blank=True)
    record = models.BinaryField(_("what it rested on"), editable=False)

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
            models.UniqueConstraint(name="decision_version_once", fields=["version_of", "version"]),
        ]
        indexes = [
            # Keys alone, newest first: SQLite would otherwise walk through whole rows to a far page.
            models.Index(fields=["-id"], name="decision_newest"),
            models.Index(fields=["owner", "-id"], name="decision_owner"),
            models.Index(fields=["team", "-id"], name="decision_team"),
            models.Index(fields=["role", "-id"], name="decision_role"),
            models.Index(fields=["course", "-id"], name="decision_course"),
            models.Index(fields=["grade", "-id"], name="decision_grade"),
            models.Index(fields=["budget_verdict", "-id"], name="decision_budget"),
            models.Index(fields=["overridden", "-id"], name="decision_overridden"),
            models.Index(fields=["status", "-id"], name="decision_status"),
            models.Index(fields=["firm", "-id"], name="decision_firm"),
            models.Index(fields=["edition", "-id"], name="decision_edition"),
            models.Index(fields=["need_rule", "-id"], name="decision_need_rule"),
            models.Index(fields=["role_rule", "-id"], name="decision_role_rule"),
            models.Index(fields=["course_rule", "-id"], name="decision_course_rule"),
            models.Index(fields=["client", "-id"], name="decision_client"),
            models.Index(fields=["owner", "client", "-id"], name="decision_owner_client"),
            models.Index(fields=["team", "client", "-id"], name="decision_team_client"),
            # Read alone, without the rows, by replay and by the figures of the dashboard.
            models.Index(fields=["edition", "role", "course", "packed"], name="decision_packed"),
            models.Index(
                fields=["created_at", "role", "course", "grade", "firm", "overridden"], name="decision_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.project or self.client or self.get_role_display()}"

    def get_absolute_url(self) -> str:
        """The decision's page."""
        return reverse("decision", args=[self.public_id])

    @cached_property
    def recorded(self) -> Recorded:
        """What was decided and on what: it is frozen, so it is read once."""
        return record_read(bytes(self.record))

    @property
    def verdict(self) -> dict[str, Any]:
        """What the rules said, with the trace."""
        return self.recorded.verdict

    @property
    def money(self) -> dict[str, Any]:
        """Estimates with their sources, budget and cost."""
        return self.recorded.money

    @property
    def profiles(self) -> dict[str, Any]:
        """The role profiles as they were."""
        return self.recorded.profiles

    @property
    def number(self) -> str:
        """The brief number people quote, e.g. RM-2026-00042."""
        return f"RM-{self.decided_on.year}-{self.pk:05d}"

    @property
    def first_version_id(self) -> int:
        """Key of the first version; versions of one decision share it."""
        return self.version_of_id or self.pk

    @property
    def override(self) -> Override | None:
        """The override in force, if any."""
        return self.overrides.order_by("-id").first() if self.overridden else None


class Override(models.Model):
    """A person decided otherwise: what, who, why, who agreed. The original stays in the decision.

    `number` counts from 1; two people overriding at once cannot both take the next number.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="overrides")
    number = models.PositiveIntegerField(default=1, editable=False)
    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    course = models.CharField(_("course"), max_length=30, choices=COURSES)
    reason = models.TextField(_("reason"))
    agreed_with = models.CharField(_("agreed with"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="override_once", fields=["decision", "number"])]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.get_course_display()}"


class Outcome(models.Model):
    """What happened afterwards: was it the right role, and what rate was agreed?"""

    YES, NO, TOO_EARLY = "yes", "no", "too_early"
    RIGHT = [(YES, _("yes")), (NO, _("no")), (TOO_EARLY, _("too early to say"))]

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="outcome")
    right_role = models.CharField(_("was it the right role?"), max_length=10, choices=RIGHT)
    hired_role = models.CharField(_("role hired"), max_length=30, choices=ROLES, blank=True)
    agreed_amount = models.DecimalField(
        _("agreed rate"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    agreed_currency = models.CharField(_("currency"), max_length=3, blank=True)
    agreed_unit = models.CharField(_("unit"), max_length=10, blank=True)
    agreed_kind = models.CharField(_("kind"), max_length=20, blank=True)
    days_to_fill = models.PositiveIntegerField(_("days to fill"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return self.get_right_role_display()
