"""A report's text to marked-up words: every character of it, its statements under their marks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, hull
from onrecord.rendering.wording import safe_id, visible

# A text as long as a book is shown in parts; a browser lays out one of them at once.
PART_CHARS = 400_000


def parts(text: str) -> int:
    """How many parts a text is shown in."""
    return max(1, -(-len(text) // PART_CHARS))


def marked(
    report: Report,
    said: Sequence[Attribution],
    numbers: Mapping[str, int],
    show: str = "",
    part: int = 1,
    place: Span | None = None,
) -> Markup:
    """The text, or one part of it; numbers and anchors add no characters that a selection would take with it.

    The statement `show` and the words at `place` are lit up.
    """
    first, last = (part - 1) * PART_CHARS, min(part * PART_CHARS, len(report.text))
    layers = list(_layers(report, said, show))
    starts: dict[int, list[Markup]] = {}
    if place is not None:
        layers.append((place, "content hit"))
        starts[place.start] = [Markup('<a class="spot" id="at"></a>')]
    ends: dict[int, list[Markup]] = {}
    for one in said:
        if (whole := hull(one.content)) is not None:
            starts.setdefault(whole.start, []).append(Markup('<a class="spot" id="a-{}"></a>').format(safe_id(one.id)))
            ends.setdefault(whole.end, []).append(_number(one.id, numbers.get(one.id, 0)))
    cuts = {first, last, *starts, *ends}
    for span, _ in layers:
        cuts.update((span.start, span.end))
    places = sorted(place for place in cuts if first <= place <= last)
    opened = _Sweep(layers)
    pieces = [*starts.get(first, ())]
    for start, end in itertools.pairwise(places):
        pieces.append(_piece(report.text[start:end], start, opened(start)))
        pieces.extend(ends.get(end, ()))
        pieces.extend(starts.get(end, ()))
    return Markup("").join(pieces)


def _layers(report: Report, said: Sequence[Attribution], show: str) -> Iterator[tuple[Span, str]]:
    for passage in report.passages:
        yield passage.span, f"part {passage.part.value}"
    for span in report.doubtful:
        yield span, "doubtful"
    for one in said:
        hit = " hit" if one.id == show else ""
        yield from ((span, f"source{hit}") for span in one.source)
        yield from ((span, f"cue{hit}") for span in one.cue)
        yield from ((span, f"content{hit}") for span in one.content)


class _Sweep:
    """Which marks are open at a place, asked for in rising order."""

    def __init__(self, layers: Sequence[tuple[Span, str]]) -> None:
        self.waiting = sorted(layers, key=lambda one: (one[0].start, one[0].end, one[1]), reverse=True)
        self.open: list[tuple[Span, str]] = []

    def __call__(self, place: int) -> tuple[str, ...]:
        while self.waiting and self.waiting[-1][0].start <= place:
            self.open.append(self.waiting.pop())
        self.open = [one for one in self.open if one[0].end > place]
        names = dict.fromkeys(name for _, told in self.open for name in told.split())
        return tuple(names)


def _piece(text: str, start: int, marks: tuple[str, ...]) -> Markup:
    told = escape(visible(text))
    # Where characters are shown by number, a selection cannot be counted in the text's own characters.
    exact = "" if len(visible(text)) == len(text) else Markup(' data-shown="{}"').format(len(text))
    return Markup('<span data-at="{}"{}{}>{}</span>').format(
        start, exact, Markup(' class="{}"').format(" ".join(marks)) if marks else "", told
    )


def _number(attribution: str, number: int) -> Markup:
    return Markup('<a class="back" href="#s-{}" data-name="{}" aria-label="statement {}"></a>').format(
        safe_id(attribution), number, number
    )
