"""One POST to somebody else's server. In: an https address, headers, a body. Out: the status of the answer.

The address is typed by a person and the answer written by a stranger, so: the name is resolved once and the
connection goes to what was checked; private addresses are refused; no redirect is followed; nothing of the
answer is read but its status; everything ends by a deadline.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

CONNECT_SECONDS = 5.0
DEADLINE = 10.0
"""Seconds for all of it: handshake, sending, the answer's first lines, however slowly they drip."""
MOST_ADDRESS = 500
ADDRESS = re.compile(r"[\x21-\x7e]+")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

METADATA = (ipaddress.ip_address("168.63.129.16"),)
"""Services for machines of a cloud that lie at public addresses."""
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""IPv6 addresses that stand for IPv4 ones behind a translator."""


class Refused(Exception):
    """This address is not one to send to. The text says why."""


class Failed(Exception):
    """No answer came, or none that could be understood. The text names the kind of error."""


def address_checked(address: str) -> str:
    """An https address as it is kept. Raises Refused."""
    kept, wrong = address.strip(), _("This is not an address; it looks like https://example.org/hook.")
    try:
        parts = urlsplit(kept)
        port, host = parts.port, parts.hostname or ""
        host.encode("idna")
    except (ValueError, UnicodeError):
        raise Refused(wrong) from None
    if parts.scheme != "https" or not host:
        raise Refused(_("The address must begin with https://."))
    if parts.username or parts.password or parts.fragment:
        raise Refused(_("Leave out names, passwords and everything after “#”."))
    if port == 0 or len(address) > MOST_ADDRESS or not ADDRESS.fullmatch(kept):
        raise Refused(wrong)
    return kept


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def address_allowed(text: str) -> bool:
    """Is this a public address, or in a network that the operator lists?"""
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    if any(address in network for network in settings.WEBHOOK_NETWORKS if network.version == address.version):
        return True
    return _public(address)


def _public(address: Address) -> bool:
    if address in METADATA or address.is_multicast or not address.is_global:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    if address.sixtofour or address.teredo:  # they carry an IPv4 address of their own
        return False
    return not any(address in network for network in TRANSLATED)


def pinned(host: str, port: int) -> str:
    """The one address to connect to. Raises Refused where any that the name has is not allowed."""
    try:
        found = resolved(host, port)
    except (OSError, UnicodeError):
        raise Failed("the name does not resolve") from None
    if not found or not all(address_allowed(one) for one in found):
        raise Refused("a private address")
    return found[0]


def posted(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """POST the body; the status of the answer. Raises Refused or Failed."""
    parts = urlsplit(address_checked(address))
    host, port = str(parts.hostname), parts.port or 443
    to = pinned(host, port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    until = time.monotonic() + DEADLINE
    try:
        with _connection(to, host, port) as connection:
            connection.request("POST", path, body, dict(headers))
            return connection.getresponse().status
    except ssl.SSLCertVerificationError:
        raise Failed("the certificate is not valid for this name") from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        late = isinstance(fault, TimeoutError) or time.monotonic() >= until
        raise Failed("no answer in time" if late else f"no answer ({type(fault).__name__})") from None


@contextmanager
def _connection(to: str, host: str, port: int) -> Iterator[http.client.HTTPConnection]:
    """A connection to that very address, with the certificate checked for the name; cut at the deadline."""
    plain = socket.create_connection((to, port), timeout=CONNECT_SECONDS)
    try:
        context = ssl.create_default_context()
        secure = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    except BaseException:
        plain.close()
        raise
    # A time-out of the socket begins anew with every byte; this one does not.
    cut = Timer(DEADLINE, _cut, (secure,))
    cut.daemon = True
    cut.start()
    try:
        secure.do_handshake()
        secure.settimeout(DEADLINE)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = secure
        connection.auto_open = 0  # never connect again by the name
        yield connection
    finally:
        cut.cancel()
        secure.close()


def _cut(connected: ssl.SSLSocket) -> None:
    try:
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
    except OSError:
        return
