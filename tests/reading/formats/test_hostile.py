"""Bombs, tricks and noise: no crash, no hang, every input counted."""

from __future__ import annotations

import gzip
import io
import random
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.datamodel.report import Fate
from onrecord.errors import ReadError
from onrecord.reading.draft import Source
from onrecord.reading.formats.registry import READERS, read_source
from onrecord.reading.intake import read
from tests.reading import makers
from tests.reading.makers import MAKERS

LIMIT_S = 10.0
SEEDS = tuple(make() for make in MAKERS.values())


def zip_bomb() -> bytes:
    """A Word file whose document is 120 MB of one letter."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(60):
            stream.write(b"a" * 2_000_000)
    return held.getvalue()


def laughs(root: str) -> bytes:
    """Entities that unfold to a billion."""
    rows = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    item = "<item><title>&e9;</title></item>"
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{rows}]><{root}>{item}</{root}>'.encode()


def packed_bomb() -> bytes:
    """A record that unfolds to 200 MB."""
    raw = makers.make_warc([(makers.URL, gzip.compress(b"<html>" + b" " * 200_000_000))], packed=False)
    return raw.replace(b"Content-Type: text/html; charset=utf-8", b"Content-Encoding: gzip\r\nContent-Type: text/html ")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": zip_bomb,
    "laughs.rss": lambda: laughs("rss"),
    "laughs.xml": lambda: laughs("newsItem"),
    "outside.xml": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><newsItem>&a;</newsItem>'
    ),
    "packed.warc": packed_bomb,
    "line.txt": lambda: b"crane " * 15_000_000,
    "line.html": lambda: b"<html><p>" + b"crane " * 4_000_000,
    "tags.html": lambda: b"<html>" + b"<p>x" * 2_000_000,
    "quotes.html": lambda: b"<html><p>x</p>" + b'<a "' * 2_000_000,
    "opens.html": lambda: b"<html><p>x</p>" + b"<!--" * 2_000_000,
    "signs.txt": lambda: b"(@" * 500_000,
    "dashes.txt": lambda: "— ".encode() * 400_000,
    "dates.txt": lambda: b"May 4, 2031 " * 100_000,
    "capitals.txt": lambda: b"PORT ALDER " * 100_000,
    "names.txt": lambda: b"Ada " * 250_000 + b"contributed to this",
    "spaces.txt": lambda: b"a" + b" " * 1_500_000 + b"b",
    "breaks.txt": lambda: b"a\n" * 400_000,
    "brackets.txt": lambda: b"[(" * 500_000,
    "list.json": lambda: b"[" + b'{"text":"a b c"},' * 1_500_000 + b"{}]",
    "items.rss": lambda: b"<rss><channel>" + b"<item><title>x</title></item>" * 300_000,
    "deep.jsonl": lambda: b"[" * 1_000_000,
    "deep.json": lambda: b'{"a":' * 200_000,
    "cues.vtt": lambda: b"WEBVTT\n\n" + b"00:00:01.000 --> 00:00:02.000\nx\n" * 50_000,
    "parts.eml": lambda: (
        b"From: a\nTo: b\nDate: c\nSubject: d\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 100_000
    ),
    "title.html": lambda: makers.make_html("<script>alert(1)</script> \u202e"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_end_counted_and_soon(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a reader asked the network"))
    (tmp_path / name).write_bytes(HOSTILE[name]())
    started = time.monotonic()
    intake = read([tmp_path / name])
    assert time.monotonic() - started < LIMIT_S
    assert intake.outcomes
    assert all(one.fate is not Fate.REFUSED or one.reason for one in intake.outcomes)
    assert not any("passwd" in one.text or "root:" in one.text for one in intake.reports)


def counted(raw: bytes, name: str = "input") -> None:
    """Read bytes with the reader that takes them: drafts or a ReadError, nothing else."""
    try:
        drafts = read_source(Source(raw, name))
    except ReadError as error:
        assert str(error) and "\n" not in str(error)[:500]
        return
    for draft in drafts:
        for passage in draft.passages:
            assert passage.span.end <= len(draft.text)
        for locus in draft.loci:
            assert locus.span.end <= len(draft.text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
@example(b"%PDF-1.4\n")
@example(b"PK\x03\x04word/")
@example(b"WARC/1.0\r\n\r\n")
@example(b"bplist00")
@example(b"WEBVTT")
def test_noise_is_counted(raw: bytes) -> None:
    counted(raw)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(range(len(SEEDS))), st.randoms(use_true_random=False))
def test_damaged_files_are_counted(seed: int, chance: random.Random) -> None:
    raw = bytearray(SEEDS[seed])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(raw))
        match chance.randrange(4):
            case 0:
                raw[at] = chance.randrange(256)
            case 1:
                del raw[at : at + chance.randint(1, 60)]
            case 2:
                raw[at:at] = raw[chance.randrange(len(raw)) :][:80]
            case _:
                raw = raw[: at + 1]
        raw = raw or bytearray(b"x")
    counted(bytes(raw), list(MAKERS)[seed])


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.gives.name)
def test_every_reader_takes_noise_behind_its_own_mark(reader: object) -> None:
    chance = random.Random(7)
    for seed in SEEDS:
        head = seed[:200]
        if reader.sniff(head, "x"):  # type: ignore[attr-defined]
            counted(head + bytes(chance.randrange(256) for _ in range(300)))
