"""Invented texts in forms that the annotated news lacks, with and without attributions."""

from __future__ import annotations

import random
import re
from functools import cache
from importlib.resources import files

from training.tagger_edits import Example, Marked, Pair

QUIET, TELLING = 220, 300  # texts an epoch
_MARK = re.compile(r"\[([sct])(\d?) |\]")
Found = dict[str, dict[str, list[Pair]]]


@cache
def _lists(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    kind = ""
    for line in (files("training") / "invented" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line[3:]
        elif line and not line.startswith("# "):
            found.setdefault(kind, []).append(line)
    return found


def _filled(form: str, chance: random.Random) -> str:
    words = _lists("words.txt")
    names = re.compile(r"(\^?)\b(" + "|".join(sorted(words, key=len, reverse=True)) + r")\b")

    def fill(found: re.Match[str]) -> str:
        word = chance.choice(words[found[2]])
        return word[0].upper() + word[1:] if found[1] else word

    return names.sub(fill, form)


def _parsed(form: str) -> Example:
    """A filled form without its brackets, and what they marked."""
    text = ""
    spans: Found = {}
    open_marks: list[tuple[str, str, int]] = []
    at = 0
    for mark in _MARK.finditer(form):
        text += form[at : mark.start()]
        at = mark.end()
        if mark[0] == "]":
            role, number, start = open_marks.pop()
            spans.setdefault(number, {}).setdefault(role, []).append((start, len(text)))
        else:
            open_marks.append((mark[1], mark[2], len(text)))
    text += form[at:]
    return Example(text, tuple(_one(spans[number]) for number in sorted(spans)))


def _one(roles: dict[str, list[Pair]]) -> Marked:
    def pairs(role: str) -> tuple[Pair, ...]:
        return tuple(roles.get(role, ()))

    return Marked(pairs("s"), pairs("c")[:1], pairs("t"))


def _joined(parts: list[Example], gaps: list[str]) -> Example:
    text = ""
    marked: list[Marked] = []
    for part, gap in zip(parts, gaps, strict=True):
        for m in part.marked:
            source, cue, content = (
                tuple((s + len(text), e + len(text)) for s, e in role) for role in (m.source, m.cue, m.content)
            )
            marked.append(Marked(source, cue, content))
        text += part.text + gap
    return Example(text.rstrip(), tuple(marked))


def _quiet(kind: str, chance: random.Random) -> Example:
    lines = _lists("nobody.txt")[kind]
    chosen = chance.sample(lines, min(len(lines), chance.randrange(5, 13)))
    gaps = [chance.choice((" ", " ", "\n\n", "\n")) for _ in chosen]
    return _joined([Example(_filled(line, chance), ()) for line in chosen], gaps)


def _telling(kind: str, chance: random.Random) -> Example:
    forms = _lists("forms.txt")
    quiet = _lists("nobody.txt")["places" if kind != "science" else "health"]
    parts: list[Example] = []
    for _ in range(chance.randrange(3, 8)):
        if chance.random() < 0.35:
            parts.append(Example(chance.choice(quiet), ()))
        else:
            parts.append(_parsed(_filled(_simple(chance.choice(forms[kind])), chance)))
    lines = kind in ("post", "headline", "live", "transcript", "quote", "signed")
    gaps = [chance.choice(("\n\n", "\n")) if lines else chance.choice((" ", "\n\n")) for _ in parts]
    return _joined(parts, gaps)


def _simple(form: str) -> str:
    """A colon after a verb belongs to the cue's text, not to a second cue."""
    return form.replace("[c2 :]", ":") if "[s2" not in form else form


def invented(chance: random.Random) -> list[Example]:
    """The invented texts of one epoch."""
    quiet, telling = sorted(_lists("nobody.txt")), sorted(_lists("forms.txt"))
    found = [_quiet(chance.choice(quiet), chance) for _ in range(QUIET)]
    found += [_telling(chance.choice([*telling, "signed", "transcript"]), chance) for _ in range(TELLING)]
    return found
