"""Time stamps: of the head, by the pinned authority, kept until it can be asked, checked with all the rest."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from onrecord.cli.app import run
from onrecord.datamodel.entry import EntryType
from onrecord.errors import LedgerError, ReadError, UsageError
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk
from onrecord.ledger.packing.pack import pack
from onrecord.ledger.stamping import stamp, stamps
from tests.ledger.authority import Authority
from tests.ledger.builder import reading

pytest.importorskip("rfc3161_client", reason="the extra is not installed (pip install onrecord[timestamp])")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority."""
    return Authority(tmp_path_factory.mktemp("authority") / "one")


def offline(url: str, request: bytes) -> bytes:
    """Nobody there."""
    raise ReadError(f"{url}: no answer (ConnectError); try again later")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk of one report."""
    list(desk.add("dam", [reading("01_wire", ("Ann", "the dam holds"))]))
    return desk


@pytest.mark.parametrize("pinned", ["leaf", "chain"])
def test_the_head_is_stamped_and_checked(filled: Desk, authority: Authority, pinned: str) -> None:
    head = filled.head()
    before = filled.story("dam")
    (one,) = stamp(filled.store, "https://tsa.example", getattr(authority, pinned).read_text(), authority.answer)
    assert (one.seq, one.hash) == head and one.at is not None
    found = verify(filled.store)
    assert found.faults == () and found.stamps == 1
    assert [shelf.name for shelf in filled.stories()] == ["dam"] and filled.story("dam") == before
    assert list(stamp(filled.store, "https://tsa.example", authority.leaf.read_text(), authority.answer)) == []


def test_offline_it_waits_and_is_sent_at_the_next_chance(filled: Desk, authority: Authority) -> None:
    pem = authority.chain.read_text()
    (waits,) = stamp(filled.store, "https://tsa.example", pem, offline)
    assert waits.at is None and "no answer" in waits.why and verify(filled.store).faults == ()
    list(filled.add("dam", [reading("02_wire", ("Bo", "it leaks"))]))
    first, second = stamp(filled.store, "https://tsa.example", pem, authority.answer)
    assert first.seq == waits.seq and first.request == waits.request and first.at and second.at
    assert [one.seq for one in stamps(filled.store) if one.at] == [first.seq, second.seq]
    assert verify(filled.store).stamps == 2


def test_another_authority_is_not_believed(filled: Desk, authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path / "other", "Other")
    for answer in (other.answer, lambda url, request: b"no stamp at all"):
        with pytest.raises(LedgerError, match="no stamp of this head"):
            list(stamp(filled.store, "https://tsa.example", authority.chain.read_text(), answer))
    assert verify(filled.store).stamps == 0 and not any(one.at for one in stamps(filled.store))
    (done,) = stamp(filled.store, "https://other.example", other.chain.read_text(), other.answer)
    assert done.at and verify(filled.store).stamps == 1


def test_a_stamp_of_another_head_is_not_taken(filled: Desk, authority: Authority) -> None:
    from rfc3161_client import TimestampRequestBuilder

    def other(url: str, request: bytes) -> bytes:
        return authority.answer(url, TimestampRequestBuilder(b"something else").build().as_bytes())

    with pytest.raises((LedgerError, AssertionError)):
        list(stamp(filled.store, "https://tsa.example", authority.chain.read_text(), other))


def test_a_forged_stamp_on_record_is_named(filled: Desk, authority: Authority) -> None:
    import base64

    from onrecord.ledger.entries import Note, payload_of

    list(stamp(filled.store, "https://tsa.example", authority.chain.read_text(), authority.answer))
    good = payload_of([one for one in filled.log() if one.act is EntryType.STAMPED][-1])
    raw = bytearray(base64.b64decode(good["response"]))
    raw[-20] ^= 1
    forged = {**good, "response": base64.b64encode(bytes(raw)).decode()}
    with filled.store.writer() as writer:
        entry = writer.enter(Note(by="tool:x", act=EntryType.STAMPED, story="", subject="head", payload=forged))
    assert any(fault.startswith(f"entry {entry.seq}: no stamp") for fault in verify(filled.store).faults)


def test_a_pack_carries_stamps_that_openssl_checks(filled: Desk, authority: Authority, tmp_path: Path) -> None:
    (one,) = stamp(filled.store, "https://tsa.example", authority.leaf.read_text(), authority.answer)
    with zipfile.ZipFile(io.BytesIO(pack(filled.store, "dam"))) as held:
        held.extractall(tmp_path / "pack")
    place = tmp_path / "pack" / "stamps"
    line = ["openssl", "ts", "-verify", "-data", f"{one.seq}.txt", "-in", f"{one.seq}.tsr", "-CAfile"]
    done = subprocess.run(
        [*line, str(authority.place / "root.pem"), "-untrusted", str(authority.leaf)],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr
    assert subprocess.run(["python3", str(tmp_path / "pack" / "verify.py")], check=False).returncode == 0


def test_what_is_no_certificate_is_said(filled: Desk) -> None:
    with pytest.raises(UsageError, match="no certificate"):
        list(stamp(filled.store, "https://tsa.example", "hello", offline))


def test_the_command(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_DESK", str(tmp_path / "desk.db"))
    (tmp_path / "01.txt").write_text("The dam holds, the mayor said on Sunday at the board's meeting in town.")
    assert run(["add", "dam", str(tmp_path / "01.txt"), "--tagger", "rules"]) == 0
    line = ["--certificate", str(authority.chain), "--allow-private"]
    assert run(["stamp", "--authority", "http://127.0.0.1:49151/tsr", *line]) == 0
    assert "waits: entry 3" in capsys.readouterr().out
    with authority.served() as url:
        assert run(["stamp", "--authority", url, *line, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    # What was asked of an authority that is not there waits on; the one that is there is asked anew.
    assert [one["at"] is not None for one in told] == [True]
    assert run(["verify"]) == 0
    assert run(["stamp", "--authority", "tsa", *line]) == 2
    assert run(["stamp", "--authority", "https://tsa.example", "--certificate", str(tmp_path / "none.pem")]) == 2
