"""Negation of a sentence: taken out, so that a claim that is only denied reads as what is denied."""

from __future__ import annotations

import re

from onrecord.linking.terms import WORD

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
        (r"^no such (?=\w+s\b)", "Such "),
        (r"^no such ", "Such a "),
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


_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|rather than|far from|instead of|deny|"
    r"denied|denies|"
    r"denying|false(?! (?:pretens|pretenc|propagand|flag|start|alarm|hope|impression|sense|positive|teeth|dawn|name|"
    r"identit|passport|document|beard|prophet))|untrue|hoax|bogus|fabricated|lie|baseless|unfounded|refused? to|"
    r"stopped short|rejected?|(?:is|are|was|were|has|have|had|[’'](?:s|ve|re)) yet to(?! come))\b|n[’']t\b",
    re.IGNORECASE,
)

# "Not only", "no doubt", "no later than": negations that deny nothing.
_HARMLESS = re.compile(
    r"\b(?:,? (?:and|but) not an? [\w-]+(?: [\w-]+)?(?=[\s.,;”\"’']*$)|"
    r", not (?:an? |the )?[\w-]+(?: [\w-]+){0,2}(?=[\s.,;”\"’']*$)|"
    r"not only|not just|no doubt|no later than|no fewer than|no less than|no more than|not least|no longer than|"
    r"nothing but|no matter|(?:should|must|ought|need)(?: not|n[’']t)|not yet clear|whether or not|if not|"
    r"like (?:[\w’'-]+ ){1,4}?(?:ha(?:s|ve|d)(?:n[’']t| not)|never) (?:ever )?(?:been )?"
    r"(?:seen|heard|known|faced|felt)|"
    r"(?:it|they|we|you|he|she|anyone|[a-z]+) (?:ha(?:s|ve|d)(?:n[’']t| not| never)) (?:ever )?"
    r"(?:seen|heard|known|faced) before|never (?:been )?seen before|"
    r"no comment|no question|not until|no (?:[\w-]+ ){1,3}(?:except|other than)|"
    r"no [\w-]+ but [\w’'-]+(?: [\w’'-]+)?(?=[”\"’'.,;]*(?:$| and\b)))\b",
    re.IGNORECASE,
)

FEWEST_BEFORE = 3

_RELATIVE = re.compile(
    r"(?<=\w)\s+(?:that|which|who|whose)\s+(?:\w+ly\s+)?(?:is|are|was|were|has|have|had|do|does|did|will|would|"
    r"can|could|may)"
    r"(?:n[’']t)?\b[^,;.]*|,\s+(?:which|who|whose|where)\b[^,;.]*",
    re.IGNORECASE,
)

_ADJUNCT = re.compile(
    r"\s+(?:because|although|though|unless|if|so that|in order|even though|after|before|since|when|while)\b.*$|"
    r"(?<!is)(?<!are)(?<!was)(?<!were)(?<!been)(?<!be)\s+without\b[^,;]*$",
    re.IGNORECASE | re.DOTALL,
)

_DOUBLE = re.compile(
    r"\b(?:(?:no|not|never)\s+(?:truth|true|denying|denied|deny|longer den\w+)[^,;.]{0,60}?\b(?:not|no|never|"
    r"n[’']t))\b|"
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s)?)\b[^,;.]{0,60}\b(?:not|no|never)\b|n[’']t\s+(?:deny|rule out)\b|"
    r"\b(?:not|never)\s+(?:deny|denied|false|untrue|without)\b|"
    r"\bno (?:\w+ )?reasons?\b[^,;.]{0,40}?\bto (?:doubt|question|dispute|disbelieve|contradict)\b|"
    r"\bno (?:\w+ )?reasons?\b[^,;.]{0,40}?\bto (?:believe|think|suppose|assume)\b[^,;.]{0,60}?"
    r"(?:\b(?:not|no|never|untrue|false)\b|n[’']t\b)|"
    r"(?:\b(?:not|never)|n[’']t)\s+(?:doubt|dispute|disbelieve|contradict)\b|"
    r"(?:\b(?:not|never)|n[’']t)\s+(?:believe|think)\b[^,;.]{0,60}?(?:\b(?:not|never|untrue|false)\b|n[’']t\b)|"
    r"\blie[ds]? about (?:not|never)\b",
    re.IGNORECASE,
)

_CONDITION = re.compile(r"^\W*(?:and |but )?(?:if|unless)\b[^,.;]*(?:[,.;]|$)", re.IGNORECASE)

# Who tells others not to do something denies nothing.
_COMMAND = re.compile(
    r"^\W*(?:and |but )?(?:please )?(?:do not|don[’']t) (?!know|think|believe|recall|remember|have|see|want)\w+",
    re.IGNORECASE,
)


def negated(text: str) -> bool:
    """Whether the main predicate is negated: side remarks, reasons and relative clauses deny nothing."""
    plain = _COMMAND.sub(" ", _HARMLESS.sub(" ", _CONDITION.sub(" ", text)))
    for aside in (_RELATIVE, _ADJUNCT):
        found = aside.search(plain)
        if found and len(WORD.findall(plain[: found.start()])) >= FEWEST_BEFORE:
            plain = plain[: found.start()] + plain[found.end() :]
    return len(_DOUBLE.findall(plain)) % 2 == 0 and bool(_NEGATION.search(plain))
