"""Signing in: slowed whoever is tried, the same answer for everybody, and over when it should be over."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def sign_in(client, username: str, password: str = PASSWORD, **headers):
    return client.post(LOGIN, {"username": username, "password": password}, **headers)


def signed_in(client) -> bool:
    return client.get(reverse("decisions")).status_code == 200


def test_unknown_people_get_the_same_answer_as_a_wrong_password(client, recruiter):
    wrong, unknown = (sign_in(client, name, "wrong password") for name in ("rita", "nobody"))
    assert wrong.status_code == unknown.status_code == 200
    strip = [page.content.replace(name, b"") for page, name in ((wrong, b"rita"), (unknown, b"nobody"))]
    tokens = [line for line in strip[0].split(b"\n") if b"csrf" not in line]
    assert tokens == [line for line in strip[1].split(b"\n") if b"csrf" not in line]


@pytest.mark.parametrize(
    ("tries_from", "then"),
    [
        ({}, 429),
        ({"REMOTE_ADDR": "203.0.113.9"}, 302),
        ({"HTTP_X_FORWARDED_FOR": "198.51.100.9"}, 429),  # what a stranger invents counts for nothing
    ],
)
def test_after_five_wrong_passwords_from_one_address_the_right_one_is_refused_there_alone(
    client, recruiter, tries_from, then
):
    for _try in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "rita", "wrong password", **tries_from)
    assert sign_in(client, "rita").status_code == then
    assert signed_in(client) == (then == 302)


def test_forty_names_tried_from_one_address_are_slowed_and_others_elsewhere_are_not(client, recruiter):
    slowed = [
        "too many tries from here" in sign_in(client, f"name{number}", "wrong").content.decode()
        for number in range(40)
    ]
    assert not slowed[29] and all(slowed[31:])
    assert "too many tries from here" in sign_in(client, "rita").content.decode()
    assert sign_in(client, "rita", REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize("name", ["x" * 5_000, "\0rita", "²" * 200, "a" * 151])
def test_a_name_that_nobody_can_have_is_only_wrong(client, recruiter, name):
    assert sign_in(client, name, "wrong").status_code in (200, 400)


def test_a_session_begins_with_a_new_key_and_at_sign_out_its_cookie_is_worth_nothing(client, recruiter):
    client.get(LOGIN)
    client.session["seed"] = 1
    before = client.session.session_key
    sign_in(client, "rita")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert cookie != before
    client.post(reverse("logout"))
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert not signed_in(client)


def test_other_sessions_end_when_the_password_changes(client, recruiter):
    elsewhere = Client()
    sign_in(elsewhere, "rita")
    sign_in(client, "rita")
    new = "another long passphrase"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("password_change"), fields).status_code == 302
    assert signed_in(client)
    assert not signed_in(elsewhere)


def test_a_weak_password_is_refused(client, person_of):
    person = person_of("margarethe.lind")
    sign_in(client, "margarethe.lind")
    for weak in ("short", "password1234", "123456789012", "margarethe.lind1"):
        fields = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
        assert client.post(reverse("password_change"), fields).status_code == 200, weak
        person.refresh_from_db()
        assert person.check_password(PASSWORD)


@pytest.fixture
def second_factor_required(settings):
    settings.REQUIRE_STAFF_TOTP = True
    settings.OTP_TOTP_THROTTLE_FACTOR = 1


def code_of(device: TOTPDevice) -> str:
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06d}"


def test_staff_reach_nothing_before_the_second_factor(client, reviewer, second_factor_required):
    sign_in(client, "rachel")
    for address in (reverse("decisions"), "/admin/", reverse("brief_new")):
        answer = client.get(address)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("second_factor"))
    assert client.post(reverse("theme")).url == reverse("second_factor")


def test_staff_set_up_a_device_once_and_then_give_its_code(client, reviewer, second_factor_required):
    sign_in(client, "rachel")
    page = client.get(reverse("second_factor"), {"next": "/admin/"})
    device = TOTPDevice.objects.get(user=reviewer)
    assert not device.confirmed
    assert b"data:image/svg+xml" in page.content
    assert client.post(reverse("second_factor"), {"code": "000000"}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0)
    codes = client.post(reverse("second_factor"), {"code": code_of(device), "next": "/admin/"})
    assert len(codes.context["codes"]) == 8
    assert client.get("/admin/").status_code == 200

    client.post(reverse("logout"))
    sign_in(client, "rachel")
    assert b"data:image/svg+xml" not in client.get(reverse("second_factor")).content
    spare = {"code": codes.context["codes"][0], "next": "https://evil.example/"}
    assert client.post(reverse("second_factor"), spare).url == reverse("decisions")
    assert client.get("/admin/").status_code == 200

    client.post(reverse("logout"))
    sign_in(client, "rachel")
    assert client.post(reverse("second_factor"), spare).status_code == 200, "a spare code works once"


def test_nobody_else_needs_one_and_staff_none_where_it_is_not_required(
    client, person_of, reviewer, second_factor_required, settings
):
    person_of("plain")
    sign_in(client, "plain")
    assert signed_in(client)
    settings.REQUIRE_STAFF_TOTP = False
    sign_in(client, "rachel")
    assert client.get("/admin/").status_code == 200
