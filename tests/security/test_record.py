"""The record: what is cut, written anew, hidden, or put beside it is named, and nothing derived is believed over it."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord import desk_pipeline
from onrecord.cli.app import run
from onrecord.datamodel.moment import moment
from onrecord.datamodel.story import Story
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.custody.witnessing import head_line, told_heads
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.packing.custody import MANIFEST, Head, Pack, check, link_digest, manifest_of
from onrecord.ledger.packing.pack import pack, sealed
from onrecord.ledger.stamping import stamp
from onrecord.ledger.storage.columns import packed as packed_story
from onrecord.ledger.storage.copying import copy as copied
from tests.bridge_story import TEXTS
from tests.ledger.authority import Authority
from tests.ledger.builder import Clock, PlainBuilder, reading
from tests.ledger.flipping import run_sql


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with two stories and a withdrawal."""
    list(desk.add("dam", [reading("01_gazette", ("Ann Orr", "the dam holds")), reading("02_wire", ("Bo", "it rains"))]))
    desk.withdraw("dam", "02", by="Ida", why="killed by the wire")
    list(desk.add("tram", [reading("03_post", ("Cy", "the tram runs"))]))
    return desk


EDITS = {
    "a statement is another": "UPDATE statements SET words = 'The minister ordered the cover-up.' WHERE line = 1",
    "a withdrawn report is current": "UPDATE reports SET state = 'current'",
    "a report is of another address": "UPDATE reports SET url = 'https://elsewhere.example/' WHERE report = '01'",
    "the statements are dropped": "DELETE FROM statements",
    "the reports are dropped": "DELETE FROM reports",
    "a statement is put there": "INSERT INTO statements SELECT id + 50, entry, line + 50, story, report, speaker, act,"
    " 'Nobody said this.', folded, folded_speaker FROM statements WHERE line = 1",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_of_what_is_derived_is_named_and_mended(edit: str, filled: Desk) -> None:
    assert verify(filled.store).faults == ()
    run_sql(filled.store, edit)
    found = verify(filled.store)
    assert found.derived == len(found.faults) > 0
    filled.rebuild()
    assert verify(filled.store).faults == ()


def test_nothing_is_entered_twice_after_the_reports_were_dropped(filled: Desk) -> None:
    run_sql(filled.store, "DELETE FROM reports")
    (again,) = filled.add("dam", [reading("01_gazette", ("Ann Orr", "the dam holds"))])
    assert again.entries == ()
    assert verify(filled.store).faults == ()


def test_a_telling_that_was_edited_is_named_and_told_anew(filled: Desk) -> None:
    story = filled.story("dam")
    bent = replace(story.claims[0], text="The minister ordered the cover-up.")
    _put_telling(filled, replace(story, claims=(bent, *story.claims[1:])))
    assert filled.story("dam").claims[0].text == bent.text, "the attempt must work, else it shows nothing"
    assert filled.check_tellings() == ("derived telling of story 'dam': it does not tell what was entered",)
    assert filled.story("dam") == story
    assert filled.check_tellings() == ()


def test_what_is_exported_is_told_from_the_entries(filled: Desk) -> None:
    story = filled.story("dam")
    _put_telling(filled, replace(story, notes=("The minister ordered the cover-up.",)))
    assert filled.tell_anew("dam") == story == filled.story("dam")


def test_a_telling_of_an_earlier_instant_that_was_edited_is_named(filled: Desk) -> None:
    early = moment("2031-03-08")
    story = filled.story("dam", early)
    forged = packed_story(replace(story, claims=(replace(story.claims[0], text="The minister ordered the cover-up."),)))
    run_sql(filled.store, "UPDATE told SET body = :body WHERE NOT whole", body=forged)
    assert filled.story("dam", early) != story, "the attempt must work, else it shows nothing"
    (fault,) = filled.check_tellings()
    assert "derived telling of story 'dam'" in fault
    assert filled.story("dam", early) == story


def test_a_telling_that_nobody_told_is_named(filled: Desk) -> None:
    story = filled.story("dam")
    columns = "story, version, whole"
    run_sql(
        filled.store,
        f"INSERT INTO told ({columns}, key, head, body) SELECT {columns}, 'k', 999, :body FROM told",
        body=packed_story(replace(story, notes=("The minister ordered the cover-up.",))),
    )
    latest = filled.latest_snapshot("dam")
    assert latest and "cover-up" in str(latest[1].notes), "the attempt must work, else it shows nothing"
    assert len(filled.check_tellings()) == 1
    latest = filled.latest_snapshot("dam")
    assert latest and latest[1] == story


@pytest.mark.parametrize(
    "edit", ["UPDATE claim_words SET text = 'The minister ordered the cover-up.'", "DELETE FROM claim_words"]
)
def test_claims_in_the_search_that_were_edited_are_named_and_mended(edit: str, filled: Desk) -> None:
    filled.story("dam")
    assert filled.check_tellings() == ()
    run_sql(filled.store, edit)
    (fault,) = filled.check_tellings()
    assert "search of claims" in fault
    assert filled.check_tellings() == ()


@pytest.mark.parametrize(("table", "source"), [("statements_search", "statements"), ("texts_search", "report_texts")])
def test_a_search_that_hides_something_is_named_and_mended(table: str, source: str, filled: Desk) -> None:
    if filled.store.engine.dialect.name != "sqlite":
        pytest.skip("a server keeps its index itself")
    columns = {"statements": ("id", "folded", "folded_speaker"), "report_texts": ("entry", "folded")}[source]
    named, held = ", ".join(("rowid", *columns[1:])), ", ".join(columns)
    hide = f"INSERT INTO {table}({table}, {named}) SELECT 'delete', {held} FROM {source} LIMIT 1"
    run_sql(filled.store, hide)
    (fault,) = verify(filled.store).faults
    assert f"derived search {table}" in fault
    filled.rebuild()
    assert verify(filled.store).faults == ()


def test_an_id_of_a_claim_that_was_made_to_mean_another_is_named_and_forgotten(
    tmp_path: Path,
) -> None:
    for name, words in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as held:
        list(desk_pipeline.add(held, "bridge", sorted(tmp_path.glob("*.txt")), "rules"))
        one, other, *_ = held.story("bridge").claims
        assert verify(held.store).faults == ()
        take = "(SELECT anchor FROM claim_addresses WHERE address = :other)"
        run_sql(
            held.store, f"UPDATE claim_addresses SET anchor = {take} WHERE address = :one", one=one.id, other=other.id
        )
        (fault,) = verify(held.store).faults
        assert one.id in fault
        held.rebuild()
        assert verify(held.store).faults == ()


def _put_telling(held: Desk, story: Story) -> None:
    with held.store.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE told SET body = :body WHERE story = 'dam'"), {"body": packed_story(story)})


# What was cut or written anew.


def _cut(held: Desk, seq: int) -> None:
    """Cut what follows an entry, and set the head back, as somebody with the file can."""
    entry = held.entry(seq)
    for table in ("entries", "reports", "statements"):
        run_sql(held.store, f"DELETE FROM {table} WHERE {'seq' if table == 'entries' else 'entry'} > {seq}")
    run_sql(held.store, f"DELETE FROM archive WHERE sha256 NOT IN ({_named(held)})")
    run_sql(held.store, "UPDATE head SET seq = :seq, hash = :hash", seq=seq, hash=entry.hash)
    held.rebuild()


def _named(held: Desk) -> str:
    told = [json.loads(one.payload) for one in held.log()]
    return ", ".join(f"'{one[key]}'" for one in told for key in ("raw", "text") if key in one)


@pytest.mark.parametrize("seq", [3, 6, 7])
def test_a_cut_of_the_tail_is_named_as_soon_as_one_earlier_head_is_known(
    seq: int, filled: Desk, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.txt"
    heads.write_text(head_line(filled.store) + "\n", encoding="utf-8")
    assert verify(filled.store, heads=told_heads(str(heads))).faults == ()
    _cut(filled, seq)
    assert verify(filled.store).faults == (), "without a witness nobody can tell"
    (fault,) = verify(filled.store, heads=told_heads(str(heads))).faults
    assert "what came after is gone" in fault


def test_a_record_that_was_written_anew_is_named_against_an_earlier_head(filled: Desk) -> None:
    witness = told_heads(head_line(filled.store))
    previous = "0" * 64
    entries = filled.log()
    for entry in entries:
        # Every entry of Ida's is of another, and the whole chain fits again.
        by = entry.by.replace("Ida", "Eve")
        from onrecord.ledger.entries import body_of

        now = link_digest(entry.seq, previous, body_of(replace(entry, by=by)))
        run_sql(
            filled.store,
            'UPDATE entries SET "by" = :who, previous = :before, hash = :hash WHERE seq = :seq',
            who=by,
            before=previous,
            hash=now,
            seq=entry.seq,
        )
        previous = now
    run_sql(filled.store, "UPDATE head SET hash = :hash", hash=previous)
    assert verify(filled.store).faults == ()
    (fault,) = verify(filled.store, heads=witness).faults
    assert "another than the one that was told earlier" in fault


def test_another_desk_is_a_witness(filled: Desk, tmp_path: Path) -> None:
    if filled.store.engine.dialect.name != "sqlite":
        pytest.skip("a copy of a file")
    copy = tmp_path / "copy.db"
    copied(filled.store, copy)
    list(filled.add("tram", [reading("04_post", ("Cy", "the tram stands"))]))
    assert verify(filled.store, heads=told_heads(str(copy))).faults == ()
    _cut(filled, 3)
    assert len(verify(filled.store, heads=told_heads(str(copy))).faults) == 1


def test_a_planted_trigger_is_named(filled: Desk) -> None:
    if filled.store.engine.dialect.name == "sqlite":
        run_sql(filled.store, "CREATE TRIGGER quiet AFTER INSERT ON entries BEGIN DELETE FROM statements; END")
        assert "file: a trigger 'quiet' that no desk has" in verify(filled.store).faults
    else:
        run_sql(filled.store, "CREATE RULE quiet AS ON DELETE TO statements DO INSTEAD NOTHING")
        assert "file: a rule 'quiet' that no desk has" in verify(filled.store).faults


@pytest.mark.parametrize("name", ["stories", "log", "captures", "decisions"])
def test_another_view_under_a_known_name_is_named(name: str, filled: Desk) -> None:
    run_sql(filled.store, f"DROP VIEW {name}")
    run_sql(filled.store, f"CREATE VIEW {name} AS SELECT 'dam' AS story, 1 AS entry")
    assert verify(filled.store).faults == (f"file: a view '{name}' that is not the one that a desk has",)


# Packs.


@pytest.fixture
def packed(filled: Desk, tmp_path: Path) -> Path:
    """The pack of a story, with its telling beside it."""
    place = tmp_path / "dam.zip"
    place.write_bytes(pack(filled.store, "dam", {"story.json": b'{"claims": ["the dam holds"]}'}))
    return place


def _rewritten(place: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    with zipfile.ZipFile(place) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    with zipfile.ZipFile(place, "w") as file:
        for name, raw in members.items():
            file.writestr(name, raw)
    return place


def _hide(members: dict[str, bytes]) -> None:
    """The withdrawal becomes a digest, as if it were another story's, and what lists the pack is made anew."""
    lines = [json.loads(line) for line in members["entries.jsonl"].splitlines()]
    lines = [{"seq": one["seq"], "body": one["body"]} if one.get("act") == "withdrawn" else one for one in lines]
    members["entries.jsonl"] = b"".join(json.dumps(one).encode() + b"\n" for one in lines)


def _relist(members: dict[str, bytes]) -> None:
    full = sum(b'"payload"' in line for line in members["entries.jsonl"].splitlines())
    counts = {"full": full, "digests": len(members["entries.jsonl"].splitlines()) - full}
    members.pop(MANIFEST)
    members[MANIFEST] = manifest_of(members, json.loads(members["head.json"]), counts)


PACK_EDITS: dict[str, Callable[[dict[str, bytes]], object]] = {
    "the story": lambda members: members.update({"story.json": b"The minister ordered the cover-up."}),
    "the README": lambda members: members.update({"README.txt": b"All is well."}),
    "the verifier": lambda members: members.update({"verify.py": b"print('whole')"}),
    "one file more": lambda members: members.update({"brief.html": b"The minister ordered the cover-up."}),
    "one file less": lambda members: members.pop("story.json") and None,
    "no manifest": lambda members: members.pop(MANIFEST) and None,
    "a hidden withdrawal": _hide,
}


@pytest.mark.parametrize("change", PACK_EDITS.values(), ids=PACK_EDITS.keys())
def test_every_edit_of_a_pack_is_named(change: Callable[[dict[str, bytes]], object], packed: Path) -> None:
    assert check(Pack(packed))[0] == []
    assert check(Pack(_rewritten(packed, change)))[0] != []


@pytest.mark.parametrize("change", [*[*PACK_EDITS.values()][:5], _hide])
def test_an_edit_whose_manifest_was_made_anew_is_named_by_the_seal(
    change: Callable[[dict[str, bytes]], object], packed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal = sealed(packed.read_bytes())
    assert run(["verify", "--pack", str(packed), "--seal", seal]) == 0
    _rewritten(packed, change)
    _rewritten(packed, _relist)
    assert check(Pack(packed))[0] == [], "without its seal nobody can tell"
    assert run(["verify", "--pack", str(packed), "--seal", seal]) == 1
    assert "seal: it is" in capsys.readouterr().err


def test_random_flips_of_a_pack_are_all_named(packed: Path) -> None:
    chance = random.Random(23)
    with zipfile.ZipFile(packed) as file:
        whole = {name: file.read(name) for name in file.namelist()}
    place = packed.with_name("bent.zip")
    for _ in range(60):
        name = chance.choice(sorted(whole))
        raw = bytearray(whole[name])
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        with zipfile.ZipFile(place, "w") as file:
            for one, held in {**whole, name: bytes(raw)}.items():
                file.writestr(one, held)
        try:
            faults = check(Pack(place), sealed_of(whole))[0]
        except (ValueError, LookupError, TypeError):
            continue
        assert faults, name


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("story.json", b"0" * 70_000_000),
        ("entries.jsonl", b"[" * 200_000),
        ("head.json", b"[]"),
        ("entries.jsonl", b'"x"\n'),
        ("manifest.json", b"[1]"),
    ],
    ids=["a bomb", "nested", "no head", "no entries", "no manifest"],
)
def test_a_hostile_pack_is_one_line(name: str, raw: bytes, packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(packed) as file:
        members = {one: file.read(one) for one in file.namelist()}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for one, held in {**members, name: raw}.items():
            file.writestr(one, held)
    assert run(["verify", "--pack", str(packed)]) == 2
    assert "no pack that can be read" in capsys.readouterr().err
    verifier = packed.with_name("verify.py")
    verifier.write_bytes(members["verify.py"])
    done = subprocess.run([sys.executable, str(verifier), str(packed)], capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout.startswith("damaged: ") and done.stderr == ""


def sealed_of(members: dict[str, bytes]) -> str:
    """The seal of a pack of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(MANIFEST, members[MANIFEST])
    return sealed(buffer.getvalue())


def test_a_pack_is_held_against_earlier_heads(packed: Path, filled: Desk) -> None:
    seq, last = filled.head()
    assert check(Pack(packed), heads=[Head(seq, last), Head(2, filled.entry(2).hash)])[0] == []
    faults = check(Pack(packed), heads=[Head(seq + 1, last), Head(2, last)])[0]
    assert [fault.partition(":")[0] for fault in faults] == ["head 2", f"head {seq + 1}"]


def test_a_stamp_of_an_authority_that_is_not_yours_is_named(filled: Desk, tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client", reason="the extra is not installed (pip install onrecord[timestamp])")
    mine, theirs = Authority(tmp_path / "mine"), Authority(tmp_path / "theirs", "Theirs")
    list(stamp(filled.store, "https://tsa.example", theirs.leaf.read_text(), theirs.answer))
    found = verify(filled.store)
    assert (found.faults, found.stamps, found.unnamed_stamps) == ((), 1, 1)
    (fault,) = verify(filled.store, authority=mine.leaf.read_text()).faults
    assert "another authority" in fault
    assert verify(filled.store, authority=theirs.leaf.read_text()).faults == ()


def test_a_clock_that_once_ran_ahead_is_told(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    with open_desk(place, PlainBuilder(), create=True, clock=Clock("2099-01-01T00:00:00Z")) as held:
        list(held.add("dam", [reading("01_gazette", ("Ann Orr", "the dam holds"))]))
        assert verify(held.store).ahead == 1
    with open_desk(str(tmp_path / "other.db"), PlainBuilder(), create=True) as held:
        list(held.add("dam", [reading("01_gazette", ("Ann Orr", "the dam holds"))]))
        assert verify(held.store).ahead == 0
