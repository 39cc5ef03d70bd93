"""Pack the linker's judge, int8 of seven bits: `python -m training.export_linker RUN_DIR OUT_FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor, nn
from training.export_judge import pack
from training.linker_model import LinkerModel


class Bearing(nn.Module):
    """The judge with its one head that is used."""

    def __init__(self, model: LinkerModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Shape: (pairs, tokens) three times -> logits (pairs, 4)."""
        found: Tensor = self.model(ids, mask, kinds)[1]
        return found


def main() -> None:
    """Read the command line and write the file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("out", type=Path)
    told = ask.parse_args()
    model = LinkerModel()
    model.load_state_dict(torch.load(told.run / "model.pt", weights_only=True))
    pack(Bearing(model), ["bearing"], told.out)
    told.out.with_suffix(".fp32.onnx").unlink()
    print(f"{told.out.name}: {told.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
