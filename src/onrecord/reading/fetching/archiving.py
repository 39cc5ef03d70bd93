"""Answers to web archives, with the headers as they came."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import ReadError
from onrecord.reading.fetching.client import Answer

# What was said of the transport is not true of the body as it is kept: the pieces are put together.
_TRANSPORT = frozenset({"transfer-encoding"})


def record(answer: Answer) -> bytes:
    """One answer as a WARC file of one record, not packed, so that a text editor shows it."""
    held = io.BytesIO()
    _write([answer], held, packed=False)
    return held.getvalue()


def write_archive(answers: Sequence[Answer], archive: Path) -> None:
    """Append answers to a WARC file, each a record of its own; raises ReadError where it cannot be written."""
    try:
        with archive.open("ab") as stream:
            _write(answers, stream, packed=archive.suffix == ".gz")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise ReadError(f"cannot write: {why} · {archive} · name a file in a folder you may write to") from error


def _write(answers: Sequence[Answer], stream: BinaryIO, packed: bool) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(stream, gzip=packed)
    for answer in answers:
        headers = [one for one in answer.headers if one[0].lower() not in _TRANSPORT]
        told = StatusAndHeaders(f"{answer.status} {answer.reason}", headers, protocol="HTTP/1.1")
        made = writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=told,
            warc_headers_dict={"WARC-IP-Address": answer.ip} if answer.ip else None,
        )
        writer.write_record(made)
        for held in _held(made):
            held.close()


def _held(made: object) -> Iterator[Any]:
    """The temporary files that warcio leaves open."""
    for name in ("raw_stream", "_orig_stream", "payload"):
        found = getattr(made, name, None)
        if found is not None and hasattr(found, "close"):
            yield found
