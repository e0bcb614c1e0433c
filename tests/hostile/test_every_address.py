"""Whatever somebody sends to any address by any method, no answer is an error of ours, on either database."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.doors import addresses_of, patterns
from tests.hostile.corpus import values

METHODS = ("get", "get", "post", "post", "put", "delete", "head", "options")
ALWAYS = "q page p o e from copy _popup _to_field name file seen username next"
FILTERS = "role__exact status__exact owner__id__exact made_from app_label model_name field_name term"


def addresses() -> Iterator[str]:
    """Every address of the product and the admin, with keys of each form."""
    # "readyz" writes over a connection of its own, which here would wait for this test.
    left_out = {"logout", "admin:logout", "readyz", "api:health_get"}
    for name in sorted({name for name, _pattern in patterns()} - left_out):
        yield from addresses_of(name)


def parameters(client: Client) -> list[str]:
    """The fields of the forms people see, the parameters of lists, and some that are on no page."""
    found = {*ALWAYS.split(), *FILTERS.split()}
    for path in ("/", "/new/", "/accounts/login/", "/admin/"):
        found |= set(re.findall(r'name="([\w.-]+)"', client.get(path, follow=True).content.decode()))
    return sorted(found)


@pytest.fixture
def clients(loaded, administrator) -> list[Client]:
    """Somebody who may do everything, and a stranger."""
    both = [Client(headers={"host": "localhost"}, raise_request_exception=False) for _who in range(2)]
    both[0].force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return both


def asked(client: Client, method: str, address: str, data: dict[str, str]) -> int:
    """The status of one request; what it changed is taken back, so that each meets the same world."""
    with transaction.atomic():
        if method in ("put", "delete", "options"):
            address = f"{address}?q=%00&from={len(data)}"
        more: dict[str, Any] = {"content_type": "application/json"} if method == "put" else {}
        status = getattr(client, method)(address, data, **more).status_code
        transaction.set_rollback(True)
    return int(status)


def told(tried: int, faults: list[str]) -> None:
    """The figure for the record; seen with `-s`."""
    print(f"{connection.vendor}: {tried} hostile requests, {len(faults)} x 5xx")


def test_every_hostile_value_for_what_lists_sign_in_and_forms_read(clients):
    faults, tried = [], 0
    for value in values():
        for address in ("/", "/new/", "/accounts/login/"):
            for client in clients:
                for method in ("get", "post"):
                    given = dict.fromkeys(
                        ("q", "from", "after", "username", "password", "description", "client", "key"), value
                    )
                    tried += 1
                    if (status := asked(client, method, address, given)) >= 500:
                        faults.append(f"{method} {address} {status} {value[:20]!r}")
    told(tried, faults)
    assert faults == []


@pytest.mark.slow
def test_random_hostile_requests_to_every_address(clients):
    dice, nasty, named, every = random.Random(20261126), values(), parameters(clients[0]), list(addresses())
    faults = []
    for number in range(4_000):
        address, method = every[number % len(every)], dice.choice(METHODS)
        data = {dice.choice(named): dice.choice(nasty) for _n in range(dice.randrange(7))}
        if (status := asked(clients[dice.random() < 0.2], method, address, data)) >= 500:
            faults.append(
                f"{method} {address} {status} { {name: value[:20] for name, value in data.items()} }"
            )
    told(number + 1, faults)
    assert faults == []
