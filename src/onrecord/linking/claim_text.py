"""A claim's text: the clearest words that somebody said for it, put so that they stand alone (Choi et al., 2021)."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.linking.negation import of_someone, remove_negation
from onrecord.linking.standalone import FINITE, SUBJECTLESS, finite

_LEADING = re.compile(
    r"^(?:[\s“”\"'‘’\[(…\-–—,;:.]+|(?:and|but|or|so|while|although|though|whereas|because|that|whether|if|also)\b\s*)+",
    re.IGNORECASE,
)
# "If the crew had no radio, they could not call": what holds on a condition is claimed with it.
_CONDITION = re.compile(
    r"[\s“”\"'‘’\[(…\-–—,;:.]*(?:(?:and|but|that)\b\s*)*(?P<told>if\b[^,.;]*,\s+(?!and\b|or\b)\w)", re.IGNORECASE
)


_IF = re.compile(r"[\s“”\"'‘’\[(…\-–—,;:.]*(?:(?:and|but|that)\b\s*)*(?P<told>if\b)", re.IGNORECASE)
_THEN = re.compile(
    r"(?P<before>[\w’'-]+)[”\"’]*\s+(?:he|she|it|they|we|you|I|there)\s+"
    r"(?:is|are|was|were|will|would|can|could|may|might|should|must|has|have|had)\b"
)
_OPENERS = frozenset(
    "if that what where when who which because before after how why and or but as than whether".split()
)
# "Reports that the gate was shut": what is claimed is that it was, unless the reports are what is told of.
_HEARSAY = re.compile(
    r"^(?:(?:the|any|some|these|those|all|such|media|press|online|false|strong|unconfirmed|earlier) )*"
    r"(?:reports?|rumou?rs?|claims?|allegations?|accusations?|suggestions?|speculation|stories|talk|news) that "
    r"(?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|[a-z]+ed)\b)"
    r"(?!.*\b(?:is|are|was|were|be|been) (?:\w+ )?(?:false|untrue|true|baseless|unfounded|wrong|right|incorrect|"
    r"correct|inaccurate|accurate|fake|exaggerated|fabricated|denied|confirmed|rejected|dismissed)\b)(?=\w)",
    re.IGNORECASE,
)
# Of a quotation in two pieces the second can take up the first's last word: 'We … "We have not met."'
_TWICE = re.compile(r"^(?P<word>\w+)(?: …)? [“\"‘']?(?=(?P=word)\b)", re.IGNORECASE)
_TRAILING = re.compile(r"[\s“”\"'‘’\])…\-–—,;:.]+$")
_CONJUNCTION = re.compile(r"[\s,;]+(?:and|or|but)$", re.IGNORECASE)
# An apostrophe inside a word closes nothing.
_CLOSING_SINGLE = re.compile(r"’(?!\w)")
_OF_MANY = re.compile(r"(?:are|were|have|do)(?:n[’']t)?\b", re.IGNORECASE)
# Who demands "that changes be made" says that they should be.
_WANTED = re.compile(r"(?P<who>[\w’'-]+(?: [\w’'-]+){0,4}) (?=(?:not )?be [a-z]+)")
_MODAL = re.compile(
    r"\b(?:to|will|would|shall|should|can|could|may|might|must|not|cannot|let|lets|please|and|or|who|which|that|if)\b|"
    r"n[’']t\b|[’'](?:ll|d)\b",
    re.IGNORECASE,
)


# Nouns that stand for a predicate: "the letter's authenticity" says that the letter is authentic.
_PREDICATES = {
    "authenticity": "is authentic", "accuracy": "is accurate", "veracity": "is true", "validity": "is valid",
    "legality": "is legal", "existence": "exists", "death": "has died", "resignation": "has resigned",
    "arrest": "has been arrested", "involvement": "was involved",
}  # fmt: skip
# Speculation "about the mayor's death" tells that he has died.
_ABOUT = re.compile(r"^(?:of|about|on|over|regarding|concerning) ", re.IGNORECASE)
_NOMINAL = re.compile(
    rf"^(?:(?:the )?({'|'.join(_PREDICATES)}) of ([\w’' -]+)|([\w’' -]+?)[’']s? ({'|'.join(_PREDICATES)}))$",
    re.IGNORECASE,
)


_GERUND = re.compile(r"^((?:\w+ly )?)([a-z]{2,})ing\b(.*)$", re.IGNORECASE | re.DOTALL)
_INFINITIVE = re.compile(r"^to have\b(.*)$", re.IGNORECASE | re.DOTALL)
_FIRST = re.compile(
    r"^I((?: (?:never|also|already|only|once|just))?) (have|am|was|had|did|will|would|could|can|should|might|\w+ed|"
    r"wrote|said|told|saw|knew|sent|took|made|gave|met|went|spoke|left|found|heard|felt|lost|won|ran|got|put)\b(.*)$",
    re.DOTALL,
)
_AGREE = {"have": "has", "am": "is"}
_PASTS = dict(
    pair.split("/")
    for pair in "send/sent hav/had be/was tak/took mak/made giv/gave know/knew meet/met do/did go/went pay/paid "
    "sell/sold steal/stole ly/lied writ/wrote speak/spoke tell/told say/said buy/bought break/broke see/saw leav/left "
    "hitt/hit putt/put com/came fight/fought find/found hold/held keep/kept lead/led los/lost read/read runn/ran "
    "sitt/sat hid/hid shoot/shot driv/drove teach/taught bring/brought catch/caught gett/got seek/sought think/thought "
    "build/built spend/spent winn/won begin/began beginn/began throw/threw draw/drew withdraw/withdrew feel/felt "
    "hear/heard understand/understood sett/set cutt/cut shutt/shut lett/let hurt/hurt cast/cast broadcast/broadcast "
    "dy/died eat/ate fly/flew fall/fell grow/grew choos/chose ris/rose sleep/slept swear/swore wear/wore".split()
)
# "The office of failing to warn them", of which somebody accuses it; "the risk of failing" is no such thing.
_ACCUSED = re.compile(r"^((?:[\w’'.-]+ ){0,5}?(?P<head>[\w’'.-]+)) of (?P<verb>[a-z]{2,})ing\b(?P<rest>.*)$", re.DOTALL)
_THINGS = frozenset(
    "way ways possibility risk risks idea sign signs hope hopes plan plans chance chances cost means method process "
    "matter act acts practice danger fear fears prospect intention habit aim purpose task charge charges crime "
    "accusation allegation allegations suspicion point instead kind part question capable thought dream".split()
)
_NAMES_ACT = re.compile(r"(?:ing|[ts]ion|ment|ity|ance|ence)s?$", re.IGNORECASE)
_AND_ALSO = re.compile(r"^((?: \w+)? (?:and|or) )([a-z]{2,})ing\b")
_UNNAMED = re.compile(r"^(?:unnamed|unresolved|the letter|the memo|the report|the document)\b", re.IGNORECASE)


def with_subject(text: str, speaker: str, refused: bool) -> str:
    """The clause with its speaker as subject: what Weber denies as "sending it" is "Weber sent it"."""
    accused = _ACCUSED.match(text)
    if (
        accused
        and not finite(text)
        and not _NAMES_ACT.search(accused["head"])
        and accused["head"].lower() not in _THINGS
    ):
        rest = _AND_ALSO.sub(lambda match: f"{match[1]}{_past(match[2])}", accused["rest"], count=1)
        return f"{accused[1]} {_past(accused['verb'])}{rest}"
    if not speaker or _UNNAMED.match(speaker):
        return text
    name = f"{speaker[:1].upper()}{speaker[1:]}"
    told = text[:1].lower() + text[1:] if not text.startswith("I ") else text
    gerund = _GERUND.match(told) if refused else None
    if gerund and gerund[2].lower() not in {"noth", "someth", "anyth", "everyth", "dur", "accord", "k", "th"}:
        return f"{name} {gerund[1]}{_past(gerund[2].lower())}{gerund[3]}"
    infinitive = _INFINITIVE.match(told)
    if infinitive:
        return f"{name} has{infinitive[1]}"
    first = _FIRST.match(told)
    if first and not re.search(r"\b(?:my|me|I|we|our)\b", first[3]):
        return f"{name}{first[1]} {_AGREE.get(first[2], first[2])}{first[3]}"
    return text


def _past(stem: str) -> str:
    """The past of a verb of which all but "ing" is told."""
    known = _PASTS.get(stem)
    if known:
        return known
    if stem.endswith("e"):
        return f"{stem}d"
    return f"{stem[:-1]}ied" if re.search(r"[^aeiou]y$", stem) else f"{stem}ed"


# Who dismisses a report "as false" denies what it says.
_DISMISSED_AS = re.compile(
    r"\s+as\s+[“\"‘']?(?:\w+ly\s)?(?:false|untrue|baseless|unfounded|groundless|fabricated|nonsense|fiction|lies|fake|"
    r"an? (?:\w+ )?(?:lie|hoax|fabrication|fake|smear))\b[^,;]*(?=\.$)",
    re.IGNORECASE,
)


def decontextualized(text: str, speaker: str, denied: bool) -> str:
    """A clause as a sentence, with its speaker as subject where it lost its own; `denied` where its cue denies it."""
    return _decontextualized(text, speaker, denied)


@lru_cache(maxsize=1 << 16)
def _decontextualized(text: str, speaker: str, denied: bool) -> str:
    told = sentence(with_subject(sentence(text).removesuffix("."), speaker, denied))
    if not denied:
        return told
    told = affirmed(told)
    return of_someone(told) if finite(told) else told


# Words that stand under a negation alone: "any" is "some" without it, the others have no such fellow.
_ANY = re.compile(r"\b([Aa])ny(one|body|thing)?\b(?! (?:of|more|longer)\b)")
_ONLY_NEGATED = re.compile(r"\b(?:anymore|any (?:more|longer)|ever|yet|either|at all|whatsoever)\b", re.IGNORECASE)


def affirmed(text: str) -> str:
    """What somebody denies as somebody says it: who denies "that any decision was made" denies that some was."""
    return _ANY.sub(lambda any_: f"{'S' if any_[1] == 'A' else 's'}ome{any_[2] or ''}", text)


# Two quoted pieces side by side, and a straight mark that is no apostrophe.
_JOINED_MARKS = re.compile(r"[,.;]?[”\"’']{1,2}\s+[“\"‘'](?=\w)")
_LOOSE_MARK = re.compile(r"(?<!\w)'|'(?!\w)")


def sentence(text: str) -> str:
    """A clause as a sentence: no leading conjunction, no marks around it, a capital and a full stop."""
    told = " ".join(text.split())
    condition = _CONDITION.match(told) or _if_then(told)
    told = _TRAILING.sub("", told[condition.start("told") :] if condition else _LEADING.sub("", told)) or told
    told = _TRAILING.sub("", _CONJUNCTION.sub("", told)) or told
    told = _HEARSAY.sub("", _TWICE.sub("", told))
    if told.count("‘") != len(_CLOSING_SINGLE.findall(told)):
        told = _CLOSING_SINGLE.sub("", told).replace("‘", "")
    for opening, closing in ("“”", '""', "[]", "()"):
        if told.count(opening) != told.count(closing) or (opening == closing and told.count(opening) % 2):
            told = told.replace(opening, "").replace(closing, "")
    told = _JOINED_MARKS.sub("; ", told)
    if len(_LOOSE_MARK.findall(told)) % 2:
        told = _LOOSE_MARK.sub("", told)
    wanted = _WANTED.match(told)
    if wanted and not _MODAL.search(wanted["who"]):
        told = f"{wanted['who']} should {told[wanted.end() :]}"
    noun = _NOMINAL.match(_ABOUT.sub("", told))
    if noun:
        told = f"{noun[2] or noun[3]} {_PREDICATES[(noun[1] or noun[4]).lower()]}"
    return f"{told[:1].upper()}{told[1:]}{'' if told.endswith(('!', '?')) else '.'}"


def _if_then(told: str) -> re.Match[str] | None:
    """The match of a condition that no comma parts from what depends on it: "if the lock fails we will close it"."""
    condition = _IF.match(told)
    then = _THEN.finditer(told) if condition else iter(())
    alone = any(one["before"].lower() not in _OPENERS and not FINITE.fullmatch(one["before"]) for one in then)
    return condition if alone else None


def claim_sentence(text: str, negative: bool) -> str:
    """A sentence for a claim; `negative` where all deny it: then what they deny, if that makes a sentence."""
    turned = remove_negation(text) if negative else ""
    told = affirmed(turned) if turned and not _ONLY_NEGATED.search(turned) else text
    told = _DISMISSED_AS.sub("", told) if negative else told
    if not SUBJECTLESS.search(told):
        return told
    return f"{'They' if _OF_MANY.match(told) else 'It'} {told[:1].lower()}{told[1:]}"
