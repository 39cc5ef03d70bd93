"""Sign-in at an OpenID Connect provider: the code flow with PKCE, and the identity that comes back to an account."""

from __future__ import annotations

import secrets
import threading
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import StoreError, UsageError
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.people import NotAllowed, Role
from onrecord.web.settings import LOOPBACK

_ENVIRONMENT = "ONRECORD_OIDC_"
_NAMES = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "LABEL", "ROLE")
_PARTS = ("authlib", "joserfc", "httpx2")
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
# A visitor has so long to sign in there; so many may be under way; so long what the provider says of itself holds.
_PATIENCE_S, _UNDER_WAY, _BELIEVED_S = 600.0, 1000, 3600.0
_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where people sign in; `role` is what somebody gets who has no account yet, None for nobody gets in."""

    issuer: str
    client_id: str
    client_secret: str
    label: str
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _UnderWay:
    state: str
    nonce: str
    verifier: str
    back: str
    place: str
    until: float


def provider_of(environment: Mapping[str, str]) -> Provider | None:
    """The provider that environment variables name, None for none; raises UsageError where they do not add up."""
    settings = {name: environment.get(_ENVIRONMENT + name, "").strip() for name in _NAMES}
    if not settings["ISSUER"]:
        return None
    issuer = settings["ISSUER"].rstrip("/")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise UsageError(f"'{issuer}' is no https address · {_ENVIRONMENT}ISSUER · give the provider's own address")
    if not settings["CLIENT_ID"]:
        raise UsageError(f"no client id · {_ENVIRONMENT}CLIENT_ID · give the one that the provider made for this desk")
    if not all(find_spec(name) for name in _PARTS):
        raise UsageError("nothing installed to sign in elsewhere with · onrecord serve · pip install '.[oidc]'")
    role = settings["ROLE"] or None
    if role is not None and role not in tuple(Role):
        raise UsageError(f"no role '{role}' · {_ENVIRONMENT}ROLE · one of {', '.join(Role)}, or leave it out")
    return Provider(
        issuer=issuer,
        client_id=settings["CLIENT_ID"],
        client_secret=settings["CLIENT_SECRET"],
        label=settings["LABEL"] or (parts.hostname or "the newsroom's account"),
        role=Role(role) if role else None,
    )


class OpenIdClient:
    """One provider; whoever comes back from it is known by its name for them, the first time by their address."""

    def __init__(self, provider: Provider, accounts: Accounts) -> None:
        self.provider = provider
        self.accounts = accounts
        self.label = provider.label
        self._under_way: OrderedDict[str, _UnderWay] = OrderedDict()
        self._lock = threading.Lock()
        self._told: tuple[float, dict[str, Any], Any] | None = None

    def begin(self, ticket: str, back: str, place: str) -> str:
        """The provider's address to send a visitor to; they come back to `back`, and go on to `place`."""
        now = time.monotonic()
        under_way = _UnderWay(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            back=back,
            place=place,
            until=now + _PATIENCE_S,
        )
        url, _ = self._client(back).create_authorization_url(
            self._metadata()["authorization_endpoint"],
            state=under_way.state,
            nonce=under_way.nonce,
            code_verifier=under_way.verifier,
        )
        with self._lock:
            self._under_way[ticket] = under_way
            while len(self._under_way) > _UNDER_WAY:
                self._under_way.popitem(last=False)
        return str(url)

    def finish(self, ticket: str, url: str, state: str) -> tuple[str, str]:
        """The account's key of a visitor who came back to this very browser, and where they go on to."""
        with self._lock:
            under_way = self._under_way.pop(ticket, None)
        if (
            under_way is None
            or under_way.until < time.monotonic()
            or not secrets.compare_digest(under_way.state.encode(), state.encode("utf-8", "replace"))
        ):
            raise NotAllowed("this sign-in was not begun here, or too long ago · sign-in · begin again")
        return self._account(self._identity(under_way, url)), under_way.place

    def _identity(self, under_way: _UnderWay, url: str) -> dict[str, Any]:
        """What the provider vouches for, its signature, addressee and nonce checked (OpenID Connect Core, 3.1.3.7)."""
        import httpx2
        from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            token = self._client(under_way.back).fetch_token(
                self._metadata()["token_endpoint"],
                authorization_response=url,
                state=under_way.state,
                code_verifier=under_way.verifier,
            )
            claims = dict(jwt.decode(token["id_token"], self._keys(), algorithms=_ALGORITHMS).claims)
            jwt.JWTClaimsRegistry(
                iss={"essential": True, "value": self.provider.issuer},
                aud={"essential": True, "value": self.provider.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": under_way.nonce},
            ).validate(claims)
            self._addressed(claims)
        except (OAuthError, JoseError, KeyError, ValueError, TypeError) as error:
            self._told = None
            raise NotAllowed(
                f"{self.label} does not vouch for this sign-in · {type(error).__name__} · begin again"
            ) from error
        except httpx2.HTTPError as error:
            raise StoreError(
                f"no answer ({type(error).__name__}) · {self.provider.issuer} · try again later"
            ) from error
        return claims

    def _addressed(self, claims: Mapping[str, Any]) -> None:
        """Raise NotAllowed for what was issued to another application, of several it is meant for (3.1.3.7, 3 to 5)."""
        meant, party = claims.get("aud"), claims.get("azp")
        several = isinstance(meant, list) and set(meant) != {self.provider.client_id}
        if (party is None and several) or (party is not None and party != self.provider.client_id):
            raise NotAllowed(f"{self.label} issued this sign-in to another application · sign-in · begin again")

    def _account(self, claims: Mapping[str, Any]) -> str:
        subject = f"{self.provider.issuer} {claims['sub']}"
        if key := self.accounts.key_of_subject(subject):
            return key
        address = claims.get("email") if claims.get("email_verified") is True else None
        if not isinstance(address, str) or not address:
            raise NotAllowed(f"{self.label} tells no confirmed e-mail address · sign-in · ask an administrator")
        if unicodedata.normalize("NFKC", address) != address or not address.isprintable():
            # Folded, it would be another's name.
            raise NotAllowed(f"{self.label} tells an address in an odd spelling · sign-in · ask an administrator")
        if self.provider.role is not None and not self.accounts.known(address):
            self.accounts.add(address, self.provider.role)
        if not self.accounts.known(address):
            raise NotAllowed(f"no account for {address[:100]} · sign-in · ask an administrator to add it")
        return self.accounts.bind(address, subject)

    def _client(self, back: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]

        return OAuth2Client(
            client_id=self.provider.client_id,
            client_secret=self.provider.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.provider.client_secret else "none",
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_TIMEOUT_S,
            trust_env=False,
        )

    def _metadata(self) -> dict[str, Any]:
        return self._told_now()[0]

    def _keys(self) -> Any:
        return self._told_now()[1]

    def _told_now(self) -> tuple[dict[str, Any], Any]:
        """What the provider says of itself, and its keys."""
        import httpx2
        from joserfc.jwk import KeySet

        held = self._told
        if held and time.monotonic() - held[0] < _BELIEVED_S:
            return held[1], held[2]
        issuer = self.provider.issuer
        try:
            with httpx2.Client(timeout=_TIMEOUT_S, trust_env=False) as client:
                metadata = client.get(f"{issuer}/.well-known/openid-configuration").raise_for_status().json()
                if metadata["issuer"].rstrip("/") != issuer:
                    raise StoreError(
                        f"it calls itself {metadata['issuer'][:80]} · {issuer} · correct ONRECORD_OIDC_ISSUER"
                    )
                keys = KeySet.import_key_set(client.get(metadata["jwks_uri"]).raise_for_status().json())
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"no use as a sign-in ({type(error).__name__}) · {issuer} · try again later") from error
        self._told = (time.monotonic(), metadata, keys)
        return metadata, keys
