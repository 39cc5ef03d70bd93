"""The commands that tell what changed, and that write a desk for other programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.test_desk import SECOND, desk, filled, said
from tests.notifying.receiver import receiving

__all__ = ["desk", "filled"]


def test_what_changed_is_told_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "in" / "03_post.txt").write_text(SECOND.replace("Tomas Reyl, the harbour master", "Ada Holm, a pilot"))
    feed = said(capsys, "alert", "add", "bridge", "--to", "feed")
    assert re.search(r"/feeds/[0-9a-f]{8}/[\w-]+\.atom", feed)
    ident = feed.split()[0]
    with receiving() as receiver:
        made = json.loads(said(capsys, "alert", "add", "--search", "Holm", "--to", receiver.address, "-f", "json"))
        assert made["secret"].startswith("whsec_") and made["kinds"][-1] == "statement"
        assert said(capsys, "notify", "--once", "--allow-private", "--tagger", "rules") == ""
        said(capsys, "add", "bridge", str(desk / "in"), "--tagger", "rules")
        told = said(capsys, "notify", "--once", "--allow-private", "--tagger", "rules")
        assert "denied anew" in told and f"sent: {made['id']}-1" in told
        assert said(capsys, "notify", "--once", "--allow-private", "--tagger", "rules") == ""
        assert len(receiver.ids) == 1
        assert "1 notice from 1 on will be sent again" in said(capsys, "alert", "replay", made["id"])
        receiver.status = 500
        fault = said(capsys, "notify", "--once", "--allow-private", "--tagger", "rules", status=1)
        assert "answered 500 Internal Server Error · tried again" in fault
    listed = said(capsys, "alert", "list")
    assert "1 notice waits" in listed and "the last try failed: answered 500" in listed
    assert "1 notice waits" in said(capsys, "alert", "resume", made["id"])
    assert said(capsys, "alert", "feed", ident).count("<entry>") == 1
    assert "removed: " in said(capsys, "alert", "remove", ident)
    assert "no alert" in said(capsys, "alert", "remove", ident, status=2)
    digest = said(capsys, "digest", "--since", "1h", "--tagger", "rules")
    assert digest.startswith("1 change since") or "new, d" in digest
    assert said(capsys, "digest", "--since", "2099-01-01", "--tagger", "rules").startswith("0 changes since 2099")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (["alert", "add", "bridge", "--to", "quay"], "is no place to tell"),
        (["alert", "add", "bridge", "--to", "feed", "--claim", "C1", "--speaker", "Ada"], "more than one thing"),
        (["alert", "add", "bridge", "--to", "feed", "--kind", "rumour"], "no such kind"),
        (["digest", "none"], "no story 'none'"),
        (["export", "bridge"], "nothing to write"),
        (["export", "--pack", "x.zip"], "no story named"),
        (["export", "--datasette", "."], "it is there already"),
        (["export", "--datasette", "no/such/place"], "cannot write"),
        (["brief", "bridge", "--format", "xlsx"], "is no text · standard output"),
        (["brief", "bridge", "--format", "claimreview", "--tagger", "rules"], "no claim that a person accepted"),
    ],
)
def test_a_wrong_request_is_one_line(
    desk: Path, capsys: pytest.CaptureFixture[str], line: list[str], fault: str
) -> None:
    told = said(capsys, *line, status=2)
    assert fault in told and told.count("\n") == 1


def test_a_desk_is_written_for_datasette_and_a_claim_as_review(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = desk / "published"
    assert "1 story" in said(capsys, "export", "--datasette", str(folder))
    assert sorted(one.name for one in folder.iterdir()) == ["metadata.yml", "stories.db"]
    said(capsys, "decide", "bridge", "accept", "C1", "--why", "both sides heard")
    page = said(capsys, "brief", "bridge", "--format", "claimreview", "--tagger", "rules")
    assert '"@type": "ClaimReview"' in page and '"name": "Ida"' in page
    out = desk / "story.db"
    said(capsys, "brief", "bridge", "--format", "sqlite", "--out", str(out), "--tagger", "rules")
    assert out.read_bytes().startswith(b"SQLite format 3")


def test_an_export_into_a_full_disk_leaves_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    told = said(capsys, "brief", "bridge", "--format", "sqlite", "--out", str(full), "--tagger", "rules", status=2)
    assert "cannot write: no space left on device" in told and told.count("\n") == 1
