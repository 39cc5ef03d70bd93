"""Negation of a sentence: taken out, so that a claim that is only denied reads as what is denied."""

from __future__ import annotations

import re

_BE = r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|be|been|being)"
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), to)
    for pattern, to in (
        (rf"\b({_BE})n[’']t\b", r"\1"),
        (rf"\b({_BE})( already| ever| yet| also| now)? not (?:ever |yet )?", r"\1\2 "),
        (r"\bcannot\b", "can"),
        (r"\bwon[’']t\b", "will"),
        (
            r"\b(there(?:[’']s| is| was|[’']s been| has been| had been)) no "
            r"(?=\w+s\b|danger|evidence|doubt|truth|need)",
            r"\1 ",
        ),
        (r"\b(there(?:[’']s| is| was|[’']s been| has been| had been)) no (?=[aeiou])", r"\1 an "),
        (r"\b(there(?:[’']s| is| was|[’']s been| has been| had been)) no ", r"\1 a "),
        (r"\b(there (?:are|were|have been|had been)) no ", r"\1 "),
        (r"\bnobody\b|\bno one\b", "somebody"),
        (r"\bnothing\b", "something"),
        (r"\bnever (?:once |even |ever )?", ""),
        (r"^no (?=\w+s\b)", ""),
        (r"^no (?=[aeiou])", "An "),
        (r"^no ", "A "),
        (r"\bnot (?=\w+ing\b)", ""),
    )
)
# Of two clauses one is not negated: without its negation the sentence would say what nobody denies.
_JOINED = re.compile(r"\b(?:and|but|or|while|although|though|because)\b", re.IGNORECASE)
_LEFT = re.compile(
    r"\b(?:not|no|none|nor|neither|never|without|nobody|nothing|false|untrue|wrong)\b|n[’']t\b", re.IGNORECASE
)
_SOME = re.compile(r"\bany(one|body|thing|where)\b", re.IGNORECASE)
_STRESS = re.compile(r"\s(?:whatsoever|at all|of any kind)\b", re.IGNORECASE)
_UNCLEAR = re.compile(r"\b(?:any|until|but|than)\b", re.IGNORECASE)


def remove_negation(text: str) -> str | None:
    """The sentence without its one negation, None where that takes more than leaving a word out."""
    if len(_LEFT.findall(text)) != 1 or _JOINED.search(text):
        return None
    for pattern, to in _REWRITES:
        told, changed = pattern.subn(to, text, count=1)
        if changed:
            told = of_someone(_STRESS.sub("", " ".join(told.split())))
            return None if _LEFT.search(told) or _UNCLEAR.search(told) else f"{told[:1].upper()}{told[1:]}"
    return None


_KEPT = re.compile(r"\b(?:than|before|without|if|unless|whether|hardly)\b", re.IGNORECASE)


def of_someone(text: str) -> str:
    """What is denied of anyone, told of someone: "anyone was hurt" denied is "someone was hurt".

    Left as it is where a comparison or condition ("before anyone") or a negation asks for "any".
    """
    if _LEFT.search(text) or _KEPT.search(text):
        return text
    return _SOME.sub(lambda found: f"{'S' if found[0][0] == 'A' else 's'}ome{found[1]}", text)
