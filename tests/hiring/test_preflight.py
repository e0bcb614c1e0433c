"""What production must not start with: `manage.py preflight` names each fault and fails."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from rolematcher.accounts.models import User
from rolematcher.editions.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings, monkeypatch):
    """As on a server; what Django says of a deployment is tried by `make check`."""
    settings.PRODUCTION = True
    checked = "rolematcher.editions.management.commands.preflight.call_command"
    monkeypatch.setattr(checked, lambda *_arguments, **_options: None)


def faults(capsys) -> str:
    with pytest.raises(SystemExit) as ended:
        call_command("preflight")
    assert ended.value.code == 1
    return capsys.readouterr().err


def test_a_sound_installation_may_start(production, loaded, capsys):
    call_command("preflight")
    assert "Ready to start." in capsys.readouterr().out


@pytest.mark.parametrize("password", ["changeme", "root"])
def test_an_administrator_with_a_password_anybody_would_guess_stops_the_start(
    production, loaded, capsys, password
):
    User.objects.create_superuser("root", password=password)
    assert "'root' has a password anybody would guess" in faults(capsys)


def test_an_account_of_the_demonstration_stops_the_start(production, loaded, person_of, decision_of, capsys):
    decision_of(person_of("rita", group="recruiter"), key="demo-1", work="connect")
    assert "'rita' is a demo account" in faults(capsys)


def test_without_a_rulebook_nothing_starts(production, groups, capsys):
    assert not Edition.objects.exists()
    assert "No rulebook is published" in faults(capsys)
