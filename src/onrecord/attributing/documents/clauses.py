"""Who does what in a clause, from the words alone: subjects before verbs, phrases, and where both end."""

from __future__ import annotations

import re

from onrecord.datamodel.span import Span

_BOUNDARY = re.compile(
    r"[,;:()—–“”\"]\s*|\s-+\s|\b(?:that|and|but|when|after|before|as|while|because|since|if|"
    r"whether|where|then|so|why|how|what|said|says|adding|although|though)\s+"
)
# "would not say who wrote it": this "who" has nobody before it.
_ASKS = re.compile(r"\b(?:say|tell|know|knows|knew|clear|unclear|asked|ask|learn|out|of|disclose|reveal)\s+$")
_RELATIVE = re.compile(r"\b(?:who|which)\s*$")
# Words that a subject does not begin with.
_LEAD = re.compile(
    r"(?:(?:on|in|by) [A-Z]\w+day\s+|there['’]s.*|yet\s+|though\s+|although\s+|however\s+|"
    r"initially\s+|later\s+|some\s+(?=\w+ said))*",
    re.IGNORECASE,
)
_AUXILIARIES = re.compile(
    r"(?:\s*\b(?:has|have|had|was|were|is|are|be|been|being|both|also|first|later|previously|initially|reportedly|"
    r"apparently|already|then|now|did|does|do|not|never|to|could|would|should|can|may|might|will|cannot|just|\w+ly|"
    r"\w+n['’]t)\b\s*)+$"
)
# Where a noun phrase ends to the right.
_PHRASE_END = re.compile(
    r"[,;:()—–“”\"!?\n]|\.(?=\s|$)(?<![A-Z]\.)(?<!Gen\.)(?<!Col\.)(?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)(?<!Brig\.)|"
    r"\s(?:who|which|that|and (?=[a-z]\w+(?:ed|s) )|while|when|where|after|before|as|but|because|"
    r"on|in|at|during|since|"
    r"with|into|has|had|have|was|were|is|are|said|says|saying|this|last|yesterday|today|earlier|"
    r"later|about|from|(?:show|contain|reveal|appear|suggest|claim|warn|leak|releas|post|upload|"
    r"purport)(?:ed|ing|s)?|to (?=[a-z]+ )"
    r"(?!to the|to a |to IS)|informing|telling|asking|suggesting|showing|for (?=the first|comment))\b"
)
_CLAUSE_END = re.compile(
    r"\sand(?=\s(?:it|he|she|they|we|that|is|are|was|were|has|had|will|would|\w+(?:ed|s|ing))\b)|"
    r"[,;()—–!?\n]|:(?!\d)|[“\"](?=\s)|"
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)[.](?=\s|$|[”\"])|…|"
    r"\s(?:who|which|that|but|while|when|where|because|although|though|"
    r"after|before|suggesting|saying|showing|revealing|telling|warn(?:s|ed|ing)|shows|showed|"
    r"contains|contained|suggests|claims)\b"
)
LONGEST_PHRASE = 90
PRONOUNS = frozenset("he she they it we i".split())


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks and closing marks at its ends; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in "“”\"'’,"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "“”\",.'’"):
        end -= 1
    return Span(start, end) if end > start else None


def phrase_from(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that begins at a place, up to `end` at most."""
    limit = min(end, start + LONGEST_PHRASE)
    stop = _PHRASE_END.search(text, start + 1, limit)
    return trimmed(text, start, stop.start() if stop else limit)


def clause_end(text: str, start: int, end: int) -> int:
    """Where the clause ends in which a place stands."""
    found = _CLAUSE_END.search(text, start, end)
    return found.start() if found else end


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause begins in which a place stands: behind the last mark or joining word before it."""
    last = start
    for found in _BOUNDARY.finditer(text, start, at):
        last = found.end()
    return last


def subject_before(text: str, start: int, verb: int) -> Span | None:
    """The subject of the verb that begins at a place: the words of its clause before it, auxiliaries left off."""
    auxiliaries = _AUXILIARIES.search(text, start, verb)
    end = auxiliaries.start() if auxiliaries else verb
    begin = clause_start(text, start, end)
    relative = _RELATIVE.search(text, begin, end)
    if relative and _ASKS.search(text, start, relative.start()):
        return None
    if relative:
        return _antecedent(text, start, relative.start())
    lead = _LEAD.match(text, begin, end)
    begin = lead.end() if lead else begin
    found = trimmed(text, begin, end)
    if found is None:
        return _antecedent(text, start, begin)
    pronoun = _LAST_PRONOUN.search(text, found.start, found.end)
    if pronoun:
        return Span(*pronoun.span())
    return found if len(found) <= LONGEST_PHRASE else None


def _antecedent(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that a clause between marks describes: what its sentence begins with, up to the first mark."""
    beside = _BESIDE.search(text, start, end)
    if beside:
        return Span(beside.start("name"), beside.end("name"))
    whole = trimmed(text, start, end)
    if whole is None:
        return None
    mark = re.compile(r"[,—–(]|\s-+\s").search(text, whole.start, whole.end)
    begin = whole.start
    that = re.compile(r"\bthat\s+").search(text, begin, mark.start() if mark else whole.end)
    if that:
        begin = that.end()
    found = trimmed(text, begin, mark.start() if mark else whole.end)
    if found and mark and _NAME.fullmatch(text, mark.end(), whole.end):
        found = Span(found.start, whole.end)
    return found if found and len(found) <= LONGEST_PHRASE else None


# "..., but Ada Lorne, from the Gull, thought": the name before what stands between commas.
_BESIDE = re.compile(
    r"(?:[,;]\s+|\b(?:and|but|that)\s+)(?P<name>[A-Z][^\s,;]*(?: [A-Z][^\s,;]*){0,3}),"
    r"\s+(?:from|of|an?|the)\b[^,;]{1,80},\s*$"
)
_LAST_PRONOUN = re.compile(r"\b(?:he|she|they|it|I|we)$")
# A name beside an office, as in "the chief engineer, Ada Lorne".
_NAME = re.compile(r"\s*[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){1,3}")


def is_pronoun(words: str) -> bool:
    """Whether words are a personal pronoun alone."""
    return re.split(r"['’]", words.lower())[0] in PRONOUNS
