"""Paths in, reports and one counted outcome each out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate, Outcome
from onrecord.reading.intake import Intake, read
from onrecord.reading.limits.record_limits import LIMITS
from tests.reading.makers import PARAGRAPHS, PLAIN, TITLE, make_html


def only(intake: Intake) -> Outcome:
    """The one outcome of a reading."""
    assert len(intake.outcomes) == 1, intake.outcomes
    return intake.outcomes[0]


def write(folder: Path, name: str, body: str | bytes) -> Path:
    """A file with these words or bytes."""
    path = folder / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def test_plain_text_is_kept_to_the_character(tmp_path: Path) -> None:
    body = "\ufeffHead line of this day\r\n\r\n  “Yes,” she said. \t\n\n"
    report = read([write(tmp_path, "a.txt", body)]).reports[0]
    assert report.text == body
    assert report.loci[0].end_byte == len(body.encode())


def test_arguments_order_changes_nothing(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{n:02}_x.txt", f"{PLAIN} number {n}.") for n in range(4)] + [tmp_path / "gone.txt"]
    assert read(paths) == read(paths[::-1])


def test_ids_are_short_and_unique(tmp_path: Path) -> None:
    for name in ("01_a.txt", "02_b.txt", "02_c.txt", "Über Brücken.txt"):
        write(tmp_path, name, f"{PLAIN} {name}")
    assert {one.id for one in read([tmp_path]).reports} == {"01", "02-b", "02-c", "uber-brucken"}


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("deep.html", b"<html><body>" + b"<div>" * 50_000 + b"x" + b"</div>" * 50_000, "nested"),
        ("menu.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>", "no article text"),
        ("settings.json", b'{"a": {"b": [1, 2]}}', "JSON without reports"),
    ],
)
def test_bad_files_are_refused_with_a_reason(tmp_path: Path, name: str, body: bytes, reason: str) -> None:
    intake = read([write(tmp_path, name, body)])
    assert only(intake).fate is Fate.REFUSED
    assert reason in (only(intake).reason or "")
    assert intake.reports == ()


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(LIMITS["file_mb"].most * 2_000_000)
    assert "200 MB, more than 100 MB" in (only(read([path])).reason or "")


def test_missing_paths_and_empty_folders_are_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    intake = read([tmp_path / "gone.txt", tmp_path / "empty"])
    assert [one.fate for one in intake.outcomes] == [Fate.REFUSED, Fate.REFUSED]
    assert all(one.reason for one in intake.outcomes)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "shut.txt", PLAIN)
    path.chmod(0)
    assert "permission" in (only(read([path])).reason or "")


def test_equal_bytes_are_read_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        write(tmp_path, name, PLAIN)
    intake = read([tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "a.txt"])
    fates = {(one.input, one.fate) for one in intake.outcomes}
    assert fates == {("a.txt", Fate.READ), ("a.txt", Fate.DUPLICATE), ("b.txt", Fate.DUPLICATE)}
    assert [one.file for one in intake.reports] == ["a.txt"]


def test_apparatus_is_no_report(tmp_path: Path) -> None:
    write(tmp_path, "01_a.txt", PLAIN)
    for name in ("gold.json", ".hidden.txt"):
        write(tmp_path, name, "{}")
    write(tmp_path, "tool.py", "print('no report')")
    intake = read([tmp_path])
    assert [(one.input, one.fate) for one in intake.outcomes] == [("01_a.txt", Fate.READ), ("tool.py", Fate.REFUSED)]


def test_meta_json_is_read_for_a_single_file_and_contradictions_are_noted(tmp_path: Path) -> None:
    path = write(tmp_path, "01_a.txt", f"7 March 2031\n\n{PLAIN}")
    entry = {"file": "01_a.txt", "outlet": "Harbour Courier", "date": "2031-05-04", "headline": TITLE, "url": None}
    write(tmp_path, "meta.json", json.dumps({"articles": [entry]}))
    report = read([path]).reports[0]
    assert (report.outlet, report.headline) == ("Harbour Courier", TITLE)
    assert report.published is not None and report.published.isoformat() == "2031-05-04"
    assert any("2031-03-07" in note for note in report.notes)
    chosen = [one for one in report.evidence if one.field == "published" and one.chosen]
    assert [one.found_in for one in chosen] == ["meta.json"]


def test_broken_meta_json_is_said_and_the_reports_are_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", PLAIN)
    write(tmp_path, "meta.json", "{broken")
    intake = read([tmp_path])
    assert len(intake.reports) == 1
    assert [one.input for one in intake.outcomes if one.fate is Fate.REFUSED] == ["meta.json"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le"])
def test_encodings_are_found_and_noted(tmp_path: Path, encoding: str) -> None:
    body = "Señora Müller said: the café à côté is closed. " * 20
    report = read([write(tmp_path, "a.txt", body.encode(encoding))]).reports[0]
    assert report.text == body
    assert any("decoded as" in note for note in report.notes)


def test_versions_of_one_page_are_a_chain_and_copies_are_noted(tmp_path: Path) -> None:
    first = make_html()
    second = make_html(
        paragraphs=(*PARAGRAPHS, "Update: the board has withdrawn its statement."), when="2031-05-04T12:00:00Z"
    )
    write(tmp_path, "a.html", first)
    write(tmp_path, "b.html", second)
    write(tmp_path, "copy.txt", PLAIN)
    intake = read([tmp_path])
    by_id = {one.id: one for one in intake.reports}
    assert by_id["b"].revises == "a"
    assert [one.fate for one in intake.outcomes] == [Fate.READ, Fate.REVISED, Fate.READ]
    assert any("near copy of report a" in note for note in by_id["copy"].notes)
    assert not any("near copy of report b" in note for note in by_id["a"].notes)


def test_a_link_to_nowhere_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [one.fate for one in read([tmp_path]).outcomes] == [Fate.REFUSED, Fate.REFUSED]
    assert [one.fate for one in read([tmp_path / "pipe.txt"]).outcomes] == [Fate.REFUSED]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"\x1f\x8b\x08", "a gzip file"), (b"PK\x03\x04", "a zip archive"), (b"Rar!\x1a", "a RAR archive"),
        (b"\xd0\xcf\x11\xe0", "an old or a locked Office file"), (b"\x7fELF", "binary data"),
    ],
)  # fmt: skip
def test_what_is_packed_is_named(tmp_path: Path, start: bytes, told: str) -> None:
    path = tmp_path / "report.bin"
    path.write_bytes(start + bytes(range(256)) * 8)
    (outcome,) = read([path]).outcomes
    assert outcome.fate is Fate.REFUSED and told in (outcome.reason or "")
