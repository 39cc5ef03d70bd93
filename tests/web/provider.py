"""A small OpenID Connect provider on the loopback that signs everybody in, and can be told to do it wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "desk-1", "a client's secret"


@dataclass
class Playing:
    """What the provider plays: claims that differ from the right ones, and the key that it signs with."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    issuer: str = ""
    calls_itself: str | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


class _Handler(BaseHTTPRequestHandler):
    playing: Playing

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        """What it says of itself, its keys, and the sign-in itself."""
        place = urlsplit(self.path)
        issuer = self.playing.issuer
        if place.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": self.playing.calls_itself or issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/keys",
                }
            )
        elif place.path == "/keys":
            self._json({"keys": [self.playing.key.as_dict(private=False)]})
        elif place.path == "/authorize":
            asked = {name: held[0] for name, held in parse_qs(place.query).items()}
            code = f"code{len(self.playing.codes)}"
            self.playing.codes[code] = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()

    def do_POST(self) -> None:
        """A code for a token, where client and verifier are right."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {name: held[0] for name, held in parse_qs(body).items()}
        asked = self.playing.codes.pop(told.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = asked and self.headers.get("Authorization") == f"Basic {basic}" and asked["code_challenge"] == proof
        if not asked or not right or asked["code_challenge_method"] != "S256":
            self._json({"error": "invalid_grant"}, 400)
            return
        claims = {
            "iss": self.playing.issuer,
            "aud": CLIENT,
            "sub": "person-7",
            "exp": int(time.time()) + 60,
            "iat": int(time.time()),
            "nonce": asked["nonce"],
            "email": "Eve@newsroom.example",
            "email_verified": True,
            **self.playing.claims,
        }
        key = self.playing.signs_with or self.playing.key
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
        self._json({"access_token": "x", "token_type": "Bearer", "id_token": signed})

    def _json(self, value: object, status: int = 200) -> None:
        raw = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@contextmanager
def playing() -> Iterator[Playing]:
    """A provider that runs."""
    told = Playing()
    handler = type("Handler", (_Handler,), {"playing": told})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        told.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
