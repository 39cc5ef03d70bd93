"""Speakers, named or not, relays, acts and dates of the gold stories, with gold spans or a tagger's as input."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.attributing.attribute import Attributed, attribute
from onrecord.attributing.timeline import timeline
from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution, Tag
from onrecord.datamodel.moment import moment
from onrecord.datamodel.report import Part, Passage, Post, Report
from onrecord.datamodel.span import Span, Spans

STORIES = Path(__file__).resolve().parent.parent.parent / "shared" / "stories"
COLUMNS = ("b3", "b3_p", "b3_r", "named", "relay", "act", "act_class", "dates", "items")


def spans(pairs: Sequence[Sequence[int]]) -> Spans:
    """Pairs of a story file as spans."""
    return tuple(Span(start, end) for start, end in pairs)


def gold_reports(folder: Path, gold: dict[str, Any]) -> tuple[Report, ...]:
    """The gold's reports, with the furniture and posts that it marks."""
    meta_file = folder / "meta.json"
    meta = json.loads(meta_file.read_text("utf-8")) if meta_file.exists() else {"articles": []}
    known = {article["file"]: article for article in meta["articles"]}
    return tuple(_report(folder, item, known.get(item["file"], {})) for item in gold["reports"])


def _report(folder: Path, item: dict[str, Any], article: dict[str, Any]) -> Report:
    raw = (folder / item["file"]).read_bytes()
    text = raw.decode("utf-8")
    told = item.get("published") or item.get("date") or article.get("date")
    return Report(
        id=item["id"],
        text=text,
        file=item["file"],
        sha256=hashlib.sha256(raw).hexdigest(),
        outlet=item.get("outlet") or article.get("outlet"),
        published=moment(told) if told else None,
        headline=item.get("headline"),
        passages=tuple(_furniture(text, item.get("furniture", []))),
        posts=tuple(_posts(text, item.get("embedded_posts", []))),
    )


def _furniture(text: str, marked: Iterable[Any]) -> Iterable[Passage]:
    for mark in marked:
        if isinstance(mark, list):
            yield Passage(span=Span(mark[0], mark[1]), part=Part.STAMP)
        elif mark in text:
            yield Passage(span=Span(text.index(mark), text.index(mark) + len(mark)), part=Part.MENU)


def _posts(text: str, marked: Iterable[dict[str, str]]) -> Iterable[Post]:
    for mark in marked:
        credit = text.index(f"— {mark['author']} ({mark['handle']})")
        start = text.rindex("\n", 0, credit) + 1
        end = text.find("\n", credit)
        end = len(text) if end < 0 else end
        yield Post(
            span=Span(start, end), body=Span(start, credit), credit=Span(credit, end), author=mark["author"],
            handle=mark["handle"], at=moment(mark["date"]),
        )  # fmt: skip


def gold_tags(gold: dict[str, Any], report: Report) -> tuple[Tag, ...]:
    """The gold's spans of one report as if a tagger had found them."""
    return tuple(
        Tag(
            source=spans(one["source"]), cue=spans(one["cue"]), content=spans(one["content"]), score=1.0, made_by="gold"
        )
        for one in gold["attributions"]
        if one["report"] == report.id
    )


def figures(gold: dict[str, Any], found: Attributed, reports: Sequence[Report]) -> dict[str, float]:
    """The figures of one story over the attributions that match gold by their exact or overlapping content."""
    matched = _match(gold["attributions"], found.attributions)
    pairs = [(one["speaker"], predicted.speaker or predicted.id) for one, predicted in matched]
    precision, recall = _b_cubed(pairs), _b_cubed([(right, left) for left, right in pairs])
    relayed = [one for one in gold["attributions"] if one["relay"]]
    by_gold = {one["id"]: predicted for one, predicted in matched}
    dates = {event["at"] for event in gold["timeline"] if event["at"]}
    told = {
        event.at.isoformat()[: len(at)] for event in timeline(reports, found.attributions) if event.at for at in dates
    }
    stated = {_stated(event) for event in timeline(reports, found.attributions)}
    return {
        "b3": 2 * precision * recall / (precision + recall),
        "b3_p": precision,
        "b3_r": recall,
        "named": _share(one["named"] == predicted.named for one, predicted in matched),
        "relay": _share(_relayed(one, by_gold.get(one["id"])) for one in relayed),
        "act": _share(one["act"] == predicted.act.value for one, predicted in matched),
        "act_class": _share(_side(Act(one["act"])) == _side(predicted.act) for one, predicted in matched),
        "dates": _share(at in stated for at in dates) if told else 0.0,
        "items": float(len(matched)),
    }


def _stated(event: Any) -> str:
    length = {"year": 4, "month": 7}.get(event.at.precision.value, 10)
    return str(event.at.isoformat()[:length])


def _side(act: Act) -> str:
    return "support" if act in SUPPORT else "denial" if act in DENIAL else "neither"


def _share(values: Iterable[bool]) -> float:
    told = list(values)
    return sum(told) / len(told) if told else 1.0


def _relayed(gold: dict[str, Any], found: Attribution | None) -> bool:
    ours = [_plain(name) for name in found.relay] if found else []
    return any(one in other or other in one for one in ours for other in map(_plain, gold["relay"]))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")


def _match(gold: Sequence[dict[str, Any]], found: Sequence[Attribution]) -> list[tuple[dict[str, Any], Attribution]]:
    pairs = []
    for number, one in enumerate(gold):
        for other in found:
            overlap = _overlap(one, other)
            if overlap >= 0.5:
                pairs.append((-overlap, number, other.id, one, other))
    taken: set[object] = set()
    matched = []
    for _, number, ident, one, other in sorted(pairs, key=lambda pair: pair[:3]):
        if number not in taken and ident not in taken:
            taken |= {number, ident}
            matched.append((one, other))
    return matched


def _overlap(gold: dict[str, Any], found: Attribution) -> float:
    ours, theirs = _letters(spans(gold["source"])), _letters(found.source)
    if gold["report"] != found.report or (not ours & theirs and (ours or theirs)):
        return 0.0
    left, right = _letters(spans(gold["content"])), _letters(found.content)
    # Two contents of one length: the sources decide.
    return len(left & right) / len(left | right) + (0.001 if ours == theirs else 0.0)


def _letters(pieces: Spans) -> set[int]:
    return {number for span in pieces for number in range(span.start, span.end)}


def _b_cubed(pairs: Sequence[tuple[str, str]]) -> float:
    by_right: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        by_right[right].append(left)
    return sum(by_right[right].count(left) / len(by_right[right]) for left, right in pairs) / len(pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where the reference stories are absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tagger", choices=("gold", "rules", "neural"), default="gold")
    parser.add_argument("--stories", type=Path, default=STORIES)
    parser.add_argument("--show", action="store_true", help="print what differs from gold")
    options = parser.parse_args(arguments)
    files = sorted(options.stories.glob("*/gold.json"))
    if not files:
        print(
            f"no gold stories under {options.stories}: put the reference data there or pass --stories", file=sys.stderr
        )
        return 2
    rows = {file.parent.name: _row(file, options.tagger, options.show) for file in files}
    rows["mean"] = {column: sum(row[column] for row in rows.values()) / len(rows) for column in COLUMNS}
    print(f"{'story':28}" + "".join(f"{column:>10}" for column in COLUMNS))
    for name, row in rows.items():
        print(f"{name:28}" + "".join(f"{row[column]:10.3f}" for column in COLUMNS))
    return 0


def _row(file: Path, tagger: str, show: bool) -> dict[str, float]:
    gold = json.loads(file.read_text("utf-8"))
    reports = gold_reports(file.parent, gold)
    found = attribute(reports, [_tags(tagger, gold, report) for report in reports])
    if show:
        _show(gold, found, reports)
    return figures(gold, found, reports)


def _tags(tagger: str, gold: dict[str, Any], report: Report) -> tuple[Tag, ...]:
    if tagger == "gold":
        return gold_tags(gold, report)
    if tagger == "rules":
        from onrecord.tagging.rules import RulesTagger

        return tuple(RulesTagger().tag(report.text))
    from onrecord.tagging.neural import NeuralTagger

    return tuple(NeuralTagger.load().tag(report.text))


def _show(gold: dict[str, Any], found: Attributed, reports: Sequence[Report]) -> None:
    texts = {report.id: report.text for report in reports}
    for one, predicted in _match(gold["attributions"], found.attributions):
        source = " … ".join(texts[predicted.report][span.start : span.end] for span in predicted.source)
        told = [f"{one['id']} [{source[:48]}] {one['speaker']} → {predicted.speaker}"]
        if one["named"] != predicted.named:
            told.append(f"named {predicted.named}")
        if list(one["relay"]) != list(predicted.relay):
            told.append(f"RELAY {list(predicted.relay)} gold {one['relay']}")
        if one["act"] != predicted.act.value:
            told.append(f"ACT {predicted.act.value} gold {one['act']}")
        if predicted.said_at:
            told.append(f"said {predicted.said_at.isoformat()}")
        print(" ".join(told))
    for event in timeline(reports, found.attributions):
        print(f"   {event.at.isoformat() if event.at else '-'} {event.report} {event.text[:90]}")


if __name__ == "__main__":
    raise SystemExit(main())
