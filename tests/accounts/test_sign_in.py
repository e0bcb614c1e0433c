"""Signing in: throttled, the same answer for everybody, and over when it should be over."""

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


def test_a_new_session_key_is_given_at_sign_in(client, recruiter):
    client.get(LOGIN)
    client.session["seed"] = 1
    before = client.session.session_key
    assert sign_in(client, "rita").status_code == 302
    assert client.session.session_key != before


def test_unknown_people_get_the_same_answer_as_a_wrong_password(client, recruiter):
    wrong, unknown = (sign_in(client, name, "wrong password") for name in ("rita", "nobody"))
    assert wrong.status_code == unknown.status_code == 200
    strip = [page.content.replace(name, b"") for page, name in ((wrong, b"rita"), (unknown, b"nobody"))]
    tokens = [line for line in strip[0].split(b"\n") if b"csrf" not in line]
    assert tokens == [line for line in strip[1].split(b"\n") if b"csrf" not in line]


def test_the_sixth_try_is_refused_even_with_the_right_password(client, recruiter):
    for _try in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "rita", "wrong password")
    assert sign_in(client, "rita").status_code == 429
    assert not signed_in(client)


def test_somebody_elses_tries_from_elsewhere_do_not_lock_her_out(client, recruiter):
    for _try in range(settings.AXES_FAILURE_LIMIT + 1):
        sign_in(client, "rita", "wrong password", REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, "rita").status_code == 302


def test_a_stranger_cannot_dodge_the_throttle_by_inventing_addresses(client, recruiter):
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "rita", "wrong password", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert sign_in(client, "rita", HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == 429


def test_a_session_ends_at_sign_out_and_its_cookie_is_worth_nothing(client, recruiter):
    sign_in(client, "rita")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("logout"))
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert not signed_in(client)


def test_a_session_ends_when_the_account_is_disabled(client, recruiter):
    sign_in(client, "rita")
    assert signed_in(client)
    recruiter.is_active = False
    recruiter.save()
    assert not signed_in(client)
    assert sign_in(client, "rita").status_code == 200, "and no new one begins"


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
