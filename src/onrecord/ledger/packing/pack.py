"""A story's record to one zip file: its entries in full, the chain of all others, the archived bytes, a verifier."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import UsageError
from onrecord.ledger.entries import body_of, instant_text, payload_of, verifier_source
from onrecord.ledger.packing.custody import MANIFEST, manifest_of, seal_of
from onrecord.ledger.stamping import stamp_of
from onrecord.ledger.storage.store import Store

_README = """This is the record of one story: what was captured, when, by whom, and what was decided on it.

Check it (Python 3.9 or later, no network, nothing to install):

    python3 THIS_FILE.zip

or unpack it and run verify.py in the folder. It checks that each archived file has the bytes that its name (sha256)
says, that each entry follows from the one before it up to the head, and that each recorded statement stands word for
word in the archived text. Entries of other stories are here as digests only, so that the chain can be followed.

The head is {hash}
(entry {seq}). Compare it with what the desk told you on another way: whoever changes an entry changes the head. The
seal that the export told stands for every file in here, this one and the verifier too: compare it as well, by a
verifier of your own, since whoever can change the pack can change the one inside.

    onrecord verify --pack THIS_FILE.zip --seal SEAL --against HEADS.txt

entries.jsonl   one entry a line; `payload` is the exact text that was entered
archive/        captures and the texts read from them, each named after its sha256
manifest.json   the size and sha256 of every file, and how many entries are in full and as digests only
head.json       the last entry's number and hash
stamps/         where there are any: the hash of an entry and a time stamp of it (RFC 3161); check one, with the
                authority's certificates from the authority itself, by
                openssl ts -verify -data stamps/N.txt -in stamps/N.tsr -CAfile root.pem -untrusted tsa.pem
"""
_RUNNER = "import sys\n\nimport verify\n\nsys.exit(verify.main(sys.argv[1:]))\n"
# Zip files begin in 1980; a pack of the same record has the same bytes on any day.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def pack(store: Store, story: str, beside: Mapping[str, bytes] | None = None) -> bytes:
    """The pack of a story, with further files beside its record; the same desk gives the same bytes."""
    with store.view() as view:
        seq, last = view.head()
        lines: list[str] = []
        full = 0
        named: set[str] = set()
        stamped: dict[str, bytes] = {}
        for entry in view.entries():
            mine = entry.story == story or entry.act is EntryType.STAMPED
            if entry.act is EntryType.STAMPED and (one := stamp_of(payload_of(entry))).at:
                stamped |= {f"stamps/{one.seq}.tsr": one.response, f"stamps/{one.seq}.txt": one.hash.encode()}
            lines.append(json.dumps(_full(entry) if mine else {"seq": entry.seq, "body": body_of(entry)}))
            named.update(_archived(entry) if mine else ())
            full += mine
        if not named:
            raise UsageError(f"no story '{story}' · export · see: onrecord stories")
        members = {
            "README.txt": _README.format(hash=last, seq=seq).encode(),
            "__main__.py": _RUNNER.encode(),
            "verify.py": verifier_source().encode(),
            "head.json": json.dumps({"seq": seq, "hash": last, "story": story}).encode() + b"\n",
            "entries.jsonl": "".join(f"{line}\n" for line in lines).encode(),
            **stamped,
            **(beside or {}),
        }
        members |= {f"archive/{digest}": view.fetch([digest])[digest] for digest in sorted(named)}
        counts = {"full": full, "digests": len(lines) - full}
        return _zipped({**members, MANIFEST: manifest_of(members, {"seq": seq, "hash": last, "story": story}, counts)})


def sealed(packed: bytes) -> str:
    """The seal of a pack: the digest of its manifest, and by it of all that it holds."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return seal_of(file.read(MANIFEST))


def _full(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": instant_text(entry.at),
        "by": entry.by,
        "act": entry.act.value,
        "story": entry.story,
        "subject": entry.subject,
        "payload": entry.payload,
        "body": body_of(entry),
    }


def _archived(entry: Entry) -> Iterator[str]:
    if entry.act in (EntryType.CAPTURED, EntryType.READ):
        payload = payload_of(entry)
        yield from (payload[key] for key in ("raw", "text") if key in payload)


def _zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in members.items():
            file.writestr(_info(name), raw)
    return buffer.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
