"""The learned tagger: one encoder pass a window, then source and content for each cue, on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
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
    cues_as_marked,
    merged,
    run_of,
    segments,
    viterbi,
    without,
)
from onrecord.tagging.labels import CLS, OWN, PACKED, SEP, distances, region
from onrecord.tagging.refining.nominal_cues import answered, has_complement, is_nominal, nouns, teller
from onrecord.tagging.refining.source_edges import with_whole_sources
from onrecord.tagging.scoring import Candidate, Evidence, Selection, read_selection, selected
from onrecord.tagging.typography.paragraphs import may_be_prose
from onrecord.tagging.windows import Tokens, Window, span_of, tokenize, windows
from onrecord.weights.manifest import Weights, packed_weights

Sessions = tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession]

ENCODER, ROLES, VOCABULARY = "tagger-encoder.onnx", "tagger-roles.onnx", "tagger-tokenizer.json"
_DASHES = "―—–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How the network's numbers become tags; the values stand in the manifest."""

    size: int = PACKED
    least_cue: float = 0.35
    least_bare: float = 0.5
    selection: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its tokens and typography."""

    text: str
    tokens: Tokens
    typography: Typography


@dataclass(frozen=True, slots=True)
class _Work:
    """One window of a text, by the text's place in the chunk."""

    text: int
    read: _Read
    window: Window


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue candidate: tokens [start, end) about it, their label scores [end - start, labels], and the verdicts [2]."""

    work: _Work
    run: CueRun
    start: int
    end: int
    scores: Floats
    verdict: Floats


class NeuralTagger:
    """The tagger whose weights come with the package; see `load`."""

    def __init__(self, tokenizer: Tokenizer, sessions: Sessions, decoding: Decoding, name: str, *,
                 threads: int = 1) -> None:  # fmt: skip
        self._tokenizer = tokenizer
        self._encoder, self._roles = sessions
        self._decoding = decoding
        self._name = name
        self._threads = threads

    @classmethod
    def load(cls, weights: Weights | None = None, *, threads: int = 2) -> NeuralTagger:
        """The packed tagger, or that of another folder of weights; raises BackendError."""
        weights = weights or packed_weights()
        about = weights.entry(ENCODER).about
        try:
            tokenizer = Tokenizer.from_file(str(weights.path(VOCABULARY)))
            sessions = _session(weights.path(ENCODER)), _session(weights.path(ROLES))
        except BackendError:
            raise
        except Exception as error:
            raise BackendError(
                f"{weights.folder}: the tagger cannot be started ({type(error).__name__}); reinstall onrecord"
            ) from error
        settings = dict(about.get("decoding", {}))
        selection = read_selection(settings.pop("selection", {}))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        version = weights.entry(ENCODER).sha256[:8]
        decoding = Decoding(**settings, selection=selection)
        return cls(tokenizer, sessions, decoding, f"neural-{version}", threads=threads)

    @property
    def name(self) -> str:
        """ "neural-" and the beginning of the encoder's hash."""
        return self._name

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts texts into word pieces."""
        return self._tokenizer

    @property
    def selection(self) -> Selection:
        """What decides which candidates become tags."""
        return self._decoding.selection

    def selecting(self, selection: Selection) -> NeuralTagger:
        """The same network with another selection."""
        decoding = replace(self._decoding, selection=selection)
        return NeuralTagger(self._tokenizer, (self._encoder, self._roles), decoding, self._name, threads=self._threads)

    def tag(self, text: str) -> tuple[Tag, ...]:
        """The attributions of one text, by place."""
        return next(self.tag_many((text,)))

    def tag_many(self, texts: Iterable[str]) -> Iterator[tuple[Tag, ...]]:
        """The attributions of many texts, in order, in flat memory."""
        for text, candidates in self.candidates(texts):
            yield with_whole_sources(selected(candidates, text, self._decoding.selection, self._name), text)

    def candidates(self, texts: Iterable[str], *, chunk: int = 96) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        """Each text with all it may hold; about `chunk` windows at a time."""
        with ThreadPoolExecutor(self._threads) as pool:
            reads: list[_Read] = []
            works: list[_Work] = []
            for text in texts:
                typography = Typography(text)
                read = _Read(text, tokenize(text, self._tokenizer, typography.states), typography)
                packed = windows(read.tokens, text, self._decoding.size)
                works += [_Work(len(reads), read, window) for window in packed if _may_hold(read, window)]
                reads.append(read)
                if len(works) >= chunk:
                    yield from self._decoded(reads, pool.map(self._labelled, works))
                    reads, works = [], []
            yield from self._decoded(reads, pool.map(self._labelled, works))

    def _decoded(
        self, reads: Sequence[_Read], labelled: Iterable[Sequence[_Found]]
    ) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
        by_text: list[list[Candidate]] = [[] for _ in reads]
        found = [one for some in labelled for one in some]
        for one, path in zip(found, _paths(found), strict=True):
            candidate = self._candidate(one, path)
            if candidate is not None:
                by_text[one.work.text].append(candidate)
        for read, candidates in zip(reads, by_text, strict=True):
            yield read.text, tuple(sorted(candidates, key=lambda c: c.extent))

    def _labelled(self, work: _Work) -> tuple[_Found, ...]:
        """The cue candidates of one window with the labels about them; alone, so that no other text has a say."""
        logits, states = self._encoder.run(None, _inputs(work))
        window = work.window
        length = len(window)
        chances = _softmax(logits[0, 1 : length + 1])
        runs = cue_runs(chances, self._decoding.least_cue, self._decoding.least_bare)
        runs = (*runs, *_nominal_runs(work, chances, runs))
        if not runs:
            return ()
        breaks = work.read.tokens.features[window.first : window.last, 0]
        bounds = [region(run.first, breaks) for run in runs]
        cues = [(run.first, run.last) for run in runs]
        labels, verdicts = self._roles.run(None, _role_inputs(states[0, 1 : length + 1], cues, bounds))
        scores = cues_as_marked(_log_softmax(labels), runs, [low for low, _ in bounds])
        return tuple(
            _Found(work, run, start, end, scores[row, : end - start], verdicts[row])
            for row, (run, (start, end)) in enumerate(zip(runs, bounds, strict=True))
        )

    def _candidate(self, one: _Found, path: Ints) -> Candidate | None:
        """What one cue candidate attributes; None where it has no content."""
        read, offset, verdict = one.work.read, one.work.window.first + one.start, one.verdict

        def spans(begin: int) -> list[tuple[Span, float]]:
            return [
                (
                    span_of(read.tokens, offset + first, offset + last),
                    float(one.scores[np.arange(first, last), path[first:last]].mean()),
                )
                for first, last in segments(path, begin)
            ]

        cue = () if one.run.bare else _cue_span(one, path)
        if _is_dash(one.work, one.run) and (signed := read.typography.signed(cue[0])):
            return Candidate((signed[1],), cue, (signed[0],), Evidence(0.95, 4.0, -0.02, -0.02, float(verdict[1])))
        contents, sources = spans(3), sorted(spans(1), key=lambda pair: -pair[1])[:1]
        content, source = _assembled(read, [span for span, _ in contents], [span for span, _ in sources], cue)
        if not content:
            return None
        if is_nominal(source, cue, read.text):
            source = teller(source, cue, read.text)
            if one.run.chance < self._decoding.least_cue and not has_complement(cue, content, read.text):
                return None
        else:
            cue, content = answered(cue, content, read.text)
        sure = min((chance for _, chance in contents), default=0.0), min((chance for _, chance in sources), default=0.0)
        evidence = Evidence(one.run.chance, float(verdict[0]), *sure, float(verdict[1]))
        return Candidate(source, cue, content, evidence)


def _nominal_runs(work: _Work, chances: Floats, runs: Sequence[CueRun]) -> Iterator[CueRun]:
    """The nouns of a window that may attribute and are no run of their own, as cue candidates."""
    tokens, window = work.read.tokens, work.window
    starts, ends = tokens.starts[window.first : window.last], tokens.ends[window.first : window.last]
    for noun in nouns(work.read.text, int(starts[0]), int(ends[-1])):
        first = int(np.searchsorted(ends, noun.start, side="right"))
        last = int(np.searchsorted(starts, noun.end, side="left"))
        if not any(run.first >= first and run.last <= last for run in runs):
            chance = float((chances[first:last, 1] + chances[first:last, 2]).max())
            yield CueRun(first, last, chance, last)


def _is_dash(work: _Work, run: CueRun) -> bool:
    """Whether a cue is a dash, which may part a quotation from the name that signs it."""
    first = work.window.first
    return not run.bare and not span_of(work.read.tokens, first + run.first, first + run.last).of(work.read.text).strip(
        _DASHES
    )


def _cue_span(one: _Found, path: Ints) -> Spans:
    """The words from a cue's first on that are labelled as its own."""
    read, offset = one.work.read, one.work.window.first + one.start
    first, last = run_of(path == OWN, one.run.first - one.start)
    return (read.typography.cue(span_of(read.tokens, offset + first, offset + last)),)


def _paths(found: Sequence[_Found]) -> Ints:
    """The best allowed labels about each cue, whose first token is a word of it [N, R]."""
    size = max((len(one.scores) for one in found), default=1)
    scores = np.full((len(found), size, OWN + 1), -1e4, np.float32)
    scores[:, :, 0] = 0.0
    for row, one in enumerate(found):
        scores[row, : len(one.scores)] = one.scores
        if not one.run.bare:
            scores[row, one.run.first - one.start, :OWN] = -1e4
    return viterbi(scores)


def _assembled(read: _Read, contents: list[Span], sources: list[Span], cue: Spans) -> tuple[Spans, Spans]:
    """Content and source with the rules of boundaries applied and no role in another's words."""
    typography = read.typography
    source = tuple(span for one in sources if (span := typography.source(one)))
    source = tuple(span for one in without(source, cue) if (span := typography.trimmed(one)))
    found = merged([span for one in contents if (span := typography.content(one))], read.text)
    kept = without(found, cue + source)
    trimmed = tuple(
        span for one in kept if (span := typography.trimmed(one)) and any(c.isalnum() for c in span.of(read.text))
    )
    if not trimmed:
        return (), source
    return typography.continued(typography.within_paragraphs(trimmed, cue)), source


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    # The fused operator is several times slower than the two it stands for.
    slow = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow
    )


def _may_hold(read: _Read, window: Window) -> bool:
    """Whether a window's words may be prose at all."""
    tokens = read.tokens
    return may_be_prose(read.text[int(tokens.starts[window.first]) : int(tokens.ends[window.last - 1])])


def _inputs(work: _Work) -> dict[str, Ints]:
    """Ids and features of a window, as a batch of one."""
    tokens, window = work.read.tokens, work.window
    length = len(window)
    ids = np.empty((1, length + 2), np.int64)
    ids[0, 0], ids[0, length + 1] = CLS, SEP
    ids[0, 1:-1] = tokens.ids[window.first : window.last]
    features = np.zeros((1, length + 2, 3), np.int64)
    features[0, 1:-1] = tokens.features[window.first : window.last]
    return {"ids": ids, "features": features}


def _role_inputs(
    states: Floats, cues: Sequence[tuple[int, int]], bounds: Sequence[tuple[int, int]]
) -> dict[str, Floats | Ints]:
    """Padded states about some cues of a window, by their tokens, with each token's distance to its cue."""
    shape = (len(cues), max(end - start for start, end in bounds))
    about = np.zeros((*shape, states.shape[1]), np.float32)
    within, distance, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for row, ((low, high), (start, end)) in enumerate(zip(cues, bounds, strict=True)):
        first, last = low - start, min(high, end) - start
        about[row, : end - start] = states[start:end]
        mask[row, : end - start] = 1
        within[row, first:last] = 1
        distance[row] = distances(shape[1], first, last)
    return {"states": about, "within": within, "distance": distance, "mask": mask}


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def _softmax(logits: Floats) -> Floats:
    result: Floats = np.exp(_log_softmax(logits))
    return result
