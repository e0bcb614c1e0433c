"""Accounts: groups with exactly their rights, and nobody who can give herself more."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent, Team, User
from rolematcher.accounts.people import RIGHTS, groups_ensure


def test_a_group_has_exactly_its_rights_and_none_to_change_accounts_or_erase_clients(groups):
    for name, rights in RIGHTS.items():
        held = set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))
        assert held == set(rights)
        for right in ("change_user", "add_user", "change_group", "erase_client"):
            assert right not in held
        assert not held & {"delete_decision", "change_decision"}


def test_groups_are_set_back_to_their_rights_and_others_left_alone(groups):
    Group.objects.get(name="recruiter").permissions.add(Permission.objects.get(codename="review_decision"))
    own = Group.objects.create(name="interns")
    own.permissions.add(Permission.objects.get(codename="view_edition"))
    groups_ensure()
    assert not Group.objects.get(name="recruiter").permissions.filter(codename="review_decision").exists()
    assert own.permissions.count() == 1 and Group.objects.count() == 4


def test_who_may_edit_accounts_cannot_make_herself_a_superuser(person_of, signed_in, administrator):
    editor = person_of("hr", is_staff=True)
    editor.user_permissions.add(*Permission.objects.filter(codename__in=["change_user", "view_user"]))
    path = reverse("admin:accounts_user_change", args=[editor.pk])
    rights = {"is_superuser": "on", "is_staff": "on", "is_active": "on", "groups": "1"}
    signed_in(editor).post(path, {"username": "hr", "first_name": "H", **rights})
    editor.refresh_from_db()
    assert not editor.is_superuser and not editor.groups.exists()
    other = reverse("admin:accounts_user_change", args=[administrator.pk])
    assert signed_in(editor).post(other, {"username": "gone"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[administrator.pk])
    new = {"password1": "a long new one 17", "password2": "a long new one 17"}
    assert signed_in(editor).post(password, new).status_code in (403, 404)
    administrator.refresh_from_db()
    assert administrator.check_password("correct horse battery")


def test_a_change_of_rights_is_in_the_audit_trail(recruiter, administrator, signed_in, team):
    path = reverse("admin:accounts_user_change", args=[recruiter.pk])
    group = Group.objects.get(name="reviewer")
    sent = {"username": "rita", "is_active": "on", "groups": [group.pk], "team": team.pk}
    signed_in(administrator).post(path, sent)
    event = AuditEvent.objects.get(verb="person.changed")
    assert (event.actor, event.detail["groups"]) == (administrator, ["reviewer"])
    assert "groups" in event.detail["fields"]


def test_an_account_is_never_deleted_and_a_team_only_when_empty(recruiter, team, administrator, signed_in):
    client = signed_in(administrator)
    assert client.get(reverse("admin:accounts_user_delete", args=[recruiter.pk])).status_code == 403
    assert client.get(reverse("admin:accounts_team_delete", args=[team.pk])).status_code == 403
    empty = Team.objects.create(name="Empty")
    assert client.get(reverse("admin:accounts_team_delete", args=[empty.pk])).status_code == 200
    selected = {"action": "delete_selected", "_selected_action": [recruiter.pk]}
    client.post(reverse("admin:accounts_user_changelist"), selected)
    assert User.objects.filter(pk=recruiter.pk).exists()


def test_a_shipped_group_shows_its_rights_and_is_fixed_and_an_own_one_can_be_changed(
    administrator, signed_in
):
    client, right = signed_in(administrator), Permission.objects.get(codename="view_edition")
    shipped, own = Group.objects.get(name="reviewer"), Group.objects.create(name="interns")
    path, own_path = (reverse("admin:auth_group_change", args=[group.pk]) for group in (shipped, own))
    assert client.get(path).content.decode().count("<li>Can ") == len(RIGHTS["reviewer"])
    assert client.post(path, {"name": "reviewer", "permissions": []}).status_code == 403
    assert client.post(reverse("admin:auth_group_delete", args=[shipped.pk])).status_code == 403
    client.post(own_path, {"name": "interns", "permissions": [right.pk]})
    assert list(own.permissions.all()) == [right]


def test_a_language_is_one_of_those_there_are(client, administrator, recruiter):
    client.force_login(administrator)
    address = reverse("admin:accounts_user_change", args=[recruiter.pk])
    fields = {"username": "rita", "is_active": "on", "team": recruiter.team_id}
    client.post(address, {**fields, "language": "de"})
    recruiter.refresh_from_db()
    assert recruiter.language == "de"
    refused = client.post(address, {**fields, "language": "xx"})
    assert refused.context["adminform"].form.errors["language"]
