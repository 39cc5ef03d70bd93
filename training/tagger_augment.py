"""Rewriting of annotated texts, so that the tagger does not learn one newsroom's typography and verbs."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from training.tagger_edits import Edit, Example, Marked, Pair, apply, substitutions

Rewrite = Callable[[Example, random.Random], Example]

CUES = {
    "said": ("told reporters", "stated", "says", "added", "explained", "claimed", "noted", "insisted", "commented",
             "confirmed", "remarked", "told the BBC", "warned", "told the paper", "told the court", "told AFP"),
    "says": ("said", "argues", "explains", "claims", "notes", "believes", "warns", "maintains", "writes", "insists"),
    "say": ("said", "claim", "argue", "warn", "believe", "confirmed", "insist"),
    "according to": ("as reported by", "per", "citing", "in the words of", "as per"),
    "told": ("informed", "assured", "reminded", "warned"),
    "added": ("continued", "went on", "said", "concluded", "noted"),
    "wrote": ("tweeted", "posted", "posted on X", "writes", "wrote on Facebook", "said in a post", "texted"),
    "announced": ("disclosed", "revealed", "declared", "confirmed"),
    "reported": ("revealed", "said", "wrote", "reports", "disclosed"),
    "denied": ("rejected", "dismissed", "disputed"),
    "asked": ("wondered", "inquired", "enquired"),
    "called": ("described", "labelled", "branded"),
    "has said": ("had said", "has claimed", "has insisted", "had claimed"),
    "found": ("showed", "revealed", "concluded", "reported", "suggests", "indicates"),
    "show": ("suggest", "indicate", "reveal"),
    "shows": ("suggests", "indicates", "reveals", "finds"),
}  # fmt: skip
SOURCES = ("Dr. Amara Osei", "Lina Petrov", "Sir Alan Whitcombe", "the ministry", "a spokesperson for the hospital",
           "the health department", "Prof. Yuki Tanaka", "officials", "two people familiar with the matter",
           "researchers", "the World Health Organization", "a government source", "Detective Inspector Mark Hale",
           "the company", "the coach", "the agency", "Mayor Rosa Delgado", "Judge Harriet Lowe", "the paper",
           "the charity", "Ms Okafor", "Mr Lindqvist", "a senior doctor", "the club", "scientists", "the authors",
           "@harbourwatch", "the army", "police", "the union", "a resident", "the Foreign Office", "parents",
           "witnesses")  # fmt: skip
_PRONOUN = re.compile(r"(?i)(?:he|she|they|it|i|we|you|who|his|her)\b")
_SINGLE = re.compile(r"(?<![\w.,!?”\"])[‘']|[’'](?!\w)")


def _quote_marks(opening: str, closing: str) -> Rewrite:
    def rewrite(example: Example, _: random.Random) -> Example:
        edits: list[Edit] = []
        inside = False
        for place, char in enumerate(example.text):
            if char == "\n":
                inside = False
            if char in '“”"':
                inside = char == "“" or (char == '"' and not inside)
                edits.append((place, place + 1, opening if inside else closing))
        return apply(example, edits)

    return rewrite


def _british(example: Example, chance: random.Random) -> Example:
    """Single marks outside, double marks inside, and some British spellings of punctuation."""
    opening, closing = chance.choice(("‘’", "''"))
    single = [(m.start(), m.end(), '"') for m in _SINGLE.finditer(example.text)]
    plain = apply(example, single) if chance.random() < 0.5 else example
    return _quote_marks(opening, closing)(plain, chance)


def _lower(example: Example, _: random.Random) -> Example:
    text = "".join(c.lower() if len(c.lower()) == 1 else c for c in example.text)
    return replace(example, text=text)


def _one_newline(example: Example, _: random.Random) -> Example:
    return apply(example, substitutions(example.text, {"\n\n": "\n"}))


def _plain_apostrophes(example: Example, _: random.Random) -> Example:
    return apply(example, substitutions(example.text, {"’": "'", "‘": "'", "—": " - ", "–": "-"}))


def _ocr(example: Example, chance: random.Random) -> Example:
    """A few letters misread, as by a scanner."""
    edits = []
    for found in re.finditer(r"rn|m|l|e|I|0|cl", example.text):
        if chance.random() < 0.01:
            wrong = {"rn": "m", "m": "rn", "l": "1", "e": "c", "I": "l", "0": "O", "cl": "d"}[found.group()]
            edits.append((found.start(), found.end(), wrong))
    return apply(example, edits)


def _other_cues(example: Example, chance: random.Random) -> Example:
    edits: list[Edit] = []
    for marked in example.marked:
        for start, end in marked.cue:
            choices = CUES.get(example.text[start:end].lower())
            if choices and chance.random() < 0.35:
                edits.append((start, end, chance.choice(choices)))
    return apply(example, edits)


def _other_sources(example: Example, chance: random.Random) -> Example:
    edits: list[Edit] = []
    for marked in example.marked:
        for start, end in marked.source[:1]:
            old = example.text[start:end]
            if chance.random() < 0.25 and "\n" not in old and not (marked.source[1:] or old[:1] in ",;"):
                new = chance.choice(SOURCES)
                capital = start == 0 or example.text[max(0, start - 2) : start].strip() in ("", ".", "”", '."', ".”")
                edits.append((start, end, new[0].upper() + new[1:] if capital and old[:1].isupper() else new))
    return apply(example, edits)


REWRITES: tuple[tuple[float, Rewrite], ...] = (
    (0.45, _other_cues),
    (0.30, _other_sources),
    (0.22, _british),
    (0.12, _quote_marks("“", "”")),
    (0.12, _quote_marks('"', '"')),
    (0.04, _quote_marks('" ', ' "')),
    (0.03, _quote_marks("``", "''")),
    (0.02, _quote_marks("«", "»")),
    (0.20, _plain_apostrophes),
    (0.15, _one_newline),
    (0.03, _lower),
    (0.04, _ocr),
)


def rewritten(example: Example, chance: random.Random, strength: float = 1.0) -> Example:
    """The example after a random choice of rewrites, the same for the same state of `chance`."""
    example = chained(example, chance)
    for share, rewrite in REWRITES:
        if chance.random() < share * strength:
            example = rewrite(example, chance)
    return example


def chained(example: Example, chance: random.Random, share: float = 0.04) -> Example:
    """Wrap some whole-sentence attributions in a relay ("..., according to Z"; "Z reported that ...")."""
    edits: list[tuple[Edit, Marked | None, str, str, bool]] = []
    for marked in example.marked:
        first = min(start for start, _ in marked.pairs)
        last = max(end for _, end in marked.pairs)
        if chance.random() < share and _sentence(example.text, first, last):
            relay, after = chance.choice(SOURCES), chance.random() < 0.6
            cue = (
                chance.choice(("according to", "as reported by", "citing"))
                if after
                else chance.choice(("reported that", "reported", "said", "says", "wrote that", "reports that"))
            )
            edits.append(((first, last, ""), None, relay, cue, after))
    for (first, last, _), _, relay, cue, after in sorted(edits, reverse=True, key=lambda e: e[0][:2]):
        example = _wrap(example, (first, last), relay, cue, after)
    return example


def _sentence(text: str, first: int, last: int) -> bool:
    before, after = text[max(0, first - 2) : first], text[last : last + 2]
    return (first == 0 or before in (". ", "\n\n", "? ")) and after[:1] == "." and "\n" not in text[first:last]


def _wrap(example: Example, inner: Pair, relay: str, cue: str, after: bool) -> Example:
    first, last = inner
    if after:
        joined = ", "
        example = apply(example, [(last, last, f"{joined}{cue} {relay}")])
        cue_start = last + len(joined)
        outer = Marked(
            ((cue_start + len(cue) + 1, cue_start + len(cue) + 1 + len(relay)),),
            ((cue_start, cue_start + len(cue)),),
            ((first, last),),
        )
        return replace(example, marked=(*tuple(_cut(m, last) for m in example.marked), outer))
    head = relay[0].upper() + relay[1:] + " " + cue + " "
    if re.match(r"(?:The|A|An|He|She|They|It|In|His|Her|One|Two|Most|Some|All) ", example.text[first : first + 5]):
        example = apply(example, [(first, first + 1, example.text[first].lower())])
    example = apply(example, [(first, first, head)])
    moved = tuple(_start_from(m, first, first + len(head)) for m in example.marked)
    that = cue.endswith(" that")
    verb = cue.removesuffix(" that")
    cue_start = first + len(relay) + 1
    content = (cue_start + len(verb) + 1 if that else first + len(head), last + len(head))
    outer = Marked(((first, first + len(relay)),), ((cue_start, cue_start + len(verb)),), (content,))
    return replace(example, marked=(*moved, outer))


def _cut(marked: Marked, last: int) -> Marked:
    def cut(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple((s, last) if s < last < e else (s, e) for s, e in pairs)

    return replace(marked, source=cut(marked.source), cue=cut(marked.cue), content=cut(marked.content))


def _start_from(marked: Marked, old: int, new: int) -> Marked:
    def fix(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple((new, e) if s == old and e > new else (s, e) for s, e in pairs)

    return replace(marked, source=fix(marked.source), cue=fix(marked.cue), content=fix(marked.content))
