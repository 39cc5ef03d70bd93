"""A time-stamping authority on this machine: its certificates, and its answers by the program openssl."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {place}/serial
signer_cert = {place}/leaf.pem
signer_key = {place}/key.pem
certs = {place}/root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """`leaf` and `chain` are PEM files: its own certificate alone, and with its root behind it."""

    def __init__(self, place: Path, name: str = "Authority") -> None:
        if shutil.which("openssl") is None:
            pytest.skip("openssl is not installed")
        place.mkdir()
        self.place = place
        _certify(place, name)
        (place / "serial").write_text("01\n")
        (place / "tsa.cnf").write_text(CONFIG.format(place=place))
        self.leaf, self.chain = place / "leaf.pem", place / "chain.pem"
        self.chain.write_text(self.leaf.read_text() + (place / "root.pem").read_text())

    def answer(self, url: str, request: bytes) -> bytes:
        """The stamp for a request."""
        (self.place / "request").write_bytes(request)
        line = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "one", "-queryfile", "request"]
        done = subprocess.run([*line, "-out", "reply"], cwd=self.place, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        return (self.place / "reply").read_bytes()

    @contextmanager
    def served(self) -> Iterator[str]:
        """Its address while it runs."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = authority.answer("", self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/tsr"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _certify(place: Path, name: str) -> None:
    """A root and a certificate for time stamps that it signed."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    # A longer name than the other's: openssl puts the shorter certificate first, and DER wants its sets in order.
    long = f"The Root of {name} and of Nobody Else in Port Alder"
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, long)])
    start, end = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)

    def builder(subject: x509.Name, public: rsa.RSAPublicKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(root_name).public_key(public)
        return made.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)

    root = builder(root_name, root_key.public_key()).add_extension(x509.BasicConstraints(True, None), critical=True)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    leaf = builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key.public_key())
    leaf = leaf.add_extension(usage, critical=True)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (place / "root.pem").write_bytes(root.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (place / "leaf.pem").write_bytes(leaf.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (place / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
