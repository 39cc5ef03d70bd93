"""The pair judge: whether one text follows from another or contradicts it, and what a passage does to a claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.cache import RowCache
from onrecord.errors import BackendError
from onrecord.linking.encoder import LONGEST, WIDTH, OnnxEncoder, Vectors, cores, feed, one_by_one, session
from onrecord.linking.scorer import Scorer, read_scorer
from onrecord.weights.manifest import packed_weights, read_weights

ENCODER, JUDGE, STANCE, TOKENIZER = "encoder.onnx", "judge.onnx", "signs.onnx", "tokenizer.json"
LINKER, SCORER = "linker.onnx", "linker-scorer.json"
# Tokens of the left side, and of a pair in all, as the linker's judge was trained.
LONGEST_LEFT, LONGEST_IN_ALL = 36, 80
LONGEST_PAIR = 288
# Vectors and judged pairs kept in memory: at most some 100 MB and some 30 MB.
MOST_VECTORS, MOST_PAIRS, MOST_BEARINGS = 1 << 16, 1 << 17, 1 << 19

Numbers = npt.NDArray[np.float32]


class Judge:
    """The claim encoder and the pair judge, as they come with the package; see `load_judge`."""

    def __init__(
        self,
        encoder: OnnxEncoder,
        tokenizer: Any,
        pairs: Any,
        name: str,
        *,
        stance: Any = None,
        linker: Any = None,
        scorer: Scorer | None = None,
        threads: int = 1,
    ) -> None:
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._pairs = pairs
        self._stance = stance
        self._linker = linker
        self.scorer = scorer
        self._bearings: RowCache[tuple[str, str]] = RowCache(4, MOST_BEARINGS)
        self._threads = threads
        self.name = name
        self._vectors: RowCache[str] = RowCache(WIDTH, MOST_VECTORS)
        self._entailed: RowCache[tuple[str, str]] = RowCache(3, MOST_PAIRS)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape: (texts, WIDTH), each of length one."""
        return self._vectors.rows(texts, self._encoder.encode)

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        """Chances of entailment, neutral, contradiction. Shape: (pairs, 3)."""
        return self._entailed.rows(pairs, lambda fresh: self._judged(fresh, "entailment", 3))

    def stance(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        """Chances that the second text is for, against, merely observing or silent on the first. Shape: (pairs, 4)."""
        return self._judged(pairs, "stance", 4)

    def bearing(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        """Chances that the second text supports, denies, leaves open or is silent on the first. Shape: (pairs, 4)."""
        return self._bearings.rows(pairs, self._borne)

    def _borne(self, pairs: Sequence[tuple[str, str]]) -> Numbers:
        held = {text: self._tokenizer.encode(text, add_special_tokens=False).ids for pair in pairs for text in pair}
        start, end = (self._tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))

        def chances(pair: tuple[str, str]) -> Numbers:
            ours = [start, *held[pair[0]][:LONGEST_LEFT], end]
            theirs = [*held[pair[1]][: LONGEST_IN_ALL - len(ours) - 1], end]
            ids = np.array([[*ours, *theirs]], dtype=np.int64)
            kinds = np.array([[0] * len(ours) + [1] * len(theirs)], dtype=np.int64)
            logits = self._linker.run(["bearing"], {"ids": ids, "mask": np.ones_like(ids), "kinds": kinds})[0][0]
            raised: Numbers = np.exp(logits - logits.max())
            shares: Numbers = raised / raised.sum()
            return shares

        rows = one_by_one(chances, pairs, self._threads)
        return np.array(rows, dtype=np.float32).reshape(len(pairs), 4)

    def predict_stance(self, rows: Numbers) -> Numbers | None:
        """Chances that reports are for, against or merely observing, by stance features; None without such weights.

        Shape: (reports, features) -> (reports, 3).
        """
        if self._stance is None:
            return None
        found: Numbers = self._stance.run(["probabilities"], {"X": rows})[0]
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


def load_judge(folder: Path | None = None, threads: int = 0, *, scored: bool = True) -> Judge:
    """The packed encoder and judge, sizes and hashes checked; raises BackendError where one is missing or damaged.

    `threads` inputs are judged side by side, by default as many as there are cores. Not `scored`: without the scorer,
    which is yet to be fitted.
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
        stance_model = session(weights.path(STANCE)) if any(one.name == STANCE for one in weights.files) else None
        linker = session(weights.path(LINKER))
        scorer = read_scorer(weights.path(SCORER)) if scored else None
    except BackendError:
        raise
    except Exception as error:
        raise BackendError(
            f"{weights.folder}: the pair judge cannot be loaded ({type(error).__name__}); reinstall onrecord"
        ) from error
    version = str(weights.entry(JUDGE).about.get("version", "1"))
    return Judge(
        encoder, pairs, judge, f"judge {version}", stance=stance_model, linker=linker, scorer=scorer, threads=threads
    )
