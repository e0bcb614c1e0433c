"""Where a webhook is sent: public addresses alone, over TLS, within a deadline, whatever they answer."""

from __future__ import annotations

import ipaddress
import socket
import time

import pytest

from rolematcher.sharing import webhook_send
from rolematcher.sharing.webhook_send import Failed, Refused, address_allowed, address_checked, posted

from .listener import NAME, certificate, listen, names_lead_to

pytestmark = pytest.mark.usefixtures("outside")


def answer_of(receiver, path: str) -> int:
    return posted(f"https://{NAME}:{receiver.port}{path}", b"{}", {})


NOT_PLAIN = """
http://hooks.example/x ftp://hooks.example/ https:// https:///x hooks.example https://user@hooks.example/
https://hooks.example/#part https://hooks.example:99999/ https://hooks.example:0/ https://hooks.example/é
https://[::1/ javascript:alert(1)
"""
ODD = ("https://hooks.example/ x", "https://hooks.example/\r\nX: y", "https://" + "a" * 500, "\x00")


@pytest.mark.parametrize("address", [*NOT_PLAIN.split(), *ODD])
def test_only_a_plain_https_address_is_taken(address):
    with pytest.raises(Refused):
        address_checked(address)


PRIVATE = """
10.0.0.1 127.0.0.2 169.254.169.254 172.16.3.4 192.168.1.1 100.64.0.1 100.100.100.200 168.63.129.16 0.0.0.0
224.0.0.1 255.255.255.255 ::1 :: fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 ::ffff:10.0.0.1
::ffff:169.254.169.254 64:ff9b::a00:1 2002:a00:1:: 2001:0:a00:1::
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_refused(address):
    assert not address_allowed(address)


def test_public_addresses_and_listed_networks_are_allowed(settings):
    assert address_allowed("93.184.215.14")
    assert address_allowed("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("10.1.0.0/16")]
    assert address_allowed("10.1.2.3")
    assert not address_allowed("10.2.2.3")


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "localhost", "[::1]"])
def test_other_ways_to_write_this_machine_are_refused_too(host, settings):
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises((Refused, Failed)):
        posted(f"https://{host}/", b"{}", {})


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch):
    monkeypatch.setattr(webhook_send, "resolved", lambda _host, _port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(Refused):
        posted("https://mixed.example/", b"{}", {})


def test_a_name_that_changes_its_address_after_the_check_gets_nothing(pem, receiver, monkeypatch):
    """Rebinding: looked up once, and the connection goes to what was checked."""
    elsewhere = listen(pem, address="127.0.0.2", port=receiver.port)
    asked = names_lead_to(monkeypatch, "127.0.0.1", "127.0.0.2")
    assert answer_of(receiver, "/ok") == 204
    assert len(asked) == 1
    assert (len(receiver.got), elsewhere.connections) == (1, 0)
    with pytest.raises(Refused):
        answer_of(receiver, "/ok")
    assert elsewhere.connections == 0
    elsewhere.stopping.set()


def test_a_redirect_is_not_followed(pem, receiver):
    inside = listen(pem, address="127.0.0.2")
    receiver.leads_to = f"https://127.0.0.2:{inside.port}/ok"
    assert answer_of(receiver, "/away") == 302
    assert inside.connections == 0
    inside.stopping.set()


@pytest.mark.parametrize(
    ("path", "said"),
    [("/slow", "no answer in time"), ("/drip", "no answer in time"), ("/garbage", r"no answer \(")],
)
def test_whoever_answers_slowly_or_nonsense_has_failed_by_the_deadline(receiver, path, said):
    began = time.monotonic()
    with pytest.raises(Failed, match=said):
        answer_of(receiver, path)
    assert time.monotonic() - began < 3


def test_a_certificate_of_another_name_is_refused(tmp_path, monkeypatch):
    file = certificate(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    listener = listen(file)
    with pytest.raises(Failed, match="certificate"):
        answer_of(listener, "/ok")
    assert not listener.got
    listener.stopping.set()


def test_nobody_there_is_a_failed_try():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(Failed):
        posted(f"https://{NAME}:{port}/", b"{}", {})
