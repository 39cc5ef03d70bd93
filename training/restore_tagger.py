"""Read a packed int8 tagger back as weights to train on from: `python -m training.restore_tagger WEIGHTS OUT.pt`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from training.tagger_model import Tagger, shape_of

from onrecord.tagging.neural import ENCODER, ROLES

PREFIX = "model."


def restored(folder: Path) -> dict[str, Tensor]:
    """The weights of both networks of a folder, as floats."""
    state: dict[str, Tensor] = {}
    for name in (ENCODER, ROLES):
        state.update(_weights(onnx.load(str(folder / name)).graph))
    return state


def _weights(graph: Any) -> Iterator[tuple[str, Tensor]]:
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for name, value in held.items():
        if name.startswith(PREFIX) and value.dtype == np.float32 and not name.endswith("_scale"):
            yield name.removeprefix(PREFIX), _tensor(value)
        if name.startswith(PREFIX) and name.endswith(".weight_quantized"):
            base = name.removesuffix("_quantized")
            value = _floats(held, base)
            # A linear layer's weight is the transpose of what its product is made with; a table is looked up as it is.
            looked_up = any(node.op_type == "Gather" and node.input[0] == name for node in graph.node)
            yield base.removeprefix(PREFIX), _tensor(value if looked_up else value.T)
    yield from _products(graph, held)


def _products(graph: Any, held: dict[str, Any]) -> Iterator[tuple[str, Tensor]]:
    """Weights whose names the export has lost: each is named by the path of the product that it enters."""
    for node in graph.node:
        if node.op_type == "MatMulInteger" and not node.input[1].startswith(PREFIX):
            path = node.output[0].removeprefix("/").split("/")
            name = ".".join(path[: path.index(next(part for part in path if part.startswith("MatMul")))]) + ".weight"
            yield name, _tensor(_floats(held, node.input[1].removesuffix("_quantized")).T)


def _floats(held: dict[str, Any], base: str) -> Any:
    whole, scale = held[f"{base}_quantized"].astype(np.float32), held[f"{base}_scale"]
    return (whole - held[f"{base}_zero_point"].astype(np.float32)) * scale


def _tensor(value: Any) -> Tensor:
    return torch.from_numpy(np.array(value, np.float32))


def main() -> None:
    """Read the command line, restore, check that nothing is missing, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    told = parser.parse_args()
    state = restored(told.weights)
    Tagger(shape_of(state)).load_state_dict(state)
    told.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, told.out)
    print(f"{len(state)} tensors, {sum(one.numel() for one in state.values())} numbers")


if __name__ == "__main__":
    main()
