"""One report never costs another: whatever it holds, the three good ones beside it are told."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import desk_pipeline, pipeline
from onrecord.boundaries import spared
from onrecord.cli.app import run
from onrecord.datamodel.report import Fate
from onrecord.errors import BackendError
from onrecord.linking.judge import load_judge
from onrecord.reading.intake import read
from onrecord.tagging.pieces import pieces
from tests.bridge_story import TEXTS

GOOD = ("01", "02", "03")
_SAID = (
    "The harbour master, Ilse Roon, said {} on Monday.\n\nShe said the bridge will be shut to all traffic from May.\n"
)
_DATES = ("9999-12-31", "0001-01-01", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00")
_WORDS = {
    "paired marks": "…" + "“”" * 140 + "…",
    "equals signs": "=" * 300,
    "ideographs": "河" * 300,
    "one long word": "a" * 5000,
    "combining marks": "e" + "\u0301" * 600,
    "bidirectional controls": "\u202e\u2066" * 100,
    "null bytes between words": "shut\x00it",
    "brackets": "[" * 3000 + "]" * 3000,
    "nested marks": "“‘" * 200 + "shut" + "’”" * 200,
    "ligatures that unfold": "ﷺ" * 200,
}


def _folder(place: Path) -> Path:
    place.mkdir(exist_ok=True)
    for name in GOOD:
        (place / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
    return place


def _hostile(folder: Path) -> None:
    """Every hostile report at once, each a file of its own beside the good ones."""
    dated = []
    for number, words in enumerate(_WORDS.values()):
        _write(folder / f"h{number}.txt", f"Talks on the bridge\n\n{_SAID.format(f'“{words}”')}")
        _write(folder / f"bare{number}.txt", words)
    for number, date in enumerate(_DATES):
        _write(folder / f"dated{number}.txt", _SAID.format(f"“so, {number}”"))
        dated.append({"file": f"dated{number}.txt", "date": date})
    _write(folder / "meta.json", json.dumps({"articles": dated}))
    _write(folder / "nested.json", '[{"text": ' + "[" * 100_000)
    half = {"text": "a \ud800 b " * 9, "title": "\udfff", "url": "\ud800"}
    _write(folder / "items.json", json.dumps([{"text": _SAID.format("yes"), "title": "Fine"}, half]))


def _write(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")


def test_the_good_ones_are_told_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _folder(tmp_path / "in")
    _hostile(folder)
    desk, out = str(tmp_path / "desk.db"), tmp_path / "out.json"
    assert run(["brief", str(folder), "--format", "json", "--out", str(out)]) == 0, capsys.readouterr().err
    story = json.loads(out.read_text(encoding="utf-8"))
    assert set(GOOD) <= {one["id"] for one in story["reports"]}
    assert run(["add", "bridge", str(folder), "--desk", desk]) == 0, capsys.readouterr().err
    for command in (["claims", "bridge"], ["show", "bridge"], ["export", "bridge", "--pack", str(tmp_path / "p.zip")]):
        assert run([*command, "--desk", desk]) == 0, capsys.readouterr().err
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "meta", ["[" * 100_000, json.dumps({"title": "\ud800", "articles": [{"file": "01.txt", "outlet": "\ude00"}]})]
)
def test_a_hostile_meta_json_costs_no_report(meta: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _folder(tmp_path / "in")
    _write(folder / "meta.json", meta)
    assert run(["brief", str(folder), "--format", "json", "--tagger", "rules"]) == 0, capsys.readouterr().err
    assert {one["id"] for one in json.loads(capsys.readouterr().out)["reports"]} == set(GOOD)


def test_one_item_with_a_lone_surrogate_costs_no_other_item(tmp_path: Path) -> None:
    items = [{"text": f"{word} " * 30, "title": word} for word in ("fine", "a \ud800 b", "also fine")]
    (tmp_path / "items.json").write_text(json.dumps(items), encoding="utf-8")
    intake = read([tmp_path])
    assert [one.fate for one in intake.outcomes] == [Fate.READ] * 3
    assert any("a \ufffd b" in one.text for one in intake.reports)


def test_a_claim_that_fills_the_judge_alone_is_judged() -> None:
    judge = load_judge()
    for words in ("=" * 300, "河" * 300, "word " * 400):
        rows = judge.entailment([(words, "He said so."), ("He said so.", words), (words, words)])
        assert rows.shape == (3, 3)


def test_a_step_leaves_out_what_it_fails_on_alone_and_what_fails_only_together() -> None:
    def step(some: Sequence[int]) -> int:
        if 7 in some or {3, 5} <= set(some):
            raise ValueError
        return sum(some)

    found = spared([1, 3, 5, 7, 9], step)
    assert (found.made, [one for one, _ in found.left]) == (1 + 3 + 9, [7, 5])


def test_a_missing_model_is_no_report_s_fault() -> None:
    def step(some: Sequence[int]) -> int:
        raise BackendError("no model")

    with pytest.raises(BackendError):
        spared([1, 2], step)


@pytest.mark.parametrize("step", ["attribute", "link", "weigh", "timeline", "changes"])
def test_a_desk_that_holds_a_report_which_a_step_cannot_carry_heals(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, desk = _folder(tmp_path / "in"), str(tmp_path / "desk.db")
    with desk_pipeline.desk(desk, create=True, which="rules") as held:
        list(desk_pipeline.add(held, "bridge", [folder], "rules"))
        real = getattr(pipeline, step)

        def failing(*given: object, **named: object) -> object:
            if "Reyl denied" in str(given):
                raise OverflowError("told nobody")
            return real(*given, **named)

        monkeypatch.setattr(pipeline, step, failing)
        story = held.story("bridge")
    assert [one.id for one in story.reports] == ["01", "03"]
    (left,) = [one for one in story.outcomes if one.fate is Fate.REFUSED]
    assert left.report == "02" and "OverflowError" in (left.reason or "") and "told nobody" not in (left.reason or "")


def test_a_report_that_the_tagger_cannot_carry_is_counted_and_the_others_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path / "in")
    real = pipeline.masked

    def failing(report: object) -> str:
        if "Reyl denied" in str(report):
            raise RecursionError
        return real(report)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "masked", failing)
    story = pipeline.tell([folder], which="rules")
    assert sorted(one.fate for one in story.outcomes) == [Fate.READ, Fate.READ, Fate.REFUSED]
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as held:
        ended = [one.outcome for one in desk_pipeline.add(held, "bridge", [folder], "rules")]
    assert sorted(one.fate for one in ended) == [Fate.READ, Fate.READ, Fate.REFUSED]


def test_a_report_that_the_store_cannot_take_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path / "in")
    real = desk_pipeline._capture

    def bad(*given: object) -> object:
        made = real(*given)  # type: ignore[arg-type]
        return replace(made, tool="\ud800") if "Reyl denied" in str(given[0]) else made

    monkeypatch.setattr(desk_pipeline, "_capture", bad)
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as held:
        ended = [one.outcome for one in desk_pipeline.add(held, "bridge", [folder], "rules")]
        assert sorted(one.fate for one in ended) == [Fate.READ, Fate.READ, Fate.REFUSED]
        assert len(held.story("bridge").reports) == 2


def test_endless_reports_take_time_by_their_length_or_are_refused_by_name(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in")
    _write(folder / "04.txt", "It rained on the quay. " * 4_000)
    _write(folder / "05.txt", "".join(f"“The gate is at {n} feet,” said Ann Orr.\n\n" for n in range(20_000)))
    start = time.process_time()
    story = pipeline.tell([folder], which="rules")
    assert time.process_time() - start < 60
    (left,) = [one for one in story.outcomes if one.fate is Fate.REFUSED]
    assert left.input == "05.txt" and "1,500 statements" in (left.reason or "")
    assert {one.id for one in story.reports} == {*GOOD, "04"}


@pytest.mark.parametrize("text", ["", "a", "One. Two. " * 9, "x" * 100, "a b\n\nc d\n" * 30, " " * 70])
def test_pieces_are_a_text_and_no_more(text: str) -> None:
    found = list(pieces(text, 40))
    assert "".join(one.of(text) for one in found) == text
    assert all(len(one) <= 42 for one in found)
