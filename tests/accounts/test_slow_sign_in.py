"""Guessing at sign-in gets slower whoever is tried, and a name that nobody can have is only wrong."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def tried(client, name: str, word: str = "wrong", **more) -> str:
    return client.post("/accounts/login/", {"username": name, "password": word}, **more).content.decode()


def test_forty_names_tried_from_one_address_are_slowed_and_others_elsewhere_are_not(client, recruiter):
    answers = [tried(client, f"name{number}") for number in range(40)]
    assert "too many tries from here" not in answers[29]
    assert all("too many tries from here" in answer for answer in answers[31:])
    assert "too many tries from here" in tried(client, "rita", "correct horse battery")
    given = {"username": "rita", "password": "correct horse battery"}
    assert client.post("/accounts/login/", given, REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize("name", ["x" * 5_000, "\0rita", "²" * 200, "a" * 151])
def test_a_name_that_nobody_can_have_is_only_wrong(client, recruiter, name):
    answer = client.post("/accounts/login/", {"username": name, "password": "wrong"})
    assert answer.status_code in (200, 400)
