"""The claim encoder: sentences to vectors, for candidates only; without weights, words alone find them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

LONGEST = 96
WIDTH = 384


class Encoder(Protocol):
    """What turns texts into vectors of length one."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape: (texts, width)."""
        ...


class OnnxEncoder:
    """MiniLM sentence vectors on ONNX Runtime (Reimers and Gurevych, 2019)."""

    def __init__(self, tokenizer: Any, session: Any) -> None:
        self._tokenizer = tokenizer
        self._session = session

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape: (texts, WIDTH).

        One at a time: an int8 batch shares its scales, and no text must sway another's vector. On the CPU that is no
        slower, since nothing is padded.
        """
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            found[row] = self._session.run(["vector"], feed(self._tokenizer, [text]))[0][0]
        return found


def feed(tokenizer: Any, texts: Sequence[Any]) -> dict[str, npt.NDArray[np.int64]]:
    """Padded inputs of a batch of texts, or of pairs of texts."""
    encoded = tokenizer.encode_batch(list(texts))
    return {
        "ids": np.array([one.ids for one in encoded], dtype=np.int64),
        "mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
        "kinds": np.array([one.type_ids for one in encoded], dtype=np.int64),
    }


def session(path: Path, threads: int = 0) -> Any:
    """An ONNX Runtime session on the CPU that does not spin while it waits."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
