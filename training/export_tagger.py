"""Export trained weights as int8, with fp32 beside it: `python -m training.export_tagger PT... TOKENIZER.json OUT`."""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from training.pack_folds import entry
from training.tagger_model import NARROW, Tagger, load_weights

from onrecord.tagging.labels import REGION
from onrecord.tagging.neural import ENCODER, ROLES, VOCABULARY
from onrecord.weights.manifest import MANIFEST


class _Encode(nn.Module):
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        return self.model.encode(ids, features, None)


class _Roles(nn.Module):
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, states: Tensor, within: Tensor, distance: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.model.roles(states, within, distance, mask)


def export(model: Tagger, folder: Path) -> None:
    """Write both networks as fp32 ONNX; the encoder reads one window at a time, without padding."""
    ids = torch.randint(1000, 20000, (1, 64))
    whole = {name: {1: "tokens"} for name in ("ids", "features", "cues", "states")}
    _write(_Encode(model), (ids, torch.zeros(1, 64, 3, dtype=torch.long)), folder / ENCODER,
           ["ids", "features"], ["cues", "states"], whole)  # fmt: skip
    place = torch.zeros(2, REGION, dtype=torch.long)
    some = {name: {0: "cues", 1: "tokens"} for name in ("states", "within", "distance", "mask", "labels")}
    some["verdicts"] = {0: "cues"}
    within = place.clone()
    within[:, 5] = 1
    _write(_Roles(model), (torch.randn(2, REGION, NARROW), within, place, place + 1), folder / ROLES,
           ["states", "within", "distance", "mask"], ["labels", "verdicts"], some)  # fmt: skip


def _write(module: nn.Module, sample: tuple[Tensor, ...], path: Path, inputs: list[str], outputs: list[str],
           axes: dict[str, dict[int, str]]) -> None:  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(module.eval(), sample, str(path), dynamo=False, opset_version=17, input_names=inputs,
                          output_names=outputs, dynamic_axes=axes,
                          custom_opsets={"com.microsoft": 1})  # fmt: skip
    onnx.checker.check_model(str(path))


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+", help="one file, or several of which the mean is taken")
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path)
    told = parser.parse_args()
    model = load_weights(told.weights)
    full = told.out / "fp32"
    full.mkdir(parents=True, exist_ok=True)
    export(model, full)
    for name in (ENCODER, ROLES):
        # Seven bits: with eight, products overflow on processors without VNNI, and the same text gives other tags.
        quantize_dynamic(
            str(full / name), str(told.out / name), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    tokenizer = Tokenizer.from_file(str(told.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(told.out / VOCABULARY), pretty=False)
    shutil.copy(told.out / VOCABULARY, full / VOCABULARY)
    for folder in (told.out, full):
        rows = [entry(folder / name, {}) for name in (ENCODER, ROLES, VOCABULARY)]
        (folder / MANIFEST).write_text(json.dumps({"files": rows}, indent=1) + "\n", encoding="utf-8")
    for path in sorted(told.out.glob("tagger-*")):
        print(f"{path.stat().st_size:>10} {path}")


if __name__ == "__main__":
    main()
