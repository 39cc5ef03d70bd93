"""The claim encoder: sentences to vectors, for candidates only; without weights, words alone find them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

LONGEST = 96
WIDTH = 384
# Fewer inputs than this are not worth threads.
_FEW = 4
Given = TypeVar("Given")


class OnnxEncoder:
    """MiniLM sentence vectors on ONNX Runtime (Reimers and Gurevych, 2019)."""

    def __init__(self, tokenizer: Any, session: Any, threads: int = 1) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._threads = threads

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape: (texts, WIDTH).

        One at a time: an int8 batch shares its scales, and no text must sway another's vector. On the CPU that is no
        slower, since nothing is padded.
        """
        rows = one_by_one(
            lambda text: self._session.run(["vector"], feed(self._tokenizer, [text]))[0][0], texts, self._threads
        )
        return np.array(rows, dtype=np.float32).reshape(len(texts), WIDTH)

    def clipped(self, text: str) -> str:
        """The beginning of a text that its vector is made of."""
        return text[: max(end for _, end in self._tokenizer.encode(text).offsets)]


def feed(tokenizer: Any, texts: Sequence[Any]) -> dict[str, npt.NDArray[np.int64]]:
    """Padded inputs of a batch of texts, or of pairs of texts."""
    encoded = tokenizer.encode_batch(list(texts))
    return {
        "ids": np.array([one.ids for one in encoded], dtype=np.int64),
        "mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
        "kinds": np.array([one.type_ids for one in encoded], dtype=np.int64),
    }


def one_by_one(run: Callable[[Given], Vectors], inputs: Sequence[Given], threads: int) -> list[Vectors]:
    """What a model makes of each input by itself, in order; several at a time, each on one thread."""
    if threads < 2 or len(inputs) < _FEW:
        return [run(one) for one in inputs]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, inputs))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def session(path: Path) -> Any:
    """An ONNX Runtime session on one thread of the CPU: two small inputs side by side are faster than one on two."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Errors only: nobody who asks a question wants to hear how a graph is laid out.
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
