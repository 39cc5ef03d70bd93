"""Mutated files in stories of three good reports: read, tagged, linked, weighed and written in every form.

python -m benchmarks.security.fuzz --files 20000 --seed 1
python -m benchmarks.security.fuzz --files 400 --beside 40 --tagger rules

Each story is told in a process of its own. A good report that is not told, a file without an outcome, an exception (one
that a boundary caught is counted too), a statement that is not the words of its report, a story beyond 60 s of the
processor for each of its files, or a process beyond 1 GB ends with status 1. One story in twenty also goes through a
desk, its pack and its pages, and by default one in five is tagged by the learned tagger, the others by the rules.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.bridge_story import TEXTS
from tests.reading.makers import MAKERS

from benchmarks.fuzzing import TOKENS, damaged
from onrecord.cli.app import run
from onrecord.datamodel.story import Story
from onrecord.pipeline import tell
from onrecord.rendering import html, markdown, storyfile, terminal
from onrecord.rendering.exchange import csv_table, json_lines, prov_json, web_annotation

LIMIT_S = 60.0
LIMIT_MB = 1_000
GOOD = ("01", "02", "03")
# Stories that one process tells.
_AT_ONCE = 10
_EXAMPLES = Path(__file__).parents[2] / "examples"
_TABLES = ("claims", "attributions", "conflicts", "changes", "reports")
_A_FAULT = re.compile(r"\(([A-Z][A-Za-z]*(?:Error|Exception|Overflow|Iteration))\)")
# What taggers, linkers and writers of texts trip over, rather than readers of formats.
_WORDS = (
    "“", "”", "‘", "’", '"', "'", "…", "—", "\u2028", "\u00ad", "\u200b", "\u202e", "\ufeff", "\ufffd", "\x00",
    "\x1b[31m", "e" + "\u0301" * 40, "河" * 60, "ﷺ" * 20, "a" * 900, "=" * 200, "9" * 400, "1e999", "-0",
    "$9,999,999,999,999,999 billion", "9999-12-31", "0000-00-00", "on 31 February", "at 25:61 GMT", "the year 99999",
    "10 years before 0001-01-01", " said ", " said that ", " denied ", " according to ", " told reporters, citing ",
    " who said who said ", " he said he said ", "not not not ", "no ", "MANDATORY KILL", "CORRECTION: ", "(Reuters) - ",
    "By ", "By By By\n", "Updated 12:00\n", "\n\n\n\n", "<script>alert(1)</script>", "</td></tr>",
    "[x](javascript:alert(1))", "=HYPERLINK(1)", "{{7*7}}", "%s%n", "\r", "\t" * 30, "(" * 200, ")" * 200, "[" * 200,
    "“" * 150, "“‘" * 80, "@" * 50, "https://" + "x" * 300, "#" * 40, "| " * 60, "* " * 60,
)  # fmt: skip


@dataclass
class Found:
    """What one process of stories saw."""

    files: int = 0
    stories: int = 0
    desks: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    caught: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    memory_mb: int = 0


def seeds() -> dict[str, bytes]:
    """Small files of every format, and the example stories' reports."""
    found = {name: make() for name, make in MAKERS.items()}
    for path in sorted(_EXAMPLES.glob("*/*.*")):
        if path.suffix in (".txt", ".html"):
            found[f"{path.parent.name}-{path.name}"] = path.read_bytes()
    return found | {f"bridge-{name}.txt": text.encode() for name, text in TEXTS.items()}


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """A file with faults of bytes, or, of a text, with words set in, moved, doubled and cut."""
    if chance.random() < 0.4:
        return damaged(raw, chance)
    text = raw.decode("utf-8", "surrogateescape")
    for _ in range(chance.randint(1, 12)):
        at, to = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0 | 1:
                text = text[:at] + chance.choice(_WORDS) * chance.choice((1, 1, 1, 3, 30)) + text[at:]
            case 2:
                text = text[:at] + text[to : to + chance.randint(1, 400)] + text[at:]
            case 3:
                text = text[:at] + text[at + chance.randint(1, 60) :]
            case _:
                text = text[:at] + chance.choice(TOKENS).decode("latin-1") + text[at:]
    return text.encode("utf-8", "surrogatepass" if chance.random() < 0.1 else "surrogateescape")[:400_000]


def folder_of(place: Path, count: int, chance: random.Random, held: dict[str, bytes]) -> None:
    """Three good reports with so many mutated files beside them."""
    place.mkdir()
    for name in GOOD:
        (place / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
    names = sorted(held)
    for number in range(count):
        name = chance.choice(names)
        (place / f"m{number:04}-{name}").write_bytes(mutated(held[name], chance))


def tell_one(folder: Path, count: int, tagger: str, found: Found) -> None:
    """Tell one story and write it in every form; what went wrong is put with what was found."""
    started = time.process_time()
    story = tell([folder], which=tagger)
    for text in written(story):
        text.encode("utf-8", "backslashreplace")
    took = time.process_time() - started
    found.slowest_s = max(found.slowest_s, took)
    check(story, count, f"{folder.name} ", found)
    if took > LIMIT_S * count:
        found.faults.append(f"{folder.name}: {took:.0f} s for {count} files")


def written(story: Story) -> list[str]:
    """The story in every form."""
    from rich.console import Console

    buffer = io.StringIO()
    terminal.render(story, Console(file=buffer, width=100, markup=False, emoji=False), changes=True, whole=True)
    made = [buffer.getvalue(), markdown.render(story, changes=True), html.render(story, changes=True)]
    made += [one.render(story) for one in (storyfile, json_lines, prov_json, web_annotation)]
    return made + [csv_table.render(story, table) for table in _TABLES]


def check(story: Story, count: int, where: str, found: Found) -> None:
    """Whether the good ones are told, every file has an outcome, and every statement is its report's words."""
    inputs = {one.input.partition("#")[0] for one in story.outcomes}
    found.stories += 1
    found.files += count
    found.fates.update(one.fate.value for one in story.outcomes if one.input.startswith("m"))
    found.lost += [f"{where}{name}" for name in GOOD if name not in {one.id for one in story.reports}]
    speaking = {one.report for one in story.attributions}
    found.lost += [f"{where}{name}: nothing said" for name in GOOD if name not in speaking]
    if (silent := count + len(GOOD) - len(inputs)) > 0:
        found.faults.append(f"{where}: {silent} files without an outcome")
    for one in story.outcomes:
        if named := _A_FAULT.search(one.reason or ""):
            found.caught[named[1]] += 1
            found.faults.append(f"{where}{one.input}: {one.reason}") if "left out" in (one.reason or "") else None
    texts = {one.id: one.text for one in story.reports}
    for said in story.attributions:
        for span in said.content:
            if not 0 <= span.start < span.end <= len(texts[said.report]):
                found.faults.append(f"{where}{said.id}: a span outside of its report")


def through_a_desk(folder: Path, place: Path, tagger: str, found: Found) -> None:
    """The same files on a desk: entered, shown, packed, verified, and looked at in a browser."""
    desk, pack = str(place / f"{folder.name}.db"), str(place / f"{folder.name}.zip")
    lines = [["add", "s", str(folder), "--tagger", tagger]]
    lines += [["claims", "s"], ["show", "s"], ["log"], ["export", "s", "--pack", pack], ["verify"], ["find", "bridge"]]
    for line in lines:
        shown = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(io.StringIO()) as told:
            status = run([*line, "--desk", desk])
        if status:
            found.faults.append(f"{folder.name}: onrecord {line[0]} ends with {status}: {told.getvalue()[-300:]}")
    look_at(desk, folder.name, found)
    found.desks += 1


def look_at(desk: str, where: str, found: Found) -> None:
    """Every page of the story and of each of its reports."""
    from fastapi.testclient import TestClient

    from onrecord.desk_pipeline import desk as opened
    from onrecord.web.app import create_app
    from onrecord.web.settings import Settings

    with opened(desk) as held:
        app = create_app(Settings(desk=desk), held)
        reports = [one.id for one in held.story("s").reports]
        claims = [one.id for one in held.story("s").claims[:20]]
        pages = ["/", "/stories/s", "/stories/s/conflicts", "/stories/s/reports", "/api/v1/stories/s/claims"]
        pages += [f"/stories/s/reports/{one}" for one in reports] + [f"/stories/s/claims/{one}" for one in claims]
        with TestClient(app, base_url="http://localhost:8710", raise_server_exceptions=False) as client:
            for page in pages:
                if (status := client.get(page).status_code) >= 400:
                    found.faults.append(f"{where}: {page} answers {status}")


def some_stories(first: int, count: int, asked: argparse.Namespace) -> Found:
    """Stories told one after the other by this process."""
    found, held = Found(), seeds()
    with tempfile.TemporaryDirectory() as work:
        for number in range(first, first + count):
            folder = Path(work) / f"s{number}"
            folder_of(folder, asked.beside, random.Random(f"{asked.seed}.{number}"), held)
            try:
                tagger = ("rules" if number % 5 else "auto") if asked.tagger == "mixed" else asked.tagger
                tell_one(folder, asked.beside, tagger, found)
                if number % 20 == 0:
                    through_a_desk(folder, Path(work), tagger, found)
            except Exception:
                found.faults.append(f"{folder.name}: {traceback.format_exc()[-1500:]}")
    found.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def apart(first: int, count: int, asked: argparse.Namespace) -> Found:
    """The same in a process of its own, so that its memory is its own; one that is killed is a fault."""
    line = [sys.executable, "-m", "benchmarks.security.fuzz", "--here", str(first), str(count)]
    line += ["--beside", str(asked.beside), "--seed", str(asked.seed), "--tagger", asked.tagger]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return Found(faults=[f"stories from {first}: ended with {done.returncode}: {done.stderr[-800:]}"])
    return Found(**{**told, "fates": Counter(told["fates"]), "caught": Counter(told["caught"])})


def joined(one: Found, other: Found) -> Found:
    """Two findings as one."""
    return Found(
        one.files + other.files,
        one.stories + other.stories,
        one.desks + other.desks,
        one.fates + other.fates,
        one.lost + other.lost,
        one.caught + other.caught,
        one.faults + other.faults,
        max(one.slowest_s, other.slowest_s),
        max(one.memory_mb, other.memory_mb),
    )


def summary(found: Found, beside: int) -> str:
    """The figures on one line."""
    fates = ", ".join(f"{name} {number}" for name, number in found.fates.most_common())
    told = f"{found.files:,} mutated files in {found.stories} stories of three good reports ({found.desks} of them"
    told += f" through a desk and its pages): {fates}; good reports lost: {len(found.lost)}; faults: "
    told += f"{len(found.faults)}; refused as a parser's own fault: {found.caught.total()} {dict(found.caught)}"
    return (
        f"{told}; slowest story of {beside + 3}: {found.slowest_s:.1f} s of the processor; {found.memory_mb} MB at most"
    )


def main() -> None:
    """Fuzz, print the figures; status 1 where anything was lost, failed, took too long or grew too large."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--beside", type=int, default=50, help="mutated files in a story")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tagger", default="mixed", choices=("mixed", "auto", "rules"))
    parser.add_argument("--here", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        found = some_stories(asked.here[0], asked.here[1], asked)
        print(json.dumps({name: getattr(found, name) for name in Found.__dataclass_fields__}))
        return
    found, many = Found(), max(1, asked.files // asked.beside)
    for first in range(0, many, _AT_ONCE):
        found = joined(found, apart(first, min(_AT_ONCE, many - first), asked))
        print(summary(found, asked.beside), flush=True)
        for fault in (*found.lost, *found.faults)[:20]:
            print(f"  {fault}", file=sys.stderr, flush=True)
    sys.exit(1 if found.lost or found.faults or found.memory_mb > LIMIT_MB else 0)


if __name__ == "__main__":
    main()
