"""Drills of many at once, of random requests, and of erasing: what the web and the database must stand."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from benchmarks.chaos_arena import TODAY, Arena, answers
from benchmarks.chaos_drill import Outcome, drill


@drill("clicks", "double click: 16 clients, the same key")
def double_click(arena: Arena, short: bool) -> Outcome:
    from django.db import connections

    from rolematcher.models import Decision
    from rolematcher.services.decisions import DecisionConflict, decision_make

    rounds = 30 if short else 200
    errors: list[str] = []
    before = Decision.objects.count()

    def click(key: str, body: dict) -> int | None:
        try:
            return decision_make(body, user=arena.user, key=key, on=TODAY).pk
        except Exception as error:
            errors.append(type(error).__name__)
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        for _round in range(rounds):
            key, body = uuid4().hex, answers()
            made = set(pool.map(lambda _n, k=key, b=body: click(k, b), range(16)))
            if len(made) != 1:
                errors.append(f"{len(made)} answers")
    rows = Decision.objects.count() - before
    try:
        decision_make(answers(), user=arena.user, key=key, on=TODAY)
        refused_body = False
    except DecisionConflict:
        refused_body = True
    said = f"{rounds} rounds: {rows} rows, {len(errors)} errors {sorted(set(errors)) or ''}".rstrip()
    said += ", other body refused" if refused_body else ", other body NOT refused"
    return rows == rounds and not errors and refused_body, said


@drill("writers", "16 writers, 2 workers and an export")
def writers(arena: Arena, short: bool) -> Outcome:
    from django.db import connections

    from rolematcher.models import Decision

    each = 6 if short else 100
    errors: list[str] = []
    keys: list[int] = []
    exported = exports = 0

    def write(_number: int) -> None:
        for _submit in range(each):
            try:
                keys.extend(arena.submit(1)[0])
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}"[:80])
        connections.close_all()

    with arena.working(2), ThreadPoolExecutor(16) as pool:
        begun = time.monotonic()
        writing = [pool.submit(write, number) for number in range(16)]
        while not all(one.done() for one in writing):
            exported += sum(1 for _row in Decision.objects.values_list("record", "answers").iterator())
            exports += 1
            time.sleep(0.2)
        took = time.monotonic() - begun
        # All 1,600 PDFs would take minutes on two cores; what is not made yet must still stand in the queue.
        arena.settle(keys, within=5 if short else 60)
        tally = arena.tally(keys, seconds=took)
        states = arena.states(keys)
    made, waiting = states.get("ready", 0), states.get("queued", 0) + states.get("rendering", 0)
    lost = 16 * each - sum(states.values())
    good = not (errors or lost or tally.failed or tally.twice or tally.torn) and len(keys) == 16 * each
    return good, (
        f"{16 * each} submits in {took:.0f} s, {exports} exports of {exported} rows: {len(errors)} errors, "
        f"{lost} lost, {tally.twice} twice, {tally.torn} torn, {made} made, {waiting} waiting"
    )


NASTY = [
    "",
    "0",
    "-1",
    "1e400",
    "NaN",
    "\0",
    "x" * 7000,
    "'\"><script>",
    "../../etc/passwd",
    "１２",
    "\ud7ff\u202e",
]
NASTY += [
    "%s%n",
    "{{7*7}}",
    "null",
    "[]",
    '{"a":1}',
    "9" * 40,
    "2026-13-45",
    "true",
    "\r\nSet-Cookie: a=b",
    "😀" * 50,
]


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the product and the admin, with keys that exist or not: names and paths."""
    from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

    def names(below, space: str = "") -> Iterator[str]:
        for one in below.url_patterns:
            if isinstance(one, URLResolver):
                yield from names(one, f"{space}{one.namespace}:" if one.namespace else space)
            elif isinstance(one, URLPattern) and one.name:
                yield f"{space}{one.name}"

    keys = (
        [],
        [1],
        [2],
        [1, 1],
        ["1"],
        ["rolematcher"],
        [UUID(int=1)],
        ["a" * 43],
        [UUID(int=1), 1],
        ["MQ", "x"],
    )
    for name in sorted(set(names(get_resolver()))):
        for key in keys:
            try:
                yield name, reverse(name, args=key)
            except NoReverseMatch:
                continue


@drill("fuzz", "random requests to every address")
def fuzz(arena: Arena, short: bool) -> Outcome:
    """There is no API to read a schema of, so every address of pages and admin is tried by every method."""
    from django.db import transaction
    from django.test import Client

    from rolematcher.models import Brief, Decision

    keys, _slowest = arena.submit(2)
    decision = Decision.objects.get(briefs=keys[0])
    known = {str(UUID(int=1)): [str(decision.public_id), str(Brief.objects.get(pk=keys[0]).public_id)]}
    every = [one for one in addresses() if "logout" not in one[0]]
    clients = [Client(headers={"host": "localhost"}, raise_request_exception=False) for _who in range(2)]
    clients[0].force_login(arena.user, backend="django.contrib.auth.backends.ModelBackend")
    fields = _field_names(clients[0], decision)
    faults: dict[str, int] = {}
    asked, names = 0, set()
    number = 1_000 if short else 10_000
    until = time.monotonic() + (100 if short else 330)
    while asked < number and time.monotonic() < until:
        name, address = every[asked % len(every)]
        for made_up, real in known.items():
            if random.random() < 0.7:
                address = address.replace(made_up, random.choice(real))
        method = random.choice(["get", "get", "post", "post", "post", "put", "delete", "head", "options"])
        data = {random.choice(fields): random.choice(NASTY) for _n in range(random.randrange(7))}
        more = {"content_type": "application/json"} if method == "put" else {}
        headers = random.choice([{}, {"HX-Request": "true"}, {"Accept-Language": "de"}, {"Accept": "\x7f"}])
        client = clients[0] if random.random() < 0.8 else clients[1]
        with (
            transaction.atomic()
        ):  # what it changes is taken back, so that every request meets the same world
            status = getattr(client, method)(address, data, headers=headers, **more).status_code
            transaction.set_rollback(True)
        asked += 1
        names.add(name)
        if status >= 500:
            faults[f"{method} {name} {status}"] = faults.get(f"{method} {name} {status}", 0) + 1
    said = f"{asked} requests to {len(names)} addresses: {sum(faults.values())} answers of 500 or more"
    return asked == number and not faults, said + (f" {faults}" if faults else "")


def _field_names(client, decision) -> list[str]:
    """The fields of all forms on some pages, and some that are on none."""
    found = {
        "q",
        "page",
        "p",
        "o",
        "e",
        "from",
        "copy",
        "_popup",
        "_to_field",
        "name",
        "file",
        "pick",
        "language",
    }
    pages = ["/", "/new/", decision.get_absolute_url(), f"{decision.get_absolute_url()}what-if/", "/login/"]
    for page in [*pages, "/admin/", "/admin/rolematcher/decision/"]:
        found |= set(re.findall(r'name="([\w.-]+)"', client.get(page).content.decode()))
    return sorted(found)


CANARY = "Kanarienvogel-Zwitscherburg"


@drill("erase", "a client erased, its name looked for everywhere")
def erase(arena: Arena, short: bool) -> Outcome:
    from rolematcher.services.decisions import decision_make
    from rolematcher.services.privacy import client_erase
    from rolematcher.services.sharing import share_make

    given = {"client": CANARY, "project": f"{CANARY} 2", "description": f"{CANARY} wants a helper.\n" * 9}
    decisions = []
    with arena.working():
        for _number in range(3 if short else 12):
            body = {**answers(), **given, "success": [f"{CANARY} is glad"]}
            decisions.append(decision_make(body, user=arena.user, key=uuid4().hex, on=TODAY))
            share_make(decisions[-1], user=arena.user, label=CANARY, days=7, with_annex=False, language="en")
        keys = [brief.pk for decision in decisions for brief in decision.briefs.all()]
        arena.settle(keys, within=60 + len(keys))
        tally = arena.tally(keys, seconds=0)
        before = hits(arena)
        erased = client_erase(CANARY, user=arena.user)
    after = hits(arena)
    found = {place: n for place, n in after.items() if n}
    good = (
        before["database"] > 0 and not found and tally.ready == len(keys) and erased.files >= len(decisions)
    )
    return good, (
        f"{len(decisions)} decisions, {len(keys)} PDFs made, {erased.files} removed; "
        f"{sum(before.values())} hits before, {sum(after.values())} after in {', '.join(after)} {found or ''}"
    ).rstrip()


def hits(arena: Arena) -> dict[str, int]:
    """Where the canary is found: rows, every file of the data folder (the database file too), logs, queue."""
    from django.db import connection

    word = CANARY.encode()
    rows = 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += repr(cursor.fetchall()).count(CANARY)
    connection.close()
    data = arena.folder / "data"
    files = sum(
        word in path.read_bytes() for path in data.rglob("*") if path.is_file() and "queue" not in path.parts
    )
    queue = sum(word in path.read_bytes() for path in (data / "queue").rglob("*") if path.is_file())
    if arena.redis:
        for key in arena.redis.say("keys", "*").split():
            kind = arena.redis.say("type", key).strip()
            how = {"list": ("lrange", key, "0", "-1"), "hash": ("hgetall", key), "string": ("get", key)}
            queue += arena.redis.say(*how[kind]).count(CANARY) if kind in how else 0
    logs = arena.log.read_bytes().count(word) if arena.log.exists() else 0
    return {"database": rows, "files": files, "queue": queue, "logs": logs}
