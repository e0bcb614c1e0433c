"""Who uses the tool: people and the teams whose members see each other's decisions."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

RECRUITERS, REVIEWERS, RULES_EDITORS = "recruiter", "reviewer", "rules editor"
"""Names of the three groups, made by `services.people.groups_ensure`."""


class Team(models.Model):
    """People who see each other's decisions. Somebody without a team sees only her own."""

    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Somebody who signs in."""

    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, verbose_name=_("team"))
    language = models.CharField(_("language"), max_length=10, blank=True)

    @property
    def shown_name(self) -> str:
        """Her name as printed on a brief: full name, or the sign-in name."""
        return self.get_full_name() or self.username
