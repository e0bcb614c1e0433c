"""What many tests share: people of each kind, the data the product ships, a browser.

People: `recruiter`, `colleague` (same team), `stranger` (a recruiter without a team), `reviewer`,
`rules_editor`, `administrator`. `loaded` is a database with the shipped rulebook, rates and starting points.
`decision_of(recruiter, **answers)` stores a decision through the real service.
`page` is a fresh page in Chromium, `signed_page(recruiter)` the same with somebody signed in; a test asks for
`live_server` beside it.
With FAIL_ON_SKIP=1 a skipped test fails: in the tier that has every service, nothing may be left out.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.utils import translation

from . import examples  # noqa: F401 -- sets how many cases a property is tried on

pytest_plugins = ["tests.fixtures_pages", "tests.fixtures_admin", "tests.fixtures_rows"]

TODAY = dt.date(2026, 11, 21)
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PASSWORD = "correct horse battery"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove this process's data folder."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Turn a skip into a failure where FAIL_ON_SKIP=1."""
    report = yield
    if report.skipped and os.environ.get("FAIL_ON_SKIP") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and FAIL_ON_SKIP=1: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def emptying_lifts_the_audit_guard() -> Iterator[None]:
    """Audit rows refuse to be deleted, which is right, but the test runner has to empty its own database.

    Django's own lists of models and rights stay as `migrate` made them: nothing here changes them, and making
    them anew after each test costs more than many a test.
    """
    from django.db import connection

    from rolematcher.accounts.audit_guard import guard_lifted

    operations = type(connection.ops)
    empty, emptying = operations.execute_sql_flush, operations.sql_flush
    kept = {"auth_permission", "django_content_type"}

    def lifted(self, sql_list):
        with guard_lifted(self.connection):
            empty(self, sql_list)

    def others(self, style, tables, **options):
        return emptying(self, style, [table for table in tables if table not in kept], **options)

    operations.execute_sql_flush, operations.sql_flush = lifted, others
    yield
    operations.execute_sql_flush, operations.sql_flush = empty, emptying


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Each test client starts the product's middleware anew, which looks through every static folder."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def looked(self):
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = looked
    yield
    WhiteNoiseMiddleware.add_files_from_finders = look


@pytest.fixture(autouse=True)
def no_language_is_left_over() -> Iterator[None]:
    """What a test asked for in German leaves German switched on in this thread."""
    yield
    translation.deactivate()


@pytest.fixture
def groups(db) -> None:
    """The three groups with their rights."""
    from rolematcher.accounts.people import groups_ensure

    groups_ensure()


@pytest.fixture
def person_of(groups) -> Callable:
    """Make somebody: `person_of("ana", group="recruiter", team=team)`; the password is `PASSWORD`."""
    from rolematcher.accounts.models import User
    from rolematcher.accounts.people import person_join

    def make(username: str, *, group: str = "", team=None, **fields):
        user = User.objects.create_user(username, password=PASSWORD, team=team, **fields)
        if group:
            person_join(user, group)
        return user

    return make


@pytest.fixture
def team(db):
    """The team of `recruiter` and `colleague`."""
    from rolematcher.accounts.models import Team

    return Team.objects.create(name="North")


@pytest.fixture
def recruiter(person_of, team):
    """A recruiter of the team North."""
    return person_of("rita", group="recruiter", team=team, first_name="Rita", last_name="Moreno")


@pytest.fixture
def colleague(person_of, team):
    """Another recruiter of the team North."""
    return person_of("carl", group="recruiter", team=team)


@pytest.fixture
def stranger(person_of):
    """A recruiter who shares no team with `recruiter`."""
    return person_of("stella", group="recruiter")


@pytest.fixture
def reviewer(person_of):
    """Somebody of the group reviewer."""
    return person_of("rachel", group="reviewer")


@pytest.fixture
def rules_editor(person_of):
    """Somebody of the group rules editor."""
    return person_of("edith", group="rules editor")


@pytest.fixture
def administrator(person_of):
    """A superuser."""
    return person_of("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def loaded(groups) -> None:
    """The shipped rulebook, rates and starting points are in the database."""
    from .shipped_data import shipped_data_load

    shipped_data_load()


@pytest.fixture
def decision_of(loaded) -> Callable:
    """Store a decision through the service: `decision_of(recruiter, work="connect", client="Acme")`."""
    from rolematcher.decisions.services import decision_make
    from rolematcher.editions.services import edition_current, rulebook_of
    from rolematcher.rules import answers_read

    def make(owner, *, on: dt.date = TODAY, key: str = "", version_of=None, **answers):
        read = answers_read(rulebook_of(edition_current()), answers)
        return decision_make(read, user=owner, key=key or uuid.uuid4().hex, on=on, version_of=version_of)

    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One Chromium for the whole run, driven by Playwright. Skips with a reason where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright's own loop makes Django believe it is called from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


def is_fault(said) -> bool:
    """Is this console line a fault? An answer with status 4xx is not: tests provoke those."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture(scope="session")
def window(chromium) -> Iterator:
    """One browser context for the whole run: style sheets and fonts are fetched once. Take `page` from it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(window) -> Iterator:
    """A fresh page without cookies or rights; faults on its console fail the test."""
    page = window.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
    yield page
    for opened in window.pages:
        opened.close()
    window.clear_cookies()
    window.clear_permissions()
    assert not faults, faults


@pytest.fixture
def signed_page(page, live_server) -> Callable:
    """`signed_page(recruiter)`: the page, with somebody signed in and without a visit to the sign-in form."""
    from django.test import Client

    def sign_in(user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        key = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": key, "url": live_server.url}])
        return page

    return sign_in
