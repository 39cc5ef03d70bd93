"""News that the tagger labels for a smaller one: which texts, and in what form."""

from __future__ import annotations

import json
from pathlib import Path

from training.label_news import SHORT, line, spread

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span

LONG = "The lock keeper said the gate was stuck. " * (SHORT // 30)


def test_only_whole_articles_are_taken_and_each_once(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps({"text": text}) for text in (LONG, "Too short.", LONG)), encoding="utf-8")
    bodies = tmp_path / "bodies.jsonl"
    bodies.write_text(json.dumps({"bodies": [{"text": LONG + "One."}, {"text": LONG + "Two."}]}), encoding="utf-8")
    assert spread((rows, bodies), 9) == (LONG, LONG + "One.", LONG + "Two.")
    assert spread((rows, bodies), 2) == (LONG, LONG + "Two.")


def test_a_tag_becomes_what_training_reads() -> None:
    text = "She said no."
    tag = Tag(source=(Span(0, 3),), cue=(Span(4, 8),), content=(Span(9, 11),), score=0.9, made_by="neural")
    told = json.loads(line(text, (tag,)))
    assert told == {"text": text, "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]]}]}
