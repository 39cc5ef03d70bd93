"""The desk's head to a time stamp that others can check (RFC 3161), now or as soon as the authority answers."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import LedgerError, ReadError, UsageError
from onrecord.ledger.entries import Note, payload_of, tool
from onrecord.ledger.storage.store import Store

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

# Stamps are of the whole desk, and of no story.
NO_STORY = ""
_BY = "stamp 1"
Ask = Callable[[str, bytes], bytes]
"""Sends a request (DER) to an address; the answer's bytes, or ReadError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A head (its entry's number and hash) and what is known of its stamp; without `at` it waits to be sent."""

    seq: int
    hash: str
    authority: str
    certificate: str
    nonce: int
    request: bytes
    response: bytes = b""
    at: datetime | None = None
    why: str = ""


def stamp(store: Store, authority: str, certificate: str, ask: Ask) -> Iterator[Stamp]:
    """Have what waits and the head stamped; what cannot be sent is kept on the desk and told with its reason.

    `certificate` is the authority's own (PEM, others of its chain may follow): nobody else's answer is taken, and what
    waits for another authority goes on waiting for it. Raises UsageError for no certificate or an empty desk,
    LedgerError for an answer that is no stamp of this head.
    """
    certificates(certificate)
    asked = stamps(store)
    with store.view() as view:
        seq, last = view.head()
        entry = view.entry(seq)
    if entry is None:
        raise UsageError("nothing to stamp · this desk · add reports first")
    whom = (authority, certificate)
    for one in asked:
        if one.at is None and (one.authority, one.certificate) == whom:
            yield _sent(store, one, ask)
    elsewhere = asked and asked[-1].at is None and (asked[-1].authority, asked[-1].certificate) != whom
    if entry.act is not EntryType.STAMPED or elsewhere:
        yield _sent(store, _asked(store, seq, last, authority, certificate), ask)


def stamps(store: Store) -> tuple[Stamp, ...]:
    """All stamps of a desk by the number of the entry they are of, those that wait among them."""
    found: dict[int, Stamp] = {}
    with store.view() as view:
        for entry in view.entries(acts=[EntryType.STAMPED]):
            one = stamp_of(payload_of(entry))
            if one.seq not in found or one.at:
                found[one.seq] = one
    return tuple(found[seq] for seq in sorted(found))


def stamp_of(payload: dict[str, Any]) -> Stamp:
    """What an entry says of a stamp."""
    return Stamp(
        seq=payload["seq"],
        hash=payload["hash"],
        authority=payload["authority"],
        certificate=payload["certificate"],
        nonce=int(payload["nonce"]),
        request=base64.b64decode(payload["request"]),
        response=base64.b64decode(payload.get("response", "")),
        at=datetime.fromisoformat(payload["at"]) if "at" in payload else None,
    )


def _asked(store: Store, seq: int, last: str, authority: str, certificate: str) -> Stamp:
    """A request for the head, on record before it is sent."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    request = TimestampRequestBuilder().data(last.encode()).hash_algorithm(HashAlgorithm.SHA256).build()
    made = Stamp(
        seq=seq,
        hash=last,
        authority=authority,
        certificate=certificate,
        nonce=request.nonce or 0,
        request=request.as_bytes(),
    )
    _enter(store, made)
    return made


def _sent(store: Store, waiting: Stamp, ask: Ask) -> Stamp:
    try:
        response = ask(waiting.authority, waiting.request)
    except ReadError as error:
        return replace(waiting, why=str(error).removeprefix(f"{waiting.authority}: "))
    at = checked(waiting.hash, response, waiting.certificate, waiting.nonce)
    done = replace(waiting, response=response, at=at)
    _enter(store, done)
    return done


def _enter(store: Store, one: Stamp) -> Entry:
    payload: dict[str, Any] = {
        "seq": one.seq,
        "hash": one.hash,
        "authority": one.authority,
        "certificate": one.certificate,
        "nonce": str(one.nonce),
        "request": base64.b64encode(one.request).decode(),
    }
    if one.at:
        payload |= {"response": base64.b64encode(one.response).decode(), "at": one.at.isoformat()}
    with store.writer() as writer:
        note = Note(by=tool(_BY), act=EntryType.STAMPED, story=NO_STORY, subject=f"head {one.seq}", payload=payload)
        return writer.enter(note)


# Checking.


def checked(head: str, response: bytes, certificate: str, nonce: int | None = None) -> datetime:
    """When the authority says that it saw a head; raises LedgerError where the answer is no stamp of it by that one."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    leaf, *chain = certificates(certificate)
    try:
        answer = decode_timestamp_response(response)
        builder = VerifierBuilder().tsa_certificate(leaf)
        for one in [*chain, *(_embedded(answer) if not chain else ())] or [leaf]:
            builder = builder.add_root_certificate(one)
        if nonce is not None:
            builder = builder.nonce(nonce)
        builder.build().verify_message(answer, head.encode())
        return answer.tst_info.gen_time.astimezone(UTC)
    except (VerificationError, ValueError, TypeError) as error:
        why = " ".join(str(error).split())[:160]
        raise LedgerError(
            f"no stamp of this head by this authority ({why}) · stamp · put its chain behind the certificate"
        ) from error


def _embedded(answer: TimeStampResponse) -> list[Certificate]:
    """The certificates that came along: the leaf is pinned, the others only lead from it to its root."""
    from cryptography.x509 import load_der_x509_certificate

    return sorted(map(load_der_x509_certificate, answer.signed_data.certificates), key=lambda one: one.serial_number)


def certificates(pem: str) -> list[Certificate]:
    """The certificates of a PEM file; raises UsageError where there is none, or the package is not installed."""
    try:
        import rfc3161_client  # noqa: F401  says at once whether the extra is there
        from cryptography.x509 import load_pem_x509_certificates
    except ImportError as error:
        raise UsageError("time stamps need rfc3161-client · stamp · pip install '.[timestamp]'") from error
    try:
        return load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise UsageError("no certificate in it · --certificate · give the authority's certificate as PEM") from error


def same_authority(certificate: str, pinned: str) -> bool:
    """Whether the leaves of two PEM files are the same certificate; raises UsageError where one cannot be read."""
    one, other = (certificates(pem)[0] for pem in (certificate, pinned))
    return one == other


def stamp_fault(payload: dict[str, Any], hashes: dict[int, str]) -> str | None:
    """What is wrong with a stamp on record, given the hashes of the entries before it; None where all is well."""
    one = stamp_of(payload)
    if hashes.get(one.seq) != one.hash:
        return f"its stamp is of another entry {one.seq}"
    if one.at is None:
        return None
    try:
        at = checked(one.hash, one.response, one.certificate, one.nonce)
    except LedgerError as error:
        return str(error).partition(" · ")[0]
    return None if at == one.at else f"its stamp is of {at.isoformat()}"
