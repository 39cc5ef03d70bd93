"""Hypothesis' JSON (an answer of its search, an export, a list, JSON lines) to annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.errors import UsageError
from onrecord.reading.decoding import load_json

MOST = 5_000
_MAX_MB = 30
_LISTS = ("rows", "annotations")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotation: on which page, on which words, and what was noted by whom; `exact` is empty for a page's note."""

    id: str
    uri: str
    text: str
    user: str
    at: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    tags: tuple[str, ...] = ()
    answers: str | None = None


def read_annotations(raw: bytes, name: str) -> tuple[Annotation, ...]:
    """The annotations of a file, first those that answer none, by time; raises UsageError where it holds none."""
    if len(raw) > _MAX_MB * 1_000_000:
        raise UsageError(f"{name}: more than {_MAX_MB} MB of annotations; split it")
    found = [_annotation(one) for one in _rows(raw, name)]
    kept = [one for one in found if one is not None]
    if not kept:
        raise UsageError(f"{name}: no Hypothesis annotations in it; save what its API's search answers, or export them")
    if len(kept) > MOST:
        raise UsageError(f"{name}: {len(kept):,} annotations, more than {MOST:,}; split it")
    return tuple(sorted(kept, key=lambda one: (one.answers is not None, one.at, one.id)))


def _rows(raw: bytes, name: str) -> Iterator[Json]:
    try:
        document = load_json(raw)
    except (ValueError, RecursionError) as error:
        try:
            document = [load_json(line) for line in raw.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise UsageError(f"{name}: annotations that are no valid JSON; save them again") from error
    if isinstance(document, Mapping):
        document = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), [document])
    yield from (one for one in document if isinstance(one, Mapping)) if isinstance(document, list) else ()


def _annotation(row: Json) -> Annotation | None:
    """One row; None for what is no annotation."""
    ident, uri = row.get("id"), row.get("uri") or row.get("url")
    if not isinstance(ident, str) or not isinstance(uri, str):
        return None
    quoted, position = _selector(row, "TextQuoteSelector"), _selector(row, "TextPositionSelector")
    start, references, tags = position.get("start"), row.get("references"), row.get("tags")
    return Annotation(
        id=ident[:80],
        uri=uri,
        text=_text(row.get("text")),
        user=_text(row.get("user")).removeprefix("acct:") or "somebody",
        at=_text(row.get("created")),
        exact=_text(quoted.get("exact")),
        prefix=_text(quoted.get("prefix")),
        suffix=_text(quoted.get("suffix")),
        start=start if isinstance(start, int) else None,
        tags=tuple(one for one in tags if isinstance(one, str)) if isinstance(tags, list) else (),
        answers=str(references[-1]) if isinstance(references, list) and references else None,
    )


def _selector(row: Json, kind: str) -> Json:
    targets = row.get("target")
    for target in targets if isinstance(targets, list) else []:
        selectors = target.get("selector") if isinstance(target, Mapping) else None
        for one in selectors if isinstance(selectors, list) else []:
            if isinstance(one, Mapping) and one.get("type") == kind:
                return one
    return {}


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
