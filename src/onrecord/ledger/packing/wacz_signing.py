"""A WACZ's list of files to a signature by a newsroom's own key (WACZ Signing and Verification 0.1.0, anonymous)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs archives; the same archive gets the same signature (RFC 6979)."""

    key: EllipticCurvePrivateKey

    @property
    def public_key(self) -> str:
        """The public key as it stands in archives: base64 of its DER."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        raw = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(raw).decode()

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the public key's DER, which readers hold against one that they know."""
        return hashlib.sha256(base64.b64decode(self.public_key)).hexdigest()

    def signed(self, digest: str, created: str) -> dict[str, str]:
        """What an archive says of the signature of its list's digest ("sha256:…").

        `created` is the instant that the list tells: validators take no other one.
        """
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
        from cryptography.hazmat.primitives.hashes import SHA256

        how = ECDSA(SHA256(), deterministic_signing=True)
        return {
            "hash": digest,
            "created": created,
            "software": f"onrecord {version('onrecord')}",
            "version": "0.1.0",
            "signature": base64.b64encode(self.key.sign(digest.encode(), how)).decode(),
            "publicKey": self.public_key,
        }


def signer(pem: bytes, name: str) -> Signer:
    """The signer of a private key's PEM; raises UsageError for what is none, or none on an elliptic curve."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise UsageError("signing needs cryptography · --sign · pip install '.[sign]'") from error
    todo = "make one with: openssl ecparam -name secp384r1 -genkey -noout -out key.pem"
    try:
        key = load_pem_private_key(pem, None)
    except TypeError as error:
        raise UsageError(f"a key under a password · --sign {name} · give one without, or {todo}") from error
    except ValueError as error:
        raise UsageError(f"no private key in it · --sign {name} · {todo}") from error
    if not isinstance(key, EllipticCurvePrivateKey):
        raise UsageError(f"no key for ECDSA · --sign {name} · {todo}")
    return Signer(key)
