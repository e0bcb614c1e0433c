"""One database measured: pages under load, and the form against an empty page and plain crispy-forms.

Run by `benchmarks.web`, which sets DATA_DIR, DATABASE_URL and DJANGO_SETTINGS_MODULE for it.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import socket
import statistics
import time
import uuid
from functools import partial
from typing import Any

import django

django.setup()
logging.disable(logging.CRITICAL)

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.messages.storage.fallback import FallbackStorage  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.admin_rows import rows_make  # noqa: E402
from benchmarks.web_load import TOKEN, Ask, Load, Server  # noqa: E402
from rolematcher.models import Decision, Team, User  # noqa: E402
from rolematcher.services.decisions import decision_make  # noqa: E402

FIRM = {"work": "language", "evidence": "untested", "team": ["developers"], "data": "none", "wish": "no"}
FIRM |= {"app": "yes", "platform": "code", "stage": "prototype", "place": "US", "engagement": "permanent"}
BUDGET = {"budget_amount": "120000", "budget_currency": "USD", "budget_per": "year", "budget_kind": "pay"}
TEXT = (
    "We need a chatbot that answers questions from our documents. It has to show where it found them. " * 10
)
CHANGES = [("work", "language"), ("app", "yes"), ("wish", "finetune"), ("work", "predict"), ("place", "DE")]


def prepared(rows: int) -> tuple[User, str, Decision]:
    """A filled database, somebody signed in (her session's key), one real decision of hers."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_data", verbosity=0)
    if rows:
        rows_make(rows)
    team = Team.objects.order_by("id").first() or Team.objects.create(name="Bench")
    user = User.objects.create_user(f"bench-{uuid.uuid4().hex[:8]}", team=team, password=None)
    if rows:  # as many as a busy recruiter could ever have: half of all of them are hers
        Decision.objects.filter(pk__lte=rows // 2).update(owner=user, team=team)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    budget = {"amount": "120000", "currency": "USD", "per": "year", "kind": "pay"}
    made = decision_make({**FIRM, "budget": budget}, user=user, key=uuid.uuid4().hex, on=timezone.localdate())
    return user, session.session_key or "", made


def typing(drafts: dict[int, str], seen: dict[int, int]) -> Ask:
    """Everybody fills in a form of her own, one answer after the other."""

    def ask(who: int, count: int) -> tuple[str, str, dict[str, Any]]:
        key = drafts.setdefault(who, str(uuid.uuid4()))
        name, value = CHANGES[count % len(CHANGES)]
        form = {
            **BUDGET,
            "description": TEXT,
            "project": f"{who} {count}",
            "key": key,
            "tab": str(who),
            name: value,
        }
        form["seen"] = seen.get(who, 0)
        seen[who] = 1
        return "POST", f"/drafts/{key}/keep/", form

    return ask


def submit(who: int, count: int) -> tuple[str, str, dict[str, Any]]:
    """A new brief each time."""
    return "POST", "/new/", {**FIRM, **BUDGET, "key": str(uuid.uuid4()), "project": f"Bench {who} {count}"}


def loads(rows: int, seconds: float, only: str) -> dict[str, Any]:
    """Requests a second and the slowest twentieth of every page."""
    _user, cookie, made = prepared(rows)
    page = made.get_absolute_url()
    deep = f"/?after={max(1, rows // 4)}."
    runs: list[tuple[str, Ask, int, float]] = [
        ("form", lambda who, count: ("GET", "/new/", None), 4, 0),
        ("live panel, as fast as it goes", typing({}, {}), 4, 0),
        ("live panel, 20 recruiters typing", typing({}, {}), 20, 1.0),
        ("submit", submit, 4, 0),
        (f"list of {rows:,}", lambda who, count: ("GET", "/", None), 4, 0),
        ("list, a page in the middle", lambda who, count: ("GET", deep, None), 4, 0),
        ("list, a word in every eighth", lambda who, count: ("GET", "/?q=support", None), 4, 0),
        ("list, filtered", lambda who, count: ("GET", "/?role=ml_engineer&status=filled", None), 4, 0),
        ("decision page", lambda who, count: ("GET", page, None), 4, 0),
    ]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(port, settings=os.environ["DJANGO_SETTINGS_MODULE"])
    found = {}
    try:
        for name, ask, clients, pause in runs:
            if only and only not in name:
                continue
            server.load(ask, clients=2, seconds=1, cookie=cookie)
            load: Load = server.load(ask, clients=clients, seconds=seconds, cookie=cookie, pause=pause)
            found[name] = {
                "clients": clients,
                "rate": round(load.rate, 1),
                "median_ms": round(load.at(0.5), 1),
                "p95_ms": round(load.at(0.95), 1),
                "errors": len(load.errors),
            }
    finally:
        server.stop()
    return found


def ratios(rounds: int) -> dict[str, float]:
    """Milliseconds of processor time for an empty page, plain crispy-forms and the form, in turns.

    Once as a whole request through every middleware, once the view alone, for somebody signed in.
    """
    settings.ROOT_URLCONF = "benchmarks.web_urls"
    user, cookie, _made = prepared(0)
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    from benchmarks.web_urls import empty, plain
    from rolematcher.views.intake import brief_new

    application, factory = get_wsgi_application(), RequestFactory()

    def whole(address: str) -> None:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "SERVER_NAME": "127.0.0.1"}
        environ |= {"HTTP_COOKIE": f"sessionid={cookie}; csrftoken={TOKEN}", "wsgi.input": io.BytesIO()}
        environ |= {"wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(), "REMOTE_ADDR": "127.0.0.1"}
        b"".join(application({**environ, "SERVER_PORT": "80"}, lambda _status, _headers: None))

    def alone(view: Any) -> None:
        request = factory.get("/new/", HTTP_COOKIE=f"csrftoken={TOKEN}")
        request.user, request.session = user, SessionStore()
        request._messages = FallbackStorage(request)
        view(request)

    pages = {"empty": ("/empty/", empty), "plain crispy": ("/plain/", plain), "form": ("/new/", brief_new)}
    times: dict[str, list[float]] = {}
    for turn in range(rounds + 3):
        for name, (address, view) in pages.items():
            for kind, run in (("", partial(whole, address)), (", view alone", partial(alone, view))):
                began = time.process_time()
                run()
                if turn >= 3:
                    times.setdefault(name + kind, []).append(1000 * (time.process_time() - began))
    return {name: round(statistics.median(taken), 3) for name, taken in times.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["loads", "ratios"])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    if given.what == "ratios":
        print(json.dumps(ratios(120)))
    else:
        print(json.dumps(loads(given.rows, given.seconds, given.only)))
