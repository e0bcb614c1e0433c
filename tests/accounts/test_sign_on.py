"""Signing in with an organisation's account, against real providers here: OpenID Connect and SAML."""

from __future__ import annotations

import base64
import html
import re
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from saml2 import BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import create_metadata_string
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

from benchmarks.product import PASSWORD, Product, free_port
from tests.sharing.listener import certificate

pytestmark = pytest.mark.slow  # a server of its own, on SQLite whatever this test run uses
EMAIL = "urn:oid:0.9.2342.19200300.100.1.3"
PEOPLE = {
    "anna": {
        "email": "anna@example.com",
        "email_verified": True,
        "name": "Anna Weiß",
        "groups": ["hr", "boss"],
    },
    "paul": {"email": "paul@example.com", "groups": ["hr"]},
    "fred": {"email": "fred@elsewhere.org", "email_verified": True, "groups": ["hr"]},
    "mallory": {"email": "anna@example.com", "email_verified": False, "groups": ["hr"]},
    "admin": {"email": "b@example.com", "email_verified": True, "groups": ["hr"]},
    "nobody": {"email": "nobody@example.com", "email_verified": True, "groups": ["cooks"]},
}


class SamlProvider:
    """An identity provider by pysaml2 that signs in whoever `person` names."""

    def __init__(self, folder) -> None:
        self.port, self.person, self.address = free_port(), "paul", ""
        self.root = f"http://127.0.0.1:{self.port}"
        pem = str(certificate(folder, "provider", rsa.generate_private_key(65537, 2048)))
        sign_on = {"single_sign_on_service": [(f"{self.root}/sso", BINDING_HTTP_REDIRECT)]}
        policy = {"default": {"lifetime": {"minutes": 15}}}
        config = IdPConfig().load(
            {
                "entityid": f"{self.root}/metadata",
                "key_file": pem,
                "cert_file": pem,
                "service": {"idp": {"endpoints": sign_on, "sign_assertion": True, "policy": policy}},
            }
        )
        self.server, self.metadata = Server(config=config), create_metadata_string(None, config=config)
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                told = asked.path == "/metadata"
                self.send_response(200)
                self.end_headers()
                self.wfile.write(provider.metadata if told else provider.answer(parse_qs(asked.query)))

            def log_message(self, *_said: object) -> None:
                pass

        self.web = HTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.web.serve_forever, daemon=True).start()

    def answer(self, query: dict[str, list[str]]) -> bytes:
        """The form that a browser would post on, as base64 of the signed response."""
        asked = self.server.parse_authn_request(query["SAMLRequest"][0], BINDING_HTTP_REDIRECT).message
        response = self.server.create_authn_response(
            {"mail": PEOPLE[self.person]["email"], "groups": PEOPLE[self.person]["groups"]},
            in_response_to=asked.id,
            destination=asked.assertion_consumer_service_url,
            sp_entity_id=asked.issuer.text,
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=f"id-{self.person}"),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
            sign_assertion=True,
            sign_alg=SIG_RSA_SHA256,
            digest_alg=DIGEST_SHA256,
        )
        self.address = asked.assertion_consumer_service_url
        return base64.b64encode(str(response).encode())


@pytest.fixture(scope="module")
def saml(tmp_path_factory):
    return SamlProvider(tmp_path_factory.mktemp("saml"))


@pytest.fixture(scope="module")
def product(saml, tmp_path_factory):
    folder = tmp_path_factory.mktemp("product")
    people = [oidc_provider_mock.User(sub=name, claims=claims) for name, claims in PEOPLE.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as openid:
        settings = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "REQUIRE_STAFF_TOTP": "true",
            "SSO_NAME": "Example Ltd",
            "SSO_DOMAINS": "example.com",
            "SSO_GROUPS": '{"hr": "recruiter", "boss": "reviewer"}',
            "SSO_OPENID_SERVER": f"http://127.0.0.1:{openid.server_port}",
            "SSO_OPENID_CLIENT": "hiring",
            "SSO_OPENID_SECRET": PASSWORD,
            "SSO_SAML_METADATA": f"{saml.root}/metadata",
            "SSO_SAML_ENTITY": f"{saml.root}/metadata",
        }
        with Product(workers=0, settings=settings) as running:
            with sqlite3.connect(folder / "site.sqlite3") as rows:
                rows.execute("UPDATE accounts_user SET email = 'b@example.com' WHERE username = 'bench'")
            yield running


@pytest.fixture
def browser(product):
    session = requests.Session()
    session.root = f"http://127.0.0.1:{product.port}"
    file = product.environment["DATABASE_URL"].removeprefix("sqlite:///")
    session.rows = lambda query: sqlite3.connect(file).execute(query).fetchall()
    return session


def by_openid(browser, person: str, **more) -> requests.Response:
    """Follow the link of the sign-in page, say who one is at the provider, come back."""
    page = browser.get(f"{browser.root}/accounts/login/", params=more)
    link = next(link for link in re.findall(r'href="([^"]+)"', page.text) if "sign-on/oidc" in link)
    asked = browser.get(browser.root + html.unescape(link))
    assert "authorize" in asked.url
    return browser.post(asked.url, data={"sub": person})


def by_saml(browser, saml, person: str) -> requests.Response:
    saml.person = person
    asked = browser.get(f"{browser.root}/accounts/sign-on/saml/saml/login/")
    return browser.post(saml.address, data={"SAMLResponse": asked.text})


def test_somebody_of_the_organisation_joins_by_openid_with_her_groups_and_lands_where_she_wanted(browser):
    answer = by_openid(browser, "anna", next="/?status=open")
    assert answer.status_code == 200
    assert answer.url.endswith("/?status=open"), "staff without a local second factor, yet let in"
    assert "Anna Weiß" in answer.text or "Anna" in answer.text
    groups = browser.rows(
        "SELECT g.name FROM auth_group g JOIN accounts_user_groups m ON m.group_id = g.id"
        " JOIN accounts_user u ON u.id = m.user_id WHERE u.email = 'anna@example.com' ORDER BY 1"
    )
    assert groups == [("recruiter",), ("reviewer",)]
    assert browser.rows("SELECT count(*) FROM accounts_auditevent WHERE verb = 'user.joined'")[0][0] >= 1


def test_the_same_person_by_saml_is_the_same_account(browser, saml):
    by_openid(browser, "paul")
    browser.cookies.clear()
    answer = by_saml(browser, saml, "paul")
    assert answer.status_code == 200 and "New" in answer.text
    assert browser.rows("SELECT count(*) FROM accounts_user WHERE email = 'paul@example.com'") == [(1,)]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("fred", "Addresses of elsewhere.org may not join"),
        ("mallory", "vouches for no e-mail address"),
        ("admin", "Administrators sign in with their password"),
        ("nobody", "None of your groups may use this site"),
    ],
)
def test_whoever_may_not_come_in_is_told_why(browser, person, why):
    answer = by_openid(browser, person)
    assert answer.status_code == 403
    assert why in answer.text
    assert "/accounts/login/" in browser.get(f"{browser.root}/").url


def test_a_saml_answer_that_was_changed_on_the_way_or_asked_by_another_is_refused(browser, saml):
    saml.person = "paul"
    asked = browser.get(f"{browser.root}/accounts/sign-on/saml/saml/login/")
    forged = base64.b64decode(asked.text).replace(b"paul@example.com", b"anna@example.com")
    answer = browser.post(saml.address, data={"SAMLResponse": base64.b64encode(forged).decode()})
    assert answer.status_code == 403 and "did not answer" in answer.text
    assert "/accounts/login/" in browser.get(f"{browser.root}/").url
    assert requests.Session().post(saml.address, data={"SAMLResponse": asked.text}).status_code == 403


def test_a_password_still_needs_its_second_factor(browser):
    page = browser.get(f"{browser.root}/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    form = {"csrfmiddlewaretoken": token, "username": "bench", "password": PASSWORD}
    answer = browser.post(page.url, data=form, headers={"Referer": page.url})
    assert "/accounts/second-factor/" in answer.url
