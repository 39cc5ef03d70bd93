"""The pair judge: whether one text follows from another or contradicts it, and what a passage does to a claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.errors import BackendError
from onrecord.linking.encoder import LONGEST, WIDTH, OnnxEncoder, Vectors, cores, feed, one_by_one, session
from onrecord.linking.remembering import Remembered
from onrecord.weights.manifest import packed_weights, read_weights

ENCODER, JUDGE, SIGNS, TOKENIZER = "encoder.onnx", "judge.onnx", "signs.onnx", "tokenizer.json"
LONGEST_PAIR = 288
# Vectors and judged pairs kept in memory: at most some 100 MB and some 30 MB.
MOST_VECTORS, MOST_PAIRS = 1 << 16, 1 << 17

Numbers = npt.NDArray[np.float32]


class Judge:
    """The claim encoder and the pair judge, as they come with the package; see `load_judge`."""

    def __init__(
        self, encoder: OnnxEncoder, tokenizer: Any, pairs: Any, name: str, *, signs: Any = None, threads: int = 1
    ) -> None:
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._pairs = pairs
        self._signs = signs
        self._threads = threads
        self.name = name
        self._vectors: Remembered[str] = Remembered(WIDTH, MOST_VECTORS)
        self._entailed: Remembered[tuple[str, str]] = Remembered(3, MOST_PAIRS)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape: (texts, WIDTH), each of length one."""
        return self._vectors.rows(texts, self._encoder.encode)

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        """Chances of entailment, neutral, contradiction. Shape: (pairs, 3)."""
        return self._entailed.rows(pairs, lambda fresh: self._judged(fresh, "entailment", 3))

    def stance(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        """Chances that the second text is for, against, merely observing or silent on the first. Shape: (pairs, 4)."""
        return self._judged(pairs, "stance", 4)

    def by_signs(self, rows: Numbers) -> Numbers | None:
        """Chances that reports are for, against or merely observing, by their signs; None without such weights.

        Shape: (reports, signs) -> (reports, 3).
        """
        if self._signs is None:
            return None
        found: Numbers = self._signs.run(["probabilities"], {"X": rows})[0]
        return found

    def _judged(self, pairs: Sequence[tuple[str, str]], head: str, width: int) -> Numbers:
        """Pairs are judged one at a time: an int8 batch shares its scales, and no pair must sway another's answer."""

        def chances(pair: tuple[str, str]) -> Numbers:
            logits = self._pairs.run([head], self._fed(pair))[0][0]
            raised: Numbers = np.exp(logits - logits.max())
            shares: Numbers = raised / raised.sum()
            return shares

        rows = one_by_one(chances, pairs, self._threads)
        return np.array(rows, dtype=np.float32).reshape(len(pairs), width)

    def _fed(self, pair: tuple[str, str]) -> dict[str, npt.NDArray[np.int64]]:
        """The inputs of a pair: of a first text that leaves the second no room, only what the encoder reads."""
        try:
            return feed(self._tokenizer, [pair])
        except Exception:  # the tokenizer has no narrower one for a text that cannot be cut to fit
            return feed(self._tokenizer, [(self._encoder.clipped(pair[0]), pair[1])])


def load_judge(folder: Path | None = None, threads: int = 0) -> Judge:
    """The packed encoder and judge, sizes and hashes checked; raises BackendError where one is missing or damaged.

    `threads` inputs are judged side by side, by default as many as there are cores.
    """
    threads = threads or cores()
    weights = read_weights(folder) if folder else packed_weights()
    try:
        from tokenizers import Tokenizer

        tokenizer_file = str(weights.path(TOKENIZER))
        singles, pairs = Tokenizer.from_file(tokenizer_file), Tokenizer.from_file(tokenizer_file)
        singles.enable_truncation(LONGEST)
        pairs.enable_truncation(LONGEST_PAIR, strategy="only_second")
        for tokenizer in (singles, pairs):
            tokenizer.enable_padding()
        encoder = OnnxEncoder(singles, session(weights.path(ENCODER)), threads)
        judge = session(weights.path(JUDGE))
        signs = session(weights.path(SIGNS)) if any(one.name == SIGNS for one in weights.files) else None
    except BackendError:
        raise
    except Exception as error:
        raise BackendError(
            f"{weights.folder}: the pair judge cannot be loaded ({type(error).__name__}); reinstall onrecord"
        ) from error
    version = str(weights.entry(JUDGE).about.get("version", "1"))
    return Judge(encoder, pairs, judge, f"judge {version}", signs=signs, threads=threads)
