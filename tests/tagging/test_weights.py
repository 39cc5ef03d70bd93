"""The packed weights: found, checked, and refused when they are damaged."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from onrecord.errors import BackendError
from onrecord.pipeline import choose_tagger
from onrecord.tagging.grammar.parsing import parser
from onrecord.tagging.neural import ENCODER, ROLES, VOCABULARY, NeuralTagger
from onrecord.tagging.rules import RulesTagger
from onrecord.weights.manifest import MANIFEST, Weights, packed_weights, read_weights

TAGGER_LIMIT = 45_000_000


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the tagger's files, which a test may damage."""
    packed = packed_weights().folder
    for name in (ENCODER, ROLES, VOCABULARY, MANIFEST):
        shutil.copy(packed / name, tmp_path / name)
    return tmp_path


def damaged(folder: Path) -> str:
    """What loading says about a folder of weights."""
    with pytest.raises(BackendError) as caught:
        NeuralTagger.load(read_weights(folder), threads=1)
    return str(caught.value)


def test_every_file_of_the_manifest_is_whole() -> None:
    weights = packed_weights()
    assert {ENCODER, ROLES, VOCABULARY} <= {file.name for file in weights.files}
    for file in weights.files:
        assert weights.path(file.name).name == file.name


def test_the_tagger_stays_small() -> None:
    sizes = {file.name: file.bytes for file in packed_weights().files}
    assert sum(sizes[name] for name in (ENCODER, ROLES, VOCABULARY)) < TAGGER_LIMIT


def test_a_whole_copy_loads(copy: Path) -> None:
    assert NeuralTagger.load(read_weights(copy), threads=1).name.startswith("neural-")


def test_a_missing_file_is_named_with_its_cure(copy: Path) -> None:
    (copy / ROLES).unlink()
    told = damaged(copy)
    assert ROLES in told and "cannot be read" in told and "--tagger rules" in told


def test_a_cut_file_is_refused_by_size(copy: Path) -> None:
    (copy / ROLES).write_bytes((copy / ROLES).read_bytes()[:-1])
    assert "the manifest says" in damaged(copy)


def test_a_changed_byte_is_refused_by_hash(copy: Path) -> None:
    data = bytearray((copy / ROLES).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / ROLES).write_bytes(bytes(data))
    assert "sha256" in damaged(copy)


def test_a_manifest_that_is_not_one_is_refused(copy: Path) -> None:
    (copy / MANIFEST).write_text('{"files": [{"name": "x"}]}', encoding="utf-8")
    assert MANIFEST in damaged(copy)


def test_a_manifest_without_the_tagger_is_refused(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"files": []}), encoding="utf-8")
    assert f"names no {ENCODER}" in damaged(tmp_path)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="cannot be read"):
        read_weights(tmp_path / "none")


def test_an_unknown_file_is_no_entry() -> None:
    with pytest.raises(BackendError, match="names no"):
        Weights(Path("."), ()).entry("x.onnx")


def test_without_spacy_the_rules_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    parser.cache_clear()
    with pytest.raises(BackendError, match=r"pip install '\.\[rules\]'"):
        RulesTagger().tag("The gate is shut, the harbour master said.")


def test_without_spacy_nothing_stands_in_for_damaged_weights(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / ROLES).unlink()
    monkeypatch.setenv("ONRECORD_WEIGHTS", str(copy))
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(BackendError, match=ROLES):
        choose_tagger()
