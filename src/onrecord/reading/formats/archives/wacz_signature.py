"""What a WACZ says of its signature, checked as far as that can be done without asking anybody."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

_MOST_NAME = 120


def signature_notes(told: Mapping[str, Any], digest: str) -> Iterator[str]:
    """What is to be known of `signedData`; `digest` is that of the package's list ("sha256:…"). Nothing where none is.

    Whose key it is cannot be told from the archive: its fingerprint is told, to be held against one that is known.
    """
    signed = told.get("signedData")
    if signed is None:
        return
    if not isinstance(signed, Mapping) or not isinstance(signed.get("signature"), str):
        yield "the package is said to be signed, but its signature cannot be read"
        return
    if signed.get("hash") != digest:
        yield "the package’s signature is of another list of files: what was signed is not what is here"
        return
    try:
        fits, key = _checked(signed, digest)
    except ImportError:
        yield "the package is signed, which was not checked; pip install '.[sign]'"
    except (ValueError, TypeError, binascii.Error):
        yield "the package is said to be signed, but its key or signature cannot be read"
    else:
        yield f"signed {_by(signed, key)}" if fits else "the package’s signature does not fit its key: it is not theirs"


def _by(signed: Mapping[str, Any], key: bytes) -> str:
    at, fingerprint = str(signed.get("created") or "")[:_MOST_NAME], hashlib.sha256(key).hexdigest()
    told = f"by the key sha256:{fingerprint}" + (f", as it says on {at}" if at else "")
    domain = signed.get("domain")
    if isinstance(domain, str):
        told += f", for {domain[:_MOST_NAME]} (its certificate’s chain and its time stamp were not checked)"
    return told


def _checked(signed: Mapping[str, Any], digest: str) -> tuple[bool, bytes]:
    """Whether the signature is of the digest by the key that comes with it, and that key's bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
    from cryptography.x509 import load_pem_x509_certificates

    if isinstance(signed.get("publicKey"), str):
        key = load_der_public_key(base64.b64decode(signed["publicKey"]))
    else:
        key = load_pem_x509_certificates(str(signed.get("domainCert") or "").encode())[0].public_key()
    if not isinstance(key, EllipticCurvePublicKey):
        raise ValueError("no key for ECDSA")
    raw, half = base64.b64decode(signed["signature"]), (key.curve.key_size + 7) // 8
    # Browsers write the two numbers one behind the other, other tools as DER.
    plain = (
        encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:])) if len(raw) == 2 * half else b""
    )
    public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for form in filter(None, (raw, plain)):
        try:
            key.verify(form, digest.encode(), ECDSA(SHA256()))
        except InvalidSignature:
            continue
        return True, public
    return False, public
