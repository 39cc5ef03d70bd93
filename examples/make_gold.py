#!/usr/bin/env python3
"""Turn the marks of a story, written in words, into its expected story file gold.json.

    make_gold.py MARKS.toml FOLDER [MARKS.toml FOLDER ...] [--check]

A row of marks is [source, cue, content, speaker, claims, {more}]; rows follow the text. Content is the first place
at or after the paragraph of the row before (after the words `at`, where given); the cue is the place nearest to it,
the source the place nearest to the cue. Words that are not found are an error.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

Pairs = list[list[int]]
ACTS = ("asserts", "confirms", "denies", "not-confirmed", "no-comment", "retracts", "asks")
QUOTED = re.compile(r"(?:that )?(?:“[^”]*”|\"[^\"]*\"|[‘'](?:[^'’]|['’](?=\w))*['’])[.,]?")
SENTENCE_END = re.compile(r"[.!?][”’\"']?\s")
REACH = 900


def text_of(path: Path) -> str:
    """The report's text as the offsets count it: plain text unchanged, a page as the reader gives it."""
    if path.suffix != ".html":
        return path.read_bytes().decode("utf-8")
    from onrecord.reading.intake import read

    return read((path,)).reports[0].text


def places(text: str, words: str) -> list[list[int]]:
    """All places of the words that do not begin or end inside another word."""
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return [[m.start(), m.end()] for m in re.finditer(before + re.escape(words) + after, text)]


def forward(text: str, pieces: list[str], start: int) -> Pairs:
    """The pieces in order, each the first one after the piece before."""
    spans: Pairs = []
    for words in pieces:
        found = [place for place in places(text, words) if place[0] >= start]
        if not found or (spans and found[0][0] - start > REACH):
            raise SystemExit(f"not found after character {start}: {words!r}")
        spans.append(found[0])
        start = found[0][1]
    return spans


def gap(text: str, left: list[int], right: list[int]) -> int:
    """Characters between two places; an end of sentence between them counts as a hundred."""
    between = text[min(left[1], right[1]) : max(left[0], right[0])]
    return len(between) + 100 * len(SENTENCE_END.findall(between))


def nearest(text: str, pieces: list[str], anchor: Pairs, taken: Pairs) -> Pairs:
    """The place of each piece that is nearest to the anchor and does not share a character with what is taken."""
    spans: Pairs = []
    for words in pieces:
        free = [p for p in places(text, words) if all(p[1] <= t[0] or t[1] <= p[0] for t in taken + spans)]
        if not free:
            raise SystemExit(f"not found: {words!r}")
        best = min(free, key=lambda place: min((gap(text, place, other), place) for other in anchor))
        if min(gap(text, best, other) for other in anchor) > REACH:
            raise SystemExit(f"too far from its content: {words!r}")
        spans.append(best)
    return sorted(spans)


def mode_of(contents: list[str]) -> str:
    """Direct where every piece is one quotation, mixed where some words are quoted, else indirect."""
    if all(QUOTED.fullmatch(piece.strip()) for piece in contents):
        return "direct"
    quoted = any(re.search(r"[“\"‘]|(?<!\w)'", piece) for piece in contents)
    return "mixed" if quoted else "indirect"


def listed(value: Any) -> list[str]:
    """One string, a list of strings, or nothing, as a list."""
    return [] if not value else [value] if isinstance(value, str) else list(value)


class Marks:
    """The marks of one story and the places found for them."""

    def __init__(self, marks: Path, folder: Path) -> None:
        self.told = tomllib.loads(marks.read_text(encoding="utf-8"))
        self.folder = folder
        self.kinds = {name: kind for kind, names in self.told["speakers"].items() for name in names}
        self.unnamed = set(self.told.get("unnamed", []))
        self.attributions: list[dict[str, Any]] = []
        self.members: dict[str, list[dict[str, str]]] = {}
        self.label: dict[str, str] = {}

    def report(self, told: dict[str, Any]) -> dict[str, Any]:
        """One report with its attributions; its head as the story file has it."""
        path = self.folder / told["file"]
        text, start = text_of(path), 0
        for number, row in enumerate(told["said"], start=1):
            try:
                item = self.attribution(told["id"], number, row, (text, start))
            except SystemExit as error:
                raise SystemExit(f"{path.name}, row {number}: {error}") from None
            start = text.rfind("\n", 0, item["content"][0][0]) + 1
            self.enter(item, row, text, path.suffix == ".html")
        head = {key: value for key, value in told.items() if key != "said"}
        return {**head, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}

    def attribution(self, report: str, number: int, row: list[Any], place: tuple[str, int]) -> dict[str, Any]:
        """The spans of one row."""
        text, start = place
        source, cue, content, speaker, _, more = (*row, {})[:6]
        if "at" in more:
            start = forward(text, [more["at"]], start)[0][0]
        contents = forward(text, listed(content), start)
        cues = nearest(text, listed(cue), contents, contents)
        sources = nearest(text, listed(source), cues or contents, contents + cues)
        item: dict[str, Any] = {"id": f"{report}-{number:02d}", "report": report}
        item.update(source=sources, cue=cues, content=contents)
        item["mode"] = more.get("mode") or mode_of([text[s:e] for s, e in contents])
        item.update(act=more.get("act", "asserts"), speaker=speaker, relay=more.get("relay", []))
        item["named"] = more.get("named", speaker not in self.unnamed)
        item.update({key: more[key] for key in ("terms", "said_at", "note") if key in more})
        return item

    def enter(self, item: dict[str, Any], row: list[Any], text: str, page: bool) -> None:
        """Keep an attribution, its words, and its stance to each claim."""
        more = row[5] if len(row) > 5 else {}
        assert item["act"] in ACTS and item["speaker"] in self.kinds, item
        # The words of a page are kept apart: they slice from the reader's text, not from the file.
        for key in ("source", "cue", "content"):
            item[f"{key}_words" if page else f"{key}_text"] = [text[s:e] for s, e in item[key]]
        if terms := item.get("terms"):
            assert terms in text, terms
        if "outer_of" in more:
            item["outer_of"] = [self.label[label] for label in more["outer_of"]]
        if "label" in more:
            self.label[more["label"]] = item["id"]
        for word in row[4].split():
            claim, _, stance = word.partition(":")
            assert (stance or item["act"]) in ACTS, word
            self.members.setdefault(claim, []).append({"attribution": item["id"], "stance": stance or item["act"]})
        self.attributions.append(item)

    def story(self) -> dict[str, Any]:
        """The whole story file."""
        reports = [self.report(told) for told in self.told["report"]]
        claims = [{**claim, "members": self.members.pop(claim["id"])} for claim in self.told["claim"]]
        if self.members:
            raise SystemExit(f"claims without a text: {', '.join(self.members)}")
        quotes = [{**q, "members": [self.label[m] for m in q["members"]]} for q in self.told.get("quote", [])]
        conflicts = [
            {**c, "left": self.label[c["left"]], "right": self.label[c["right"]]} for c in self.told.get("conflict", [])
        ]
        used = {item["speaker"] for item in self.attributions}
        if unused := sorted(set(self.kinds) - used):
            raise SystemExit(f"speakers never used: {', '.join(unused)}")
        speakers = [
            {"id": name, "name": name, "kind": kind, "named": name not in self.unnamed}
            for name, kind in self.kinds.items()
        ]
        head = {"story": self.told["story"], "as_of": self.told["as_of"], "reports": reports, "speakers": speakers}
        tail = {"timeline": self.told.get("timeline", []), "as_of_checks": self.told.get("as_of_check", [])}
        body = {"attributions": self.attributions, "claims": claims, "conflicts": conflicts, "quotes": quotes}
        return {**head, **body, **tail}


def gold(marks: Path, folder: Path) -> str:
    """The text of gold.json for one story."""
    return json.dumps(Marks(marks, folder).story(), ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """Write each story's gold.json, or with --check say whether it is up to date (status 1 where not)."""
    check = "--check" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--check"]
    stale = 0
    for marks, folder in zip(paths[::2], paths[1::2], strict=True):
        told, target = gold(marks, folder), folder / "gold.json"
        if not check:
            target.write_text(told, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != told:
            stale += 1
            print(f"{target} is not what {marks} gives; run make_gold.py without --check")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
