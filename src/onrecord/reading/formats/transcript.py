"""Subtitles and transcripts (VTT, SRT): words that lead back to a time code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from onrecord.datamodel.report import Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.reader import Gives

# Hand-made files leave out zeros, hours, milliseconds, and the empty line between two cues.
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(
    rf"^[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})[^\n]*\n"
    rf"(?P<words>(?:(?![ \t]*(?:\d+[ \t]*\n[ \t]*)?{_TIME}[ \t]*-->)[ \t]*[^\s][^\n]*(?:\n|$))*)",
    re.MULTILINE,
)
_HEAD = re.compile(rf"(?:^|\n)[ \t]*{_TIME}[ \t]*-->[ \t]*\d".encode())
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^>]{1,80})>")
_TAG = re.compile(r"<[^>]{0,100}>")
_TURN = re.compile(r"(?:>>+|[-–—] )\s*")
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{1,40}:\s")
_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class _Cue:
    start: str
    end: str
    words: str
    voice: str | None


class TranscriptReader:
    """Cues joined to running words; a new speaker or a pause after a full stop opens a paragraph."""

    gives = Gives(name="transcript", endings=("vtt", "srt"), time_code=True, max_mb=10)

    def sniff(self, head: bytes, name: str) -> bool:
        """WebVTT's first word, or a time-code line."""
        start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return start.startswith(b"WEBVTT") or bool(_HEAD.search(re.sub(rb"\r\n?", b"\n", start[:1000])))

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError where no cue has words."""
        decoded = decode(source.raw, source.name)
        cues = list(_cues(re.sub(r"\r\n?", "\n", decoded.text).lstrip("\ufeff")))
        if not cues:
            raise ReadError(f"{source.name}: subtitles without words; export them again")
        text, loci = _join(cues)
        return (
            Draft(
                text=text, sha256=hashlib.sha256(source.raw).hexdigest(), reader="transcript", loci=loci,
                notes=(decoded.note,) if decoded.note else (),
            ),
        )  # fmt: skip


def _cues(text: str) -> Iterator[_Cue]:
    last = ""
    for match in _TIMES.finditer(text):
        for line in match.group("words").splitlines():
            if re.fullmatch(r"\s*\d+\s*", line):
                continue
            voice = _VOICE.search(line)
            words = " ".join(unescape(_TAG.sub("", line)).split())
            # Live captions roll up: each cue repeats the line before.
            if words and words != last:
                last = words
                yield _Cue(match.group("start"), match.group("end"), words, voice.group(1).strip() if voice else None)


def _join(cues: Sequence[_Cue]) -> tuple[str, tuple[Locus, ...]]:
    parts: list[str] = []
    loci: list[Locus] = []
    at = 0
    before: _Cue | None = None
    for cue in cues:
        turn = _TURN.match(cue.words)
        words = cue.words[turn.end() :] if turn else cue.words
        changed = cue.voice is not None and (before is None or cue.voice != before.voice)
        if cue.voice is not None and changed:
            words = f"{cue.voice}: {words}"
        opens = changed or bool(turn) or bool(_LABEL.match(words)) or (before is not None and _pauses(before, cue))
        if not words:
            continue
        gap = "" if not parts else "\n\n" if opens else " "
        at += len(gap)
        loci.append(Locus(span=Span(at, at + len(words)), time_code=f"{cue.start}-{cue.end}"))
        parts.append(gap + words)
        at += len(words)
        before = cue
    return "".join(parts), tuple(loci)


def _pauses(before: _Cue, cue: _Cue) -> bool:
    return before.words.endswith((".", "?", "!", "”", '"')) and _seconds(cue.start) - _seconds(before.end) >= _PAUSE_S


def _seconds(code: str) -> float:
    parts = code.replace(",", ".").split(":")
    return sum(float(part) * 60.0**power for power, part in enumerate(reversed(parts)))
