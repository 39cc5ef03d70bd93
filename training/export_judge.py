"""Pack claim encoder and pair judge, int8: `python -m training.export_judge BASE_DIR RUN_DIR OUT_DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from training.judge_model import JudgeModel
from transformers import AutoModel

_AXES = {0: "pairs", 1: "tokens"}


class Encoder(nn.Module):
    """The base model as a sentence encoder: the mean of all tokens, of length one (Reimers and Gurevych, 2019)."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Shape: (texts, tokens) three times -> (texts, 384)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1.0)
        return nn.functional.normalize(mean, dim=-1)


def pack(model: nn.Module, outputs: list[str], target: Path) -> None:
    """Write `target` (int8 weights) and, beside it, the same model in fp32 as `*.fp32.onnx`."""
    plain = target.with_suffix(".fp32.onnx")
    ids = torch.ones(2, 8, dtype=torch.long)
    model.eval()
    torch.onnx.export(
        model,
        (ids, ids, torch.zeros_like(ids)),
        str(plain),
        input_names=["ids", "mask", "kinds"],
        output_names=outputs,
        dynamic_axes={name: _AXES for name in ("ids", "mask", "kinds")} | {name: {0: "pairs"} for name in outputs},
        opset_version=17,
        dynamo=False,
    )
    # Seven bits: with eight, products overflow on processors without VNNI, and the same pair is judged otherwise.
    quantize_dynamic(str(plain), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def main() -> None:
    """Export both models."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("base", type=Path)
    ask.add_argument("run", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--only", choices=["encoder", "judge"])
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    if told.only != "judge":
        pack(Encoder(told.base), ["vector"], told.out / "encoder.onnx")
    if told.only != "encoder":
        judge = JudgeModel(told.base, attention="eager")
        judge.load_state_dict(torch.load(told.run / "news.pt", weights_only=True))
        pack(judge, ["entailment", "stance"], told.out / "judge.onnx")


if __name__ == "__main__":
    main()
