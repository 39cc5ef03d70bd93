"""Who is quoted in a German, French or Spanish text: quotation marks and cue verbs, nothing learned."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.datamodel.span import Span, Spans

LANGUAGES = ("de", "es", "fr")
VERSION = "1"
_MAX_QUOTE = 1_500
_MAX_SOURCE_WORDS = 8
_MIN_QUOTE = 8
_SENTENCE_END = re.compile(r"[.!?…][\"“”»«]?\s|[\r\n]")
_WORD = re.compile(r"[^\s,.;:!?()„“”»«\"–—]+")
_SPACED = re.compile(rf"\s*({_WORD.pattern})")
# ", Karl Hein" behind an office.
_APPOSED = re.compile(r", (?:[A-ZÄÖÜÉÁÍÓÚÑ][\w’'-]+)(?: (?:de |von |del |la )?[A-ZÄÖÜÉÁÍÓÚÑ][\w’'-]+){1,3}(?=[,.])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is quoted of whom; `denies` and `direct` say how."""

    source: Spans
    cue: Spans
    content: Spans
    denies: bool
    direct: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    quoted: re.Pattern[str]
    cue: re.Pattern[str]
    that: re.Pattern[str]
    inverted: re.Pattern[str]
    denials: frozenset[str]
    stops: frozenset[str]
    pronouns: frozenset[str]


def quotations(text: str, language: str) -> tuple[Quotation, ...]:
    """The quotations of a text with a source that stands beside them, by place; nothing for a language without rules.

    Example:
        >>> [one] = quotations("„Der Pier bleibt zu“, sagte Otto Brandt am Montag.", "de")
        >>> one.source[0].of("„Der Pier bleibt zu“, sagte Otto Brandt am Montag.")
        'Otto Brandt'
    """
    if language not in LANGUAGES:
        return ()
    rules = _rules(language)
    found = [*_direct(text, rules), *_indirect(text, rules)]
    kept: list[Quotation] = []
    for one in sorted(found, key=_start):
        if not kept or one.content[0].start >= kept[-1].content[-1].end:
            kept.append(one)
    return tuple(kept)


def name_of_rules(language: str) -> str:
    """What made them, for `made_by`."""
    return f"quotation rules ({language}) {VERSION}"


def _start(one: Quotation) -> int:
    return one.content[0].start


@cache
def _rules(language: str) -> _Rules:
    told = tomllib.loads((files("onrecord.tagging.abroad") / f"{language}.toml").read_text(encoding="utf-8"))
    # Verbs of several words first: "a dit" before "dit"; German parts them ("teilte … mit").
    cues = sorted(told["cues"], key=len, reverse=True)
    verbs = "|".join(re.escape(one) for one in cues)
    quoted = "|".join(
        rf"{re.escape(one[0])}[^{re.escape(one)}\r\n]{{{_MIN_QUOTE},{_MAX_QUOTE}}}{re.escape(one[1])}"
        for one in told["marks"]
    )
    joined = "|".join(re.escape(one) + ("" if one[-1] in "’'" else r"(?!\w)") for one in told["conjunctions"])
    return _Rules(
        quoted=re.compile(quoted),
        cue=re.compile(rf"(?<!\w)(?:{verbs})(?!\w)"),
        # The day and the place stand between, in German before a comma.
        that=re.compile(rf"[^.!?;:„“”»«\"\r\n]{{0,60}}?,?\s*(?<!\w)(?=(?:{joined}))"),
        inverted=re.compile(told.get("inverted", r"(?!)")),
        denials=frozenset(told["denials"]),
        stops=frozenset(told["stops"]),
        pronouns=frozenset(told["pronouns"]),
    )


def _direct(text: str, rules: _Rules) -> Iterator[Quotation]:
    """Quoted words, with the clause behind them (“…”, said X) or the one before (X said: “…”)."""
    for match in rules.quoted.finditer(text):
        found = _behind(text, match.end(), rules) or _before(text, match.start(), rules)
        if found is not None:
            cue, source = found
            denies = cue.of(text) in rules.denials
            yield Quotation((source,), (cue,), (Span(match.start(), match.end()),), denies, True)


def _behind(text: str, at: int, rules: _Rules) -> tuple[Span, Span] | None:
    lead = re.compile(r"[,.]?\s*[,–—-]?\s*").match(text, at)
    start = lead.end() if lead else at
    turned = rules.inverted.match(text, start)
    if turned is not None:
        return Span(turned.start(), turned.end()), Span(*turned.span(1))
    cue = rules.cue.match(text, start)
    if cue is None:
        return None
    source = _source_from(text, cue.end(), rules)
    return (Span(cue.start(), cue.end()), source) if source else None


def _before(text: str, at: int, rules: _Rules) -> tuple[Span, Span] | None:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, at - 300), at)]
    start = ends[-1] if ends else max(0, at - 300)
    cues = list(rules.cue.finditer(text, start, at))
    if not cues or not re.fullmatch(r"(?:[^.!?]{0,60}:|,?)\s*", text[cues[-1].end() : at]):
        return None
    source = _source_before(text, start, cues[-1].start(), rules)
    return (Span(cues[-1].start(), cues[-1].end()), source) if source else None


def _indirect(text: str, rules: _Rules) -> Iterator[Quotation]:
    """X said that …, up to the end of the sentence."""
    for cue in rules.cue.finditer(text):
        that = rules.that.match(text, cue.end())
        if that is None:
            continue
        ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, cue.start() - 300), cue.start())]
        source = _source_before(text, ends[-1] if ends else max(0, cue.start() - 300), cue.start(), rules)
        stop = re.compile(r"[.!?…](?=\s|$)|[\r\n]|$").search(text, that.end())
        if source is None or stop is None or stop.start() - that.end() < _MIN_QUOTE:
            continue
        content = Span(that.end(), stop.start())
        yield Quotation((source,), (Span(cue.start(), cue.end()),), (content,), cue.group() in rules.denials, False)


def _source_from(text: str, at: int, rules: _Rules) -> Span | None:
    """The words behind a cue up to a sign or a word that begins something else, with the name that explains them."""
    words: list[re.Match[str]] = []
    while len(words) < _MAX_SOURCE_WORDS:
        word = _SPACED.match(text, at)
        if word is None or (word.group(1) in rules.stops and words):
            break
        at = word.end()
        if word.group(1) not in rules.stops:
            words.append(word)
    name = _APPOSED.match(text, words[-1].end()) if words else None
    if name is not None:
        return Span(words[0].start(1), name.end())
    return _named(words, rules)


def _source_before(text: str, start: int, end: int, rules: _Rules) -> Span | None:
    words = list(_WORD.finditer(text, start, end))[-_MAX_SOURCE_WORDS:]
    return _named(words, rules)


def _named(words: Sequence[re.Match[str]], rules: _Rules) -> Span | None:
    """The words as one place, if they name somebody: a capital letter, or a pronoun."""
    said = [word.group().strip() for word in words]
    if not any(word[0].isupper() or word.lower() in rules.pronouns for word in said):
        return None
    return Span(words[0].end() - len(words[0].group().strip()), words[-1].end())
