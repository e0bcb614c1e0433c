"""A real receiver of webhooks on this machine: TLS with a certificate of its own, every way to answer badly.

By path: /ok, /slow (says nothing), /drip (a byte at a time, for ever), /500, /gone, /garbage, /away (leads to
another listener). What arrived stands in `got`.
"""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NAME = "hooks.example"
PLAIN = {"/ok": 204, "/500": 500, "/gone": 410}


@dataclass
class Listener:
    """Where it listens, and what it got: path, headers, body of each request."""

    address: str
    port: int
    leads_to: str = ""
    got: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)
    connections: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)


def certificate(
    folder: Path, name: str = NAME, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None
) -> Path:
    """A certificate for the name, signed by itself, with its key behind it in one file."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / f"{name}.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def listen(pem: Path, *, address: str = "127.0.0.1", port: int = 0) -> Listener:
    """Start listening in a thread; `stopping.set()` ends it."""
    listener = Listener(address, port)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.got.append((self.path, dict(self.headers), body))
            with suppress(OSError):
                self._answer()

        def _answer(self) -> None:
            if self.path == "/slow":
                listener.stopping.wait(20)
            elif self.path == "/drip":
                while not listener.stopping.is_set():
                    self.wfile.write(b"H")
                    time.sleep(0.05)
            elif self.path == "/garbage":
                self.wfile.write(b"\x00\xff not HTTP at all\r\n\r\n")
            elif self.path == "/away":
                self.send_response(302)
                self.send_header("Location", listener.leads_to)
                self.end_headers()
            else:
                self.send_response(PLAIN[self.path])
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def process_request(self, request, client_address) -> None:
            listener.connections += 1
            super().process_request(request, client_address)

        def handle_error(self, request, client_address) -> None:
            """Clients that go away are part of the test."""

    server = Server((address, port), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    listener.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    threading.Thread(target=lambda: (listener.stopping.wait(), server.shutdown()), daemon=True).start()
    return listener


def names_lead_to(monkeypatch, *addresses: str) -> list[str]:
    """Each look-up of the receiver's name gives the next address; the look-ups are listed."""
    real, asked = socket.getaddrinfo, []

    def looked_up(host, port, *args, **options):
        if host != NAME:
            return real(host, port, *args, **options)
        asked.append(host)
        to = addresses[min(len(asked), len(addresses)) - 1]
        family = socket.AF_INET6 if ":" in to else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (to, port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return asked
