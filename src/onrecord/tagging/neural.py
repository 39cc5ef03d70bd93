"""The learned tagger: one encoder pass a window, then source and content for each cue, on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.errors import BackendError
from onrecord.tagging.decoding import (
    CueRun,
    Floats,
    Ints,
    Typography,
    cue_runs,
    merged,
    segments,
    viterbi,
    without,
)
from onrecord.tagging.layout import CLS, REGION, SEP, WINDOW, distances, region_start
from onrecord.tagging.scoring import Candidate, Evidence, Selection, read_selection, selected
from onrecord.tagging.windows import Tokens, Window, span_of, tokenize, windows
from onrecord.weights.manifest import Weights, packed_weights

ENCODER, ROLES, VOCABULARY = "tagger-encoder.onnx", "tagger-roles.onnx", "tagger-tokenizer.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How the network's numbers become tags; the values stand in the manifest."""

    size: int = WINDOW
    context: int = 0
    least_cue: float = 0.2
    least_bare: float = 0.5
    selection: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True)
class _Work:
    """One window of one text of a chunk."""

    text: int
    window: Window


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue candidate with the states about it."""

    work: _Work
    run: CueRun
    start: int
    states: Floats


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its tokens and typography."""

    text: str
    tokens: Tokens
    typography: Typography


class NeuralTagger:
    """The tagger whose weights come with the package; see `load`."""

    def __init__(self, tokenizer: Tokenizer, encoder: onnxruntime.InferenceSession,
                 roles: onnxruntime.InferenceSession, decoding: Decoding, name: str) -> None:  # fmt: skip
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._roles = roles
        self._decoding = decoding
        self._name = name

    @classmethod
    def load(cls, weights: Weights | None = None, *, threads: int = 2) -> NeuralTagger:
        """The packed tagger, or that of another folder of weights; raises BackendError."""
        weights = weights or packed_weights()
        about = weights.entry(ENCODER).about
        try:
            tokenizer = Tokenizer.from_file(str(weights.path(VOCABULARY)))
            encoder = _session(weights.path(ENCODER), threads)
            roles = _session(weights.path(ROLES), threads)
        except BackendError:
            raise
        except Exception as error:
            raise BackendError(
                f"{weights.folder}: the tagger cannot be started ({error}); reinstall onrecord"
            ) from error
        settings = dict(about.get("decoding", {}))
        selection = read_selection(settings.pop("selection", {}))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        version = weights.entry(ENCODER).sha256[:8]
        return cls(tokenizer, encoder, roles, Decoding(**settings, selection=selection), f"neural-{version}")

    @property
    def name(self) -> str:
        """ "neural-" and the beginning of the encoder's hash."""
        return self._name

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts texts into word pieces."""
        return self._tokenizer

    def tag(self, text: str) -> tuple[Tag, ...]:
        """The attributions of one text, by place."""
        return next(self.tag_many((text,)))

    def tag_many(self, texts: Iterable[str]) -> Iterator[tuple[Tag, ...]]:
        """The attributions of many texts, in order, in flat memory."""
        for text, candidates in self.candidates(texts):
            yield selected(candidates, text, self._decoding.selection, self._name)

    def candidates(self, texts: Iterable[str], *, chunk: int = 96) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        """Each text with all it may hold, the unlikely too; about `chunk` windows are held at a time."""
        reads: list[_Read] = []
        works: list[_Work] = []
        for text in texts:
            typography = Typography(text)
            read = _Read(text, tokenize(text, self._tokenizer, typography.states), typography)
            packed = windows(read.tokens, text, self._decoding.size, self._decoding.context)
            works += [_Work(len(reads), window) for window in packed]
            reads.append(read)
            if len(works) >= chunk:
                yield from self._candidates(reads, works)
                reads, works = [], []
        yield from self._candidates(reads, works)

    def _candidates(
        self, reads: Sequence[_Read], works: Sequence[_Work]
    ) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        by_text: list[list[Candidate]] = [[] for _ in reads]
        found = [one for group in _batches(works) for one in self._cues(reads, group)]
        for group in (found[at : at + 8] for at in range(0, len(found), 8)):
            for one, candidate in zip(group, self._with_roles(reads, group), strict=True):
                if candidate is not None:
                    by_text[one.work.text].append(candidate)
        for read, some in zip(reads, by_text, strict=True):
            yield read.text, tuple(sorted(some, key=lambda c: c.extent))

    def _cues(self, reads: Sequence[_Read], works: Sequence[_Work]) -> Iterator[_Found]:
        """Cue candidates of some windows of near length, each answered for by one window only."""
        logits, states = self._encoder.run(None, _inputs(reads, works))
        for row, work in enumerate(works):
            window = work.window
            length = window.last - window.first
            chances = _softmax(logits[row, 1 : length + 1])
            for run in cue_runs(chances, self._decoding.least_cue, self._decoding.least_bare):
                if window.own_first <= window.first + run.first < window.own_last:
                    start = region_start(run.first, length)
                    yield _Found(work, run, start, states[row, 1 + start : 1 + min(start + REGION, length)].copy())

    def _with_roles(self, reads: Sequence[_Read], found: Sequence[_Found]) -> Iterator[Candidate | None]:
        logits, verdicts = self._roles.run(None, _role_inputs(found))
        scores = _log_softmax(logits)
        for row, one in enumerate(found):
            scores[row, len(one.states) :, 1:] = -1e4
            if not one.run.bare:
                scores[row, one.run.first - one.start : one.run.last - one.start, 1:] = -1e4
        paths = viterbi(scores)
        for row, one in enumerate(found):
            yield self._candidate(reads[one.work.text], one, (paths[row], scores[row]), verdicts[row])

    def _candidate(self, read: _Read, one: _Found, roles: tuple[Ints, Floats], verdict: Floats) -> Candidate | None:
        """What one cue candidate attributes; None where it has no content."""
        offset = one.work.window.first + one.start

        def spans(begin: int) -> list[tuple[Span, float]]:
            path, scores = roles
            return [
                (
                    span_of(read.tokens, offset + first, offset + last),
                    float(scores[np.arange(first, last), path[first:last]].mean()),
                )
                for first, last in segments(path, begin)
            ]

        cue = () if one.run.bare else self._cue_span(read, one)
        if cue and not cue[0].of(read.text).strip("―—–-") and (signed := read.typography.signed(cue[0])):
            return Candidate((signed[1],), cue, (signed[0],), Evidence(0.95, 4.0, -0.02, -0.02, float(verdict[1])))
        contents, sources = spans(3), sorted(spans(1), key=lambda pair: -pair[1])[:1]
        content, source = _assembled(read, [span for span, _ in contents], [span for span, _ in sources], cue)
        if not content:
            return None
        sure = min((chance for _, chance in contents), default=0.0), min((chance for _, chance in sources), default=0.0)
        evidence = Evidence(one.run.chance, float(verdict[0]), *sure, float(verdict[1]))
        return Candidate(source, cue, content, evidence)

    def _cue_span(self, read: _Read, one: _Found) -> Spans:
        first = one.work.window.first
        span = span_of(read.tokens, first + one.run.first, first + one.run.last)
        return (read.typography.whole_words(span),)


def _assembled(read: _Read, contents: list[Span], sources: list[Span], cue: Spans) -> tuple[Spans, Spans]:
    """Content and source with the rules of boundaries applied and no role in another's words."""
    typography = read.typography
    source = tuple(span for one in sources if (span := typography.source(one)))
    source = without(source, cue)
    found = merged([span for one in contents if (span := typography.content(one))], read.text)
    kept = without(found, cue + source)
    trimmed = tuple(
        span for one in kept if (span := typography.trimmed(one)) and any(c.isalnum() for c in span.of(read.text))
    )
    if not trimmed:
        return (), source
    return typography.continued(typography.within_paragraphs(trimmed, cue)), source


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _batches(works: Sequence[_Work], most: int = 320) -> Iterator[list[_Work]]:
    """Windows of near length, at most about `most` tokens with their padding."""
    group: list[_Work] = []
    for work in sorted(works, key=lambda w: w.window.last - w.window.first):
        if group and (len(group) + 1) * (work.window.last - work.window.first + 2) > most:
            yield group
            group = []
        group.append(work)
    if group:
        yield group


def _inputs(reads: Sequence[_Read], works: Sequence[_Work]) -> dict[str, Ints]:
    """Padded ids, features and mask of some windows."""
    size = max(w.window.last - w.window.first for w in works) + 2
    ids = np.zeros((len(works), size), np.int64)
    mask = np.zeros_like(ids)
    features = np.zeros((len(works), size, 3), np.int64)
    for row, work in enumerate(works):
        tokens, window = reads[work.text].tokens, work.window
        length = window.last - window.first
        ids[row, 0], ids[row, length + 1] = CLS, SEP
        ids[row, 1 : length + 1] = tokens.ids[window.first : window.last]
        features[row, 1 : length + 1] = tokens.features[window.first : window.last]
        mask[row, : length + 2] = 1
    return {"ids": ids, "features": features, "mask": mask}


def _role_inputs(found: Sequence[_Found]) -> dict[str, Floats | Ints]:
    """Padded states about some cues, with each token's distance to its cue."""
    shape = (len(found), REGION)
    states = np.zeros((*shape, found[0].states.shape[1]), np.float32)
    within, distance, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, one in enumerate(found):
        first, last = one.run.first - one.start, one.run.last - one.start
        states[row, : len(one.states)] = one.states
        mask[row, : len(one.states)] = 1
        within[row, first:last] = 1
        distance[row] = distances(REGION, first, last)
    return {"states": states, "within": within, "distance": distance, "mask": mask}


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def _softmax(logits: Floats) -> Floats:
    result: Floats = np.exp(_log_softmax(logits))
    return result
