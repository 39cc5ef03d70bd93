"""Every span slices to exact, whole words: on reference texts (all by `make test-thorough`) and on all of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.datamodel.attribution import Tag
from onrecord.pipeline import choose_tagger, masked
from onrecord.reading.intake import read
from onrecord.tagging.refining.postprocess import refine_tags
from tests.thorough import STEP

ROOT = Path(__file__).resolve().parent.parent
STORIES = ROOT / ".." / "shared" / "stories"
POLNEAR = ROOT / ".." / "shared" / "data" / "attribution" / "polnear" / "dev.jsonl"
OWN = sorted(path for home in ("examples", "tests/stories") for path in (ROOT / home).iterdir() if path.is_dir())


def check(text: str, tags: tuple[Tag, ...]) -> Iterator[str]:
    """What is wrong with the spans of one text."""
    for tag in tags:
        if not tag.content:
            yield f"no content: {tag}"
        for span in (*tag.source, *tag.cue, *tag.content):
            told = span.of(text)
            if told != text[span.start : span.end] or not told.strip():
                yield f"does not slice: {span}"
            if told != told.strip():
                yield f"white space at an end: {told!r}"
            for place in (span.start, span.end):
                if 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
                    yield f"a word is cut: {text[max(0, place - 20) : place]!r} | {text[place : place + 20]!r}"


@pytest.mark.parametrize("which", ["rules", "auto"])
@pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)
def test_spans_of_our_own_stories(folder: Path, which: str) -> None:
    tagger, _ = choose_tagger(which)
    reports = read([folder]).reports
    for report, tags in zip(reports, tagger.tag_many(masked(report) for report in reports), strict=True):
        assert not list(check(report.text, refine_tags(report.text, tags)))


@pytest.mark.skipif(not STORIES.is_dir(), reason="the reference stories (../shared/stories) are not here")
@pytest.mark.parametrize("which", ["rules", "auto"])
def test_spans_of_reference_stories(which: str) -> None:
    tagger, _ = choose_tagger(which)
    folders = [folder for folder in sorted(STORIES.iterdir()) if folder.is_dir()]
    reports = [report for folder in folders[::STEP] for report in read([folder]).reports]
    assert len(reports) > 40
    for report, tags in zip(reports, tagger.tag_many(masked(report) for report in reports), strict=True):
        assert not list(check(report.text, tags)), report.file


@pytest.mark.skipif(not POLNEAR.is_file(), reason="PolNeAR dev (../shared/data) is not here")
@pytest.mark.parametrize("which", ["rules", "auto"])
def test_spans_of_polnear_dev(which: str) -> None:
    tagger, _ = choose_tagger(which)
    texts = [json.loads(line)["text"] for line in POLNEAR.read_text(encoding="utf-8").splitlines()[::STEP]]
    for text, tags in zip(texts, tagger.tag_many(texts), strict=True):
        assert not list(check(text, tags))
