"""Random edits of a desk's file and of a pack: which of them are named, by what.

python -m benchmarks.security.tampering --edits 300 --seed 1

The desk holds two small stories with a decision, a withdrawal, a revision and several tellings. Each edit is done on a
copy. A cut of the tail, and a record that is written anew as a whole, can be named by an earlier head alone; a pack
that is written anew by its seal. Exits with 1 where any edit is not named by what it can be named by.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import text
from tests.bridge_story import TEXTS
from tests.ledger.flipping import flip_one, run_sql

from onrecord.datamodel.moment import moment
from onrecord.desk_pipeline import PipelineStoryBuilder, add
from onrecord.errors import OnRecordError
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.custody.witnessing import head_line, told_heads
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.entries import body_of
from onrecord.ledger.packing.custody import MANIFEST, Pack, check, link_digest, manifest_of
from onrecord.ledger.packing.pack import pack, sealed

FORGED = "The minister ordered the cover-up."
_EXAMPLE = Path(__file__).parents[2] / "examples" / "dam-memo"
# Columns in words of the tables beside the record, which commands and pages read.
_SHADOWS = {
    "reports": ("state", "outlet", "published", "headline", "url", "sha256", "root", "name", "file"),
    "statements": ("speaker", "act", "words", "folded", "folded_speaker", "report"),
    "report_texts": ("folded", "report"),
    "claim_words": ("text", "folded", "status", "notes"),
}
Edit = Callable[[Desk, random.Random], str]


def made(place: Path) -> None:
    """A desk with all that a record holds."""
    folder = place.parent / "in"
    folder.mkdir(exist_ok=True)
    for name, words in TEXTS.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    with closing(open_desk(str(place), PipelineStoryBuilder("rules"), create=True)) as held:
        list(add(held, "bridge", [folder], "rules"))
        (folder / "02.txt").write_text(TEXTS["02"] + "\nMr Reyl said on Monday that he had seen no memo.\n", "utf-8")
        list(add(held, "bridge", [folder], "rules"))
        story = held.story("bridge")
        wish = Wish(verdict="accept", ids=(story.claims[0].id,), why="read")  # type: ignore[arg-type]
        held.decide("bridge", decision_of(wish, story, held.scene(story), held.head()[0]), by="Vera")
        list(add(held, "dam", [_EXAMPLE], "rules"))
        held.withdraw("dam", held.story("dam").reports[0].id, by="Ida", why="killed by the wire")
        for name in ("bridge", "dam"):
            held.story(name)
        held.story("dam", moment("2031-03-07"))


# Edits of the desk.


def flipped(held: Desk, chance: random.Random) -> str:
    """A bit of an entry or of an archived file."""
    flipping = flip_one(held.store, chance)
    return f"a bit of {flipping.__enter__().column}"


def cut(held: Desk, chance: random.Random) -> str:
    """The last entries are gone, and all that knew of them."""
    seq = chance.randrange(1, held.head()[0])
    entry = held.entry(seq)
    run_sql(held.store, f"DELETE FROM entries WHERE seq > {seq}")
    _settle(held, seq, entry.hash)
    return "the tail cut"


def rewritten(held: Desk, chance: random.Random) -> str:
    """One entry says something else, and the whole chain after it was made anew."""
    target = chance.randrange(1, held.head()[0] + 1)
    field = chance.choice(("by", "at"))
    previous = "0" * 64
    for entry in held.log():
        one = entry
        if entry.seq == target:
            one = replace(entry, by="person:Eve") if field == "by" else replace(entry, at=entry.at.replace(year=2001))
        if one.seq < target:
            previous = one.hash
            continue
        now = link_digest(one.seq, previous, body_of(one))
        at = one.at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        run_sql(
            held.store,
            'UPDATE entries SET "by" = :who, at = :at, previous = :before, hash = :hash WHERE seq = :seq',
            who=one.by, at=at, before=previous, hash=now, seq=one.seq,
        )  # fmt: skip
        previous = now
    _settle(held, held.head()[0], previous)
    return "the chain written anew"


def dropped(held: Desk, chance: random.Random) -> str:
    """An entry from the middle is gone."""
    seq = chance.randrange(1, held.head()[0])
    run_sql(held.store, f"DELETE FROM entries WHERE seq = {seq}")
    return "an entry gone"


def shadowed(held: Desk, chance: random.Random) -> str:
    """A value of a table beside the record is another."""
    table = chance.choice(sorted(_SHADOWS))
    column, row = chance.choice(_SHADOWS[table]), _row(held, table, chance)
    other = chance.choice((FORGED, "withdrawn", "9999", "x"))
    run_sql(held.store, f"UPDATE {table} SET {column} = :value WHERE rowid = :row", value=other, row=row)
    return f"another {table}.{column}"


def shadow_gone(held: Desk, chance: random.Random) -> str:
    """A row of such a table is gone."""
    table = chance.choice(sorted(_SHADOWS))
    run_sql(held.store, f"DELETE FROM {table} WHERE rowid = :row", row=_row(held, table, chance))
    return f"a row of {table} gone"


def shadow_more(held: Desk, chance: random.Random) -> str:
    """Such a table has a row more."""
    table, key = chance.choice((("reports", "entry"), ("statements", "id"), ("report_texts", "entry")))
    columns = [one.name for one in held.store.metadata.tables[table].c] if hasattr(held.store, "metadata") else []
    names = columns or _columns(held, table)
    picked = ", ".join(f"{key} + 100000" if name == key else f'"{name}"' for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    row = _row(held, table, chance)
    run_sql(held.store, f"INSERT INTO {table} ({listed}) SELECT {picked} FROM {table} WHERE rowid = :row", row=row)
    return f"a row of {table} more"


def searched(held: Desk, chance: random.Random) -> str:
    """The search does not find a statement or a report that is there."""
    table, source, columns = chance.choice((
        ("statements_search", "statements", ("id", "folded", "folded_speaker")),
        ("texts_search", "report_texts", ("entry", "folded")),
    ))  # fmt: skip
    listed, row = ", ".join(columns), _row(held, source, chance)
    named = ", ".join(("rowid", *columns[1:]))
    run_sql(
        held.store,
        f"INSERT INTO {table}({table}, {named}) SELECT 'delete', {listed} FROM {source} WHERE rowid = :row",
        row=row,
    )
    return f"{table} hides one"


def retold(held: Desk, chance: random.Random) -> str:
    """A telling that is kept says something else."""
    from onrecord.datamodel.story import Story
    from onrecord.ledger.storage.columns import packed, unpacked

    with held.store.engine.connect() as connection:
        rows = connection.execute(text("SELECT rowid, whole, body FROM told ORDER BY rowid")).all()
    row = chance.choice(rows)
    story = unpacked(Story, row.body)
    bent = replace(story, claims=(replace(story.claims[0], text=FORGED), *story.claims[1:]))
    run_sql(held.store, "UPDATE told SET body = :body WHERE rowid = :row", body=packed(bent), row=row.rowid)
    return f"a telling {'as of now' if row.whole else 'as of an instant'}"


def planted(held: Desk, chance: random.Random) -> str:
    """A trigger, a view, or another view of a name that a desk has."""
    what = chance.choice((
        "CREATE TRIGGER quiet AFTER INSERT ON entries BEGIN DELETE FROM statements; END",
        "CREATE VIEW more AS SELECT 1",
        "DROP VIEW decisions; CREATE VIEW decisions AS SELECT 1 AS entry",
        "DROP VIEW stories; CREATE VIEW stories AS SELECT 'dam' AS story, 99 AS reports",
    ))  # fmt: skip
    for one in what.split("; C"):
        run_sql(held.store, one if one.startswith(("CREATE", "DROP")) else f"C{one}")
    return " ".join(what.split()[:3])


def readdressed(held: Desk, chance: random.Random) -> str:
    """The id of a claim means another."""
    with held.store.engine.connect() as connection:
        rows = connection.execute(text("SELECT rowid, story, anchor FROM claim_addresses ORDER BY rowid")).all()
    one = chance.choice(rows)
    other = chance.choice([row for row in rows if row.story == one.story and row.anchor != one.anchor])
    run_sql(held.store, "UPDATE claim_addresses SET anchor = :a WHERE rowid = :row", a=other.anchor, row=one.rowid)
    return "an address of a claim"


def headed(held: Desk, chance: random.Random) -> str:
    """The head names another entry."""
    run_sql(held.store, "UPDATE head SET seq = seq - 1" if chance.random() < 0.5 else "DELETE FROM head")
    return "the head"


DESK: tuple[Edit, ...] = (
    flipped, cut, rewritten, dropped, shadowed, shadowed, shadow_gone, shadow_more, searched, retold, planted,
    readdressed, headed,
)  # fmt: skip
# Nobody can name these without a head that was told earlier.
WITNESSED = ("the tail cut", "the chain written anew")


def _settle(held: Desk, seq: int, last: str) -> None:
    named = [json.loads(entry.payload) for entry in held.log()]
    known = ", ".join(f"'{one[key]}'" for one in named for key in ("raw", "text") if key in one)
    run_sql(held.store, f"DELETE FROM archive WHERE sha256 NOT IN ({known or repr('')})")
    run_sql(held.store, "UPDATE head SET seq = :seq, hash = :hash", seq=seq, hash=last)
    held.rebuild()
    for table in ("told", "claim_words", "claim_addresses"):
        run_sql(held.store, f"DELETE FROM {table}")


def _row(held: Desk, table: str, chance: random.Random) -> int:
    with held.store.engine.connect() as connection:
        return int(chance.choice(list(connection.execute(text(f"SELECT rowid FROM {table}")).scalars())))


def _columns(held: Desk, table: str) -> list[str]:
    with held.store.engine.connect() as connection:
        return [row.name for row in connection.execute(text(f"PRAGMA table_info({table})"))]


def tried(place: Path, edit: Edit, chance: random.Random, witness: str) -> tuple[str, str]:
    """An edit on a copy of a desk: what it was, and what named it ("", "verify", "an earlier head")."""
    work = place.with_name("edited.db")
    shutil.copy(place, work)
    try:
        with closing(open_desk(str(work), PipelineStoryBuilder("rules"))) as held:
            before = fingerprint(held)
            what = edit(held, chance)
            if fingerprint(held) == before:
                return "", ""
            heads = told_heads(witness) if what in WITNESSED else ()
            return what, named_by(held, heads)
    finally:
        for one in work.parent.glob("edited.db*"):
            one.unlink()


def named_by(held: Desk, heads: Any) -> str:
    """What names the fault of a desk, as `onrecord verify` goes about it."""
    try:
        found = verify(held.store)
        if found.faults or held.check_tellings():
            return "verify"
    except OnRecordError:
        return "verify"
    return "an earlier head" if heads and verify(held.store, heads=heads).faults else ""


def fingerprint(held: Desk) -> list[str]:
    """All that the file says, to see whether an edit changed anything."""
    connection = held.store.engine.raw_connection()
    try:
        return list(connection.driver_connection.iterdump())  # type: ignore[union-attr]
    except Exception as error:
        return [repr(error)]
    finally:
        connection.close()


# Edits of a pack.


def pack_edit(members: dict[str, bytes], chance: random.Random) -> str:
    """One edit of a pack's members; what it was."""
    name = chance.choice(sorted(members))
    match chance.randrange(7):
        case 0:
            raw = bytearray(members[name])
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            members[name] = bytes(raw)
            return "a bit of a file of a pack"
        case 1:
            members.pop(name)
            return "a file of a pack gone"
        case 2:
            members[f"more/{chance.randrange(99)}.html"] = FORGED.encode()
            return "a file of a pack more"
        case 3:
            name = chance.choice(("story.json", "README.txt", "verify.py"))
            members[name] = FORGED.encode()
            return "another file in a pack"
        case 4:
            _hide(members, chance)
            return "a hidden entry of a pack"
        case 5:
            _hide(members, chance)
            _relist(members)
            return "a hidden entry, its manifest made anew"
        case _:
            members["story.json"] = FORGED.encode()
            _relist(members)
            return "another story, its manifest made anew"


def _hide(members: dict[str, bytes], chance: random.Random) -> None:
    lines = [json.loads(line) for line in members["entries.jsonl"].splitlines()]
    at = chance.choice([number for number, line in enumerate(lines) if "payload" in line])
    lines[at] = {"seq": lines[at]["seq"], "body": lines[at]["body"]}
    members["entries.jsonl"] = b"".join(json.dumps(one).encode() + b"\n" for one in lines)


def _relist(members: dict[str, bytes]) -> None:
    lines = members["entries.jsonl"].splitlines()
    full = sum(b'"payload"' in line for line in lines)
    members.pop(MANIFEST)
    counts = {"full": full, "digests": len(lines) - full}
    members[MANIFEST] = manifest_of(members, json.loads(members["head.json"]), counts)


def tried_on_pack(raw: bytes, seal: str, place: Path, chance: random.Random) -> tuple[str, str]:
    """An edit of a pack: what it was, and what named it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    what = pack_edit(members, chance)
    with zipfile.ZipFile(place, "w") as file:
        for name, held in members.items():
            file.writestr(name, held)
    try:
        if check(Pack(place))[0]:
            return what, "verify"
        return what, "its seal" if check(Pack(place), seal)[0] else ""
    except (ValueError, LookupError, TypeError):
        return what, "verify"


def measured(edits: int, seed: int) -> tuple[Counter[tuple[str, str]], list[str]]:
    """So many edits, two thirds of them on the desk: how often each was named by what, and those that were not."""
    chance, found, missed = random.Random(seed), Counter[tuple[str, str]](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "desk.db"
        made(place)
        with closing(open_desk(str(place), PipelineStoryBuilder("rules"))) as held:
            witness = head_line(held.store)
            assert not verify(held.store).faults and not held.check_tellings()
            held.story("dam", moment("2031-03-07"))
            raw = pack(held.store, "dam", {"story.json": b'{"claims": ["the dam holds"]}'})
        seal = sealed(raw)
        while found.total() < edits:
            if found.total() % 3 == 2:
                what, by = tried_on_pack(raw, seal, Path(folder) / "bent.zip", chance)
            else:
                what, by = tried(place, chance.choice(DESK), chance, witness)
            if what:
                found[what, by] += 1
                missed += [] if by else [what]
                if found.total() % 50 == 0:
                    print(f"{found.total()} edits, not named: {Counter(missed)}", file=sys.stderr, flush=True)
    return found, missed


def main() -> None:
    """Edit and print what was named by what; status 1 where something was not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found, missed = measured(asked.edits, asked.seed)
    for (what, by), count in sorted(found.items()):
        print(f"{count:4}  {what}: {f'named by {by}' if by else 'NOT NAMED'}")
    by_all = Counter(by for (_, by), count in found.items() for _ in range(count))
    told = ", ".join(f"{count} by {by}" for by, count in by_all.most_common() if by)
    print(f"{found.total()} random edits of a desk and a pack: {told}; not named: {len(missed)}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
