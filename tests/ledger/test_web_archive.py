"""A story's captures as a WACZ: fetched pages byte for byte, digests that fit, read back by warcio and ourselves."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

import onrecord
from onrecord.cli.app import run
from onrecord.datamodel.entry import Reading
from onrecord.errors import UsageError
from onrecord.ledger.desk import open_desk
from onrecord.ledger.packing.wacz_signing import signer
from onrecord.ledger.packing.web_archive import ARCHIVE, sort_key, web_archive
from onrecord.reading.fetching.archiving import record
from onrecord.reading.fetching.client import Answer
from tests.ledger.builder import Clock, PlainBuilder, reading

PAGE = "<html><title>Ferry</title><article><p>Ola Brandt said the ferry will sail. <b>No</b> doubt.</p></article>"
URL = "https://quay.example/Ferry?b=2&a=1"


def _fetched(name: str, url: str, html: str) -> Reading:
    answer = Answer(url, 200, "OK", (("Content-Type", "text/html; charset=utf-8"),), html.encode())
    plain = reading(name, ("Ola Brandt", f"ferry {name} will sail"), url=url)
    return replace(plain, capture=replace(plain.capture, raw=record(answer), came_from=f"{url} (added by eve)"))


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    """A fetched page, a file that names an address, a packed archive of two pages, and an archive that is damaged."""
    given = reading("02_post", ("Bo Lee", "the gates are shut"), url="https://post.example/gates")
    both = b"".join(_fetched("x", f"https://two.example/{page}", PAGE + page).capture.raw for page in "ab")
    starts = [0, both.index(b"WARC/", 5)]
    packed = gzip.compress(both[: starts[1]]) + gzip.compress(both[starts[1] :])
    two = _fetched("03_two", "https://two.example/a", PAGE)
    damaged = _fetched("04_cut", "https://cut.example/", PAGE)
    return (
        _fetched("01_quay", URL, PAGE),
        given,
        replace(two, capture=replace(two.capture, raw=packed, came_from="in/two.warc.gz")),
        replace(damaged, capture=replace(damaged.capture, raw=b"WARC/1.0\r\nnothing", came_from="in/cut.warc")),
    )


@pytest.fixture(scope="module")
def made(readings: tuple[Reading, ...], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The WACZ of a desk with these."""
    place = str(tmp_path_factory.mktemp("wacz") / "desk.db")
    with open_desk(place, PlainBuilder(), create=True, clock=Clock()) as desk:
        list(desk.add("ferry", list(readings)))
        list(desk.add("other", [reading("09_leak", ("Cy Dahl", "the vault is open"))]))
        first = web_archive(desk.store, "ferry", "The ferry", {"onrecord/annotations.json": b"{}\n"})
        assert first == web_archive(desk.store, "ferry", "The ferry", {"onrecord/annotations.json": b"{}\n"})
        with pytest.raises(UsageError, match="no story 'none'"):
            web_archive(desk.store, "none", "None")
    return first


def _members(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.testzip() is None
        assert all(one.compress_type == zipfile.ZIP_STORED for one in file.infolist() if one.filename.endswith(".gz"))
        return {one: file.read(one) for one in file.namelist()}


def test_the_package_lists_every_member_with_its_digest(made: bytes) -> None:
    members = _members(made)
    package = json.loads(members["datapackage.json"])
    assert (package["profile"], package["wacz_version"], package["title"]) == ("data-package", "1.1.1", "The ferry")
    assert {one["path"] for one in package["resources"]} == set(members) - {
        "datapackage.json",
        "datapackage-digest.json",
    }
    for one in package["resources"]:
        raw = members[one["path"]]
        assert (one["hash"], one["bytes"]) == (f"sha256:{hashlib.sha256(raw).hexdigest()}", len(raw))
    told = json.loads(members["datapackage-digest.json"])
    assert told["hash"] == f"sha256:{hashlib.sha256(members['datapackage.json']).hexdigest()}"


def _index(members: dict[str, bytes]) -> list[tuple[str, dict[str, Any]]]:
    lines = gzip.decompress(members["indexes/index.cdx.gz"]).decode().splitlines()
    assert lines == sorted(lines)
    return [(line.split(" ", 2)[0], json.loads(line.split(" ", 2)[2])) for line in lines]


def test_the_index_leads_to_each_record(made: bytes, readings: tuple[Reading, ...]) -> None:
    members = _members(made)
    found = _index(members)
    assert [key for key, _ in found][:3] == ["example,quay)/ferry?a=1&b=2", "example,two)/a", "example,two)/b"]
    for _, told in found:
        piece = members[ARCHIVE][told["offset"] : told["offset"] + told["length"]]
        assert told["recordDigest"] == f"sha256:{hashlib.sha256(piece).hexdigest()}"
        (one,) = list(_iterated(piece))
        assert one[0] == told["url"] and told["filename"] == "data.warc.gz"
    # Word for word what came, with its date and its digests.
    raw = readings[0].capture.raw
    assert raw in gzip.decompress(members[ARCHIVE]) and readings[1].capture.raw in gzip.decompress(members[ARCHIVE])
    (head, *blocks) = members["indexes/index.idx"].decode().splitlines()
    assert head.startswith("!meta 0 ") and len(blocks) == 1
    block = json.loads(blocks[0].split(" ", 2)[2])
    assert (block["offset"], block["length"]) == (0, len(members["indexes/index.cdx.gz"]))


def _iterated(raw: bytes) -> Any:
    archive = ArchiveIterator(io.BytesIO(raw), check_digests="raise")
    for one in archive:
        yield one.rec_headers.get_header("WARC-Target-URI"), one.rec_type, one.content_stream().read()


def test_warcio_reads_all_records_and_their_digests(made: bytes, readings: tuple[Reading, ...]) -> None:
    found = list(_iterated(_members(made)[ARCHIVE]))
    assert [one[:2] for one in found] == [
        (None, "warcinfo"),
        (URL, "response"),
        # Nobody saw the page that a file says it is: it stands under the desk's own name.
        ("urn:onrecord:ferry:report:02", "resource"),
        ("https://two.example/a", "response"),
        ("https://two.example/b", "response"),
        ("urn:onrecord:ferry:report:04", "resource"),
    ]
    assert found[1][2] == PAGE.encode()
    assert found[2][2] == readings[1].capture.raw and found[5][2] == b"WARC/1.0\r\nnothing"


def test_pages_are_told_with_their_headlines(made: bytes) -> None:
    head, *pages = [json.loads(line) for line in _members(made)["pages/pages.jsonl"].splitlines()]
    assert head["format"] == "json-pages-1.0"
    assert [(one["url"], one["title"]) for one in pages][:2] == [
        (URL, "News of 01_quay"),
        ("urn:onrecord:ferry:report:02", "News of 02_post"),
    ]


def test_our_own_reader_takes_the_archive(made: bytes, tmp_path: Path) -> None:
    place = tmp_path / "ferry.wacz"
    place.write_bytes(made)
    found = onrecord.read(place)
    assert [one.url for one in found.reports][:1] == [URL] and "No doubt" in found.reports[0].text
    assert not [note for one in found.reports for note in one.notes if "digest" in note]


def test_the_command_writes_it_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk, out = str(tmp_path / "desk.db"), tmp_path / "ferry.wacz"
    with open_desk(desk, PlainBuilder(), create=True) as held:
        list(held.add("ferry", [reading("01_wire", ("Ola Brandt", "the ferry will sail"))]))
    for wrong in (
        ["ferry", "--wacz", str(tmp_path / "none" / "x")],
        ["none", "--wacz", str(out)],
        ["--wacz", str(out)],
    ):
        assert run(["export", *wrong, "--desk", desk]) == 2
        assert capsys.readouterr().err.count(" · ") == 2
    assert run(["export", "ferry", "--wacz", "/dev/full", "--desk", desk]) == 2
    assert "no space" in capsys.readouterr().err and not out.exists()
    assert run(["export", "ferry", "--wacz", str(out), "--desk", desk]) == 0
    told = capsys.readouterr().out
    assert hashlib.sha256(out.read_bytes()).hexdigest() in told
    notes = json.loads(_members(out.read_bytes())["onrecord/annotations.json"])
    assert notes["type"] == "AnnotationPage" and notes["items"]


def test_addresses_are_sorted_by_their_site() -> None:
    assert sort_key("https://www2.Quay.example/") == "example,quay)/"
    assert sort_key("https://quay.example:8080/x/?b&a") == "example,quay:8080)/x?a&b"
    assert sort_key("https://quay.example") == "example,quay)/"
    assert sort_key("urn:onrecord:ferry:report:02") == "urn:onrecord:ferry:report:02"
    assert sort_key("http://[broken") == "http://[broken"


@pytest.fixture(scope="module")
def key() -> Any:
    """A newsroom's private key."""
    ec = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ec", reason="cryptography is not installed")
    return ec.generate_private_key(ec.SECP384R1())


def _pem(key: Any, password: bytes | None = None) -> bytes:
    from cryptography.hazmat.primitives import serialization as forms

    how = forms.BestAvailableEncryption(password) if password else forms.NoEncryption()
    pem: bytes = key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, how)
    return pem


@pytest.fixture(scope="module")
def signed(key: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small archive, signed."""
    with open_desk(str(tmp_path_factory.mktemp("signed") / "desk.db"), PlainBuilder(), create=True) as desk:
        list(desk.add("ferry", [_fetched("01_quay", URL, PAGE)]))
        made = [web_archive(desk.store, "ferry", "The ferry", None, signer(_pem(key), "key.pem")) for _ in "ab"]
    assert made[0] == made[1]
    return made[0]


def _changed(made: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The archive with what its digest file says changed."""
    members = _members(made)
    told = json.loads(members["datapackage-digest.json"])
    change(told)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, raw in {**members, "datapackage-digest.json": json.dumps(told).encode()}.items():
            file.writestr(name, raw)
    return buffer.getvalue()


def _notes(raw: bytes, folder: Path) -> str:
    (folder / "a.wacz").write_bytes(raw)
    (report,) = onrecord.read([folder / "a.wacz"]).reports
    return " · ".join(report.notes)


def test_the_signature_is_of_the_lists_digest_and_holds_by_the_key_that_comes_with_it(signed: bytes, key: Any) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    members = _members(signed)
    told = json.loads(members["datapackage-digest.json"])
    given = told["signedData"]
    assert given["created"] == json.loads(members["datapackage.json"])["created"]
    # No property but those of an anonymous signature, as the specification asks.
    assert set(given) == {"hash", "created", "software", "version", "signature", "publicKey"}
    assert given["hash"] == told["hash"]
    public: Any = load_der_public_key(base64.b64decode(given["publicKey"]))
    assert public == key.public_key()
    public.verify(base64.b64decode(given["signature"]), given["hash"].encode(), ECDSA(SHA256()))


def test_reading_tells_whose_key_signed_it(signed: bytes, key: Any, tmp_path: Path) -> None:
    print_of_key = signer(_pem(key), "key.pem").fingerprint
    assert f"signed by the key sha256:{print_of_key}, as it says on 20" in _notes(signed, tmp_path)


def test_a_signature_as_browsers_write_it_is_read(signed: bytes, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    def plain(told: dict[str, Any]) -> None:
        numbers = decode_dss_signature(base64.b64decode(told["signedData"]["signature"]))
        raw = b"".join(one.to_bytes(48, "big") for one in numbers)
        told["signedData"]["signature"] = base64.b64encode(raw).decode()

    assert "signed by the key" in _notes(_changed(signed, plain), tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"signature": base64.b64encode(b"0" * 96).decode()}, "does not fit its key"),
        ({"hash": "sha256:00"}, "of another list"),
        ({"publicKey": "AAAA"}, "cannot be read"),
        ({"publicKey": 7, "domainCert": "none"}, "cannot be read"),
        ({"signature": None}, "cannot be read"),
    ],
)
def test_a_signature_that_does_not_fit_is_told(
    signed: bytes, tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    notes = _notes(_changed(signed, lambda one: one["signedData"].update(change)), tmp_path)
    assert told in notes and "signed by" not in notes


def test_what_is_no_key_to_sign_with_is_refused(key: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    place = tmp_path / "key.pem"
    for pem, told in (
        (b"no key", "no private key in it"),
        (_pem(key, b"secret"), "a key under a password"),
        (_pem(Ed25519PrivateKey.generate()), "no key for ECDSA"),
    ):
        place.write_bytes(pem)
        asked = ["export", "ferry", "--wacz", str(tmp_path / "f.wacz"), "--sign", str(place), "--desk", "no.db"]
        assert run(asked) == 2 and told in capsys.readouterr().err
    assert not (tmp_path / "f.wacz").exists()


def test_files_that_a_desk_was_given_are_read_back_from_its_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "a.txt": "Ferry stops\n\nMina Voss said the ferry would stop on Friday.\n",
        "b.txt": "Pier closed\n\nOtto Lund said the pier was closed.\n",
        "c.html": "<html><title>Quay</title><article><p>Ida Brandt said that the quay had been sold.</p></article>",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    desk, archive = str(tmp_path / "desk.db"), tmp_path / "ferry.wacz"
    assert run(["add", "ferry", *(str(tmp_path / name) for name in texts), "--desk", desk]) == 0
    assert run(["export", "ferry", "--wacz", str(archive), "--desk", desk]) == 0
    capsys.readouterr()
    reports = onrecord.read([archive]).reports
    assert {texts["a.txt"], texts["b.txt"]} < {report.text for report in reports}
    assert len(reports) == 3 and any("the quay had been sold" in report.text for report in reports)
    assert all(report.url is None for report in reports)
