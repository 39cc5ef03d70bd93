"""Give the int8 weights of packed models seven bits: `python -m training.narrow_weights WEIGHTS FILE.onnx...`.

With eight bits, two products of one step can overflow on a processor without VNNI, which then reads the same input
otherwise. A model that is exported anew has seven bits from the start.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from onrecord.weights.manifest import MANIFEST

MOST = 64  # 255 * 64 * 2 fits in sixteen bits


def narrow(model: Any) -> int:
    """Halve the weights of all integer products and double their scales; how many were not narrow before.

    Raises ValueError for weights that are not symmetric int8.
    """
    held = {one.name: one for one in model.graph.initializer}
    done = 0
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        name = node.input[1]
        scale = name.removesuffix("_quantized") + "_scale"
        weights, zero = (numpy_helper.to_array(held[one]) for one in (name, node.input[3]))
        if weights.dtype != np.int8 or zero.any():
            raise ValueError(f"{name}: found {weights.dtype} weights around {zero}, expected int8 around 0")
        if np.abs(weights.astype(np.int32)).max() <= MOST:
            continue
        halved = np.rint(weights.astype(np.int32) / 2).clip(-MOST, MOST).astype(np.int8)
        held[name].CopyFrom(numpy_helper.from_array(halved, name))
        held[scale].CopyFrom(numpy_helper.from_array(numpy_helper.to_array(held[scale]) * np.float32(2), scale))
        done += 1
    return done


def main() -> None:
    """Read the command line, narrow the files and write their new hashes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("files", nargs="+")
    told = parser.parse_args()
    manifest = told.weights / MANIFEST
    listed: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in listed["files"]}
    for name in told.files:
        model = onnx.load(str(told.weights / name))
        print(f"{name}: {narrow(model)} matrices narrowed")
        onnx.save(model, str(told.weights / name))
        data = (told.weights / name).read_bytes()
        rows[name].update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    manifest.write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
